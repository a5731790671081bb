# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Errors for people, and as JSON for a task."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph import errors
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError

KINDS = [
    errors.OptionError,
    errors.ConnectionFailed,
    errors.AuthenticationFailed,
    errors.GuardRefused,
    errors.ServiceRefused,
    errors.OutcomeUnknown,
    errors.VerificationFailed,
]


def test_whole_story_in_one_paragraph() -> None:
    error = EntraError("It failed.", remedy="Do this.", request_id="1")
    assert str(error) == "It failed. Do this. (request id 1)"
    assert str(EntraError("It failed.")) == "It failed."


def test_result_has_only_what_is_known() -> None:
    assert EntraError("It failed.").to_result() == {"error": {"message": "It failed."}}


def test_result_has_everything_that_is_known() -> None:
    error = EntraError("m", remedy="r", request_id="1", code="1039", status=400, details={"done": []})
    assert error.to_result() == {
        "error": {"message": "m", "remedy": "r", "code": "1039", "status": 400, "request_id": "1"},
        "done": [],
    }


def test_details_are_a_copy() -> None:
    given: dict[str, object] = {}
    EntraError("m", details=given).details["done"] = []
    assert given == {}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_an_entra_error(kind: type[EntraError]) -> None:
    with pytest.raises(EntraError, match="m"):
        raise kind("m")
