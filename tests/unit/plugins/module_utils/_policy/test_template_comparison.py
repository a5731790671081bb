# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Named policies beside the templates that Microsoft offers."""

from __future__ import annotations

import copy
import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._policy.template import Template
from ansible_collections.m365.entra.plugins.module_utils._policy.template_comparison import (
    comparisons,
    what_is_not_understood,
    without_counterpart,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import policy, with_value

Json = dict[str, t.Any]

PLACEHOLDER = "Current administrator will be excluded"


def offered(**changes: t.Any) -> Json:
    """A template as Graph answers it."""
    details = policy(users={"includeUsers": ["All"], "excludeUsers": [PLACEHOLDER]})
    del details["displayName"]
    return {"id": ids.POLICY_ONE.upper(), "name": "Offered", "details": details, **changes}


def named(name: str = "ours", identifier: str | None = ids.POLICY_ONE, **parts: t.Any) -> Template:
    """A named policy."""
    return Template(name, f"The policy {name}", policy(**parts), microsoft_template_id=identifier)


def test_name_and_placeholder_are_no_difference() -> None:
    (found,) = comparisons(offered(), [named()])
    assert found.template.name == "ours"
    assert found.differences == ()


def test_noise_is_no_difference() -> None:
    details = copy.deepcopy(offered()["details"])
    details["conditions"].update({"times": None, "deviceStates": None, "platforms": None, "userRiskLevels": []})
    details["grantControls"].update({"authenticationStrength@odata.context": "c", "termsOfUse": []})
    (found,) = comparisons(offered(details=details), [named()])
    assert found.differences == ()


def test_differences_are_told_by_option_path() -> None:
    ours = named(
        users={"includeUsers": ["All"], "excludeRoles": [ids.SYNCHRONIZATION_ACCOUNTS]}, userRiskLevels=["high"]
    )
    (found,) = comparisons(offered(), [ours])
    assert {(one.path, tuple(one.before), tuple(one.after)) for one in found.differences} == {
        ("conditions.users.exclude_roles", (ids.SYNCHRONIZATION_ACCOUNTS,), ()),
        ("conditions.user_risk_levels", ("high",), ()),
    }


def test_only_the_placeholder_is_left_out_of_the_comparison() -> None:
    details = with_value(offered()["details"], "conditions.users.excludeUsers", ["GuestsOrExternalUsers", PLACEHOLDER])
    (found,) = comparisons(offered(details=details), [named()])
    assert [(one.path, one.after) for one in found.differences] == [
        ("conditions.users.exclude_users", ["GuestsOrExternalUsers"])
    ]


def test_the_nearest_comes_first_and_others_do_not_count() -> None:
    templates = [
        named("far", userRiskLevels=["high"]),
        named("near"),
        named("other", ids.POLICY_TWO),
        named("own", None),
    ]
    assert [one.template.name for one in comparisons(offered(), templates)] == ["near", "far"]


def test_what_has_no_counterpart() -> None:
    templates = [named("offered"), named("gone", ids.POLICY_TWO), named("own", None)]
    assert [one.name for one in without_counterpart(templates, [offered()])] == ["gone", "own"]


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("conditions.newCondition", ["x"], ["conditions.newCondition"]),
        ("conditions.newCondition", [], []),
        ("conditions.deviceStates", {"includeStates": ["All"]}, ["conditions.deviceStates"]),
    ],
)
def test_what_cannot_be_compared_is_told(path: str, value: t.Any, words: list[str]) -> None:
    found = what_is_not_understood(offered(details=with_value(offered()["details"], path, value)))
    assert len(found) == len(words)
    assert [word for word in words if word not in found[0]] == []
