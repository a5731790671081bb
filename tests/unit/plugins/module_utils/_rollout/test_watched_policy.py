# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which policies are looked at, and of which of them sign-ins show nothing."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import UnresolvedReferences
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import CurrentPolicy, current_policy
from ansible_collections.m365.entra.plugins.module_utils._rollout.watched_policy import chosen_policies
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    DISABLED,
    ENABLED,
    REPORT_ONLY,
    policy,
)


def current(number: int, name: str, state: str, **changes: t.Any) -> CurrentPolicy:
    """A policy of a tenant."""
    return current_policy({**policy(name, **changes), "id": f"DDDDDDDD-0000-4000-8000-{number:012x}", "state": state})


TENANT = [
    current(1, "Enforced", ENABLED),
    current(2, "Off", DISABLED),
    current(3, "Reported", REPORT_ONLY),
    current(4, "Twice", REPORT_ONLY),
    current(5, "Twice", REPORT_ONLY),
]


def test_all_that_are_not_off() -> None:
    assert [one.name for one in chosen_policies(TENANT, None)] == ["Enforced", "Reported", "Twice", "Twice"]


def test_names_and_ids() -> None:
    chosen = chosen_policies(TENANT, ["Off", TENANT[4].identifier.upper(), "Off", "Enforced"])
    assert [one.identifier for one in chosen] == [TENANT[number].identifier for number in (0, 1, 4)]
    assert [(one.is_enforced, one.is_report_only) for one in chosen] == [(True, False), (False, False), (False, True)]
    assert chosen_policies(TENANT, []) == []


def test_every_name_that_means_no_single_policy() -> None:
    with pytest.raises(UnresolvedReferences) as raised:
        chosen_policies(TENANT, ["Enforced", "Twice", "Nothing"])
    assert [one["path"] for one in raised.value.details["unresolved"]] == ["policies[1]", "policies[2]"]
    assert "2 policies are named 'Twice'" in str(raised.value)
    assert "no policy is named 'Nothing'" in str(raised.value)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, ""),
        ({"applications": {"includeUserActions": ["urn:user:registersecurityinfo"]}}, "user_actions"),
        ({"clientApplications": {"includeServicePrincipals": ["All"]}, "users": {}}, "workload_identities"),
        ({"clientApplications": None}, ""),
    ],
)
def test_of_which_sign_ins_show_nothing(changes: dict[str, t.Any], kind: str) -> None:
    (found,) = chosen_policies([current(1, "One", REPORT_ONLY, **changes)], None)
    assert found.not_shown_for == kind
