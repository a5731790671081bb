# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Security defaults as a resource."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ConnectionFailed
from ansible_collections.m365.entra.plugins.module_utils._reconcile.action import Expectation
from ansible_collections.m365.entra.plugins.module_utils._reconcile.compare import Change
from ansible_collections.m365.entra.plugins.module_utils._resources.security_defaults import (
    expectation,
    read_is_enabled,
    security_defaults_result,
    switch_action,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    SECURITY_DEFAULTS,
    FakeSession,
)


@pytest.mark.parametrize("is_enabled", [True, False])
def test_reading(is_enabled: bool) -> None:
    session = FakeSession(security_defaults=is_enabled)
    assert read_is_enabled(session) is is_enabled
    assert session.requests == [("GET", SECURITY_DEFAULTS)]
    assert security_defaults_result(is_enabled) == {"is_enabled": is_enabled}


@pytest.mark.parametrize("answer", [{}, {"isEnabled": None}, {"isEnabled": "true"}, {"value": []}])
def test_answer_that_does_not_say_so_is_not_taken_for_off(answer: dict[str, t.Any]) -> None:
    """Who took them for off would enforce at once, and would not put them back."""
    session = FakeSession(security_defaults=True, last_request_id="r-1")
    session.get = lambda path, **more: answer  # type: ignore[method-assign]
    with pytest.raises(ConnectionFailed, match=r"does not say whether .* \(request id r-1\)"):
        read_is_enabled(session)


@pytest.mark.parametrize("is_enabled", [True, False])
def test_only_turning_on_says_what_may_be_in_the_way(is_enabled: bool) -> None:
    assert bool(switch_action(is_enabled, "why").if_refused) is is_enabled


@pytest.mark.parametrize("is_enabled", [True, False])
def test_switching_and_back(is_enabled: bool) -> None:
    action = switch_action(is_enabled, "why")
    assert (action.collection, action.body, action.is_singleton) == (SECURITY_DEFAULTS, {"isEnabled": is_enabled}, True)
    assert action.changes == (Change("is_enabled", not is_enabled, is_enabled),)
    assert action.undo is not None
    assert action.undo.body == {"isEnabled": not is_enabled}
    assert action.undo.reason == "take back: why"


def test_expectation() -> None:
    assert expectation(True) == Expectation("security_defaults", "security_defaults", "security defaults", None, True)
