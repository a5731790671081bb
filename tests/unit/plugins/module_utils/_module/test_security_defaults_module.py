# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of security_defaults: one switch."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._module.security_defaults import SPEC, run
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import FakeModule, fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    POLICIES,
    SECURITY_DEFAULTS,
    FakeSession,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import ENABLED, stored

Json = dict[str, t.Any]


def task(session: FakeSession, is_enabled: bool, **modes: bool) -> tuple[Json, FakeModule]:
    """One task."""
    session.requests.clear()
    module = fake_module(SPEC, {"is_enabled": is_enabled}, **modes)
    session.read_only = module.check_mode
    return run(module, lambda: session), module


@pytest.mark.parametrize("is_enabled", [True, False])
def test_check_do_repeat(is_enabled: bool) -> None:
    session = FakeSession(security_defaults=not is_enabled)
    checked, _unused = task(session, is_enabled, check_mode=True, diff=True)
    assert session.writes == []
    done, _unused = task(session, is_enabled, diff=True)
    assert session.writes == [("PATCH", SECURITY_DEFAULTS)]
    assert (checked.pop("plan_status"), done.pop("plan_status")) == ("changes_pending", "changed")
    assert Path(done.pop("snapshot")).is_file()
    assert checked == done
    title = "security_defaults security defaults"
    assert done["diff"] == {
        "before": {title: {"is_enabled": not is_enabled}},
        "after": {title: {"is_enabled": is_enabled}},
    }
    assert done["security_defaults"] == {"is_enabled": is_enabled}
    again, _unused = task(session, is_enabled)
    assert again["changed"] is False
    assert session.writes == []


def test_turning_off_needs_no_policies() -> None:
    session = FakeSession()
    task(session, False)
    assert session.reads(POLICIES) == 0


def test_policies_that_remain_are_warned_about() -> None:
    _unused, module = task(FakeSession([stored()]), True)
    assert any("report-only or disabled" in warning for warning in module.warnings)
    _unused, module = task(FakeSession([stored()], security_defaults=True), True)
    assert module.warnings == []


def test_enforced_policies_stand_in_the_way() -> None:
    session = FakeSession([stored(state=ENABLED)])
    with pytest.raises(GuardRefused):
        task(session, True)
    assert session.writes == []
