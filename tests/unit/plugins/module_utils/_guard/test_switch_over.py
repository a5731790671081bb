# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What policies protect in place of security defaults, held against policies whose answer is known."""

from __future__ import annotations

import copy
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._evaluation.evaluated_policy import EvaluatedPolicy
from ansible_collections.m365.entra.plugins.module_utils._guard.switch_over import (
    PROTECTIONS,
    lost_protection_warning,
    mfa_strengths,
    open_cases,
    weight,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import current_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.template_catalogue import TEMPLATES
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    ENABLED,
    REPORT_ONLY,
    stored,
)

Json = dict[str, t.Any]
BUILT_IN = mfa_strengths([])
ADMINISTRATORS, EVERYBODY, LEGACY, AZURE = (protection.name for protection in PROTECTIONS)
ALL = [ADMINISTRATORS, EVERYBODY, LEGACY, AZURE]
CUSTOM = "dddddddd-0000-4000-8000-000000000001"


def template(name: str, state: str = ENABLED) -> EvaluatedPolicy:
    """A policy of a template."""
    content = canonical_policy(copy.deepcopy(TEMPLATES[name].content_for("modern")))
    return EvaluatedPolicy(name, name, state, content)


def for_all(grant: Json | None = None, state: str = ENABLED, **conditions: t.Any) -> EvaluatedPolicy:
    """A policy for all users and resources that asks for MFA, unless told otherwise."""
    raw = {
        "displayName": "One",
        "state": state,
        "conditions": {
            "clientAppTypes": ["all"],
            "applications": {"includeApplications": ["All"]},
            "users": {"includeUsers": ["All"], "excludeUsers": [ids.EMERGENCY], "excludeGroups": [ids.STAFF]},
            **conditions,
        },
        "grantControls": grant or {"operator": "OR", "builtInControls": ["mfa"]},
    }
    return EvaluatedPolicy("one", "One", state, canonical_policy(raw))


def protected(*policies: EvaluatedPolicy, strengths: frozenset[str] = BUILT_IN) -> list[str]:
    """The names of what *policies* protect."""
    return [one.name for one in PROTECTIONS if not list(open_cases(one, policies, strengths))]


def strength(identifier: str, **more: t.Any) -> Json:
    """Controls with an authentication strength."""
    return {"operator": "OR", "builtInControls": [], "authenticationStrength": {"id": identifier, **more}}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], []),
        (["require_mfa_for_all_users"], ALL),
        (["require_mfa_for_administrators"], [ADMINISTRATORS]),
        (["block_legacy_authentication"], [LEGACY]),
        (["require_mfa_for_azure_management"], [AZURE]),
        (["require_mfa_for_administrators", "block_legacy_authentication"], [ADMINISTRATORS, LEGACY]),
        (["require_mfa_for_risky_sign_ins"], []),
        (["require_mfa_for_guests"], []),
        (["block_unknown_device_platforms"], []),
        (["require_compliant_or_hybrid_joined_device_or_mfa"], []),
    ],
)
def test_templates(names: list[str], expected: list[str]) -> None:
    assert protected(*map(template, names)) == expected


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (for_all(state=REPORT_ONLY), []),
        (for_all(), ALL),
        (for_all(strength(ids.PHISHING_RESISTANT_STRENGTH)), ALL),
        (for_all({"operator": "AND", "builtInControls": ["mfa", "compliantDevice"]}), ALL),
        (for_all({"operator": "OR", "builtInControls": ["mfa", "compliantDevice"]}), []),
        (for_all({"operator": "OR", "builtInControls": ["block"]}), ALL),
        (for_all(clientAppTypes=["browser"]), []),
        (for_all(clientAppTypes=["browser", "mobileAppsAndDesktopClients"]), [ADMINISTRATORS, EVERYBODY, AZURE]),
        (for_all(clientAppTypes=["exchangeActiveSync"]), []),
        (for_all(applications={"includeApplications": ["Office365"]}), []),
        (for_all(locations={"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}), []),
        (for_all(locations={"includeLocations": ["AllTrusted"]}), []),
        (for_all(locations={"includeLocations": ["All"], "excludeLocations": [ids.OFFICE]}), []),
        (for_all(users={"includeGroups": [ids.STAFF]}), []),
        (for_all(users={"includeUsers": [ids.ADA]}), []),
    ],
)
def test_only_what_surely_holds_for_everybody_counts(policy: EvaluatedPolicy, expected: list[str]) -> None:
    assert protected(policy) == expected


def test_role_that_is_left_out_is_named() -> None:
    policy = template("require_mfa_for_administrators")
    roles = policy.content["conditions"]["users"]["includeRoles"]
    helpdesk = "729827e3-9c14-49f7-bb1b-9608f156bbb8"
    assert helpdesk in roles
    roles.remove(helpdesk)
    warning = lost_protection_warning([policy, template("block_legacy_authentication")], BUILT_IN)
    assert "administrators are not asked for MFA at every sign-in (Helpdesk Administrator); " in warning
    assert "legacy" not in warning


def test_nothing_is_said_where_nothing_is_lost() -> None:
    assert lost_protection_warning([template("require_mfa_for_all_users")], BUILT_IN) == ""


def test_everything_is_said_where_nothing_is_enforced() -> None:
    warning = lost_protection_warning([template("require_mfa_for_all_users", REPORT_ONLY)], BUILT_IN)
    assert warning.startswith("Security defaults are off, and no enforced policy does what they did: ")
    for protection in PROTECTIONS:
        assert protection.is_missing in warning
    assert "(" not in warning


@pytest.mark.parametrize(("satisfied", "expected"), [("mfa", ALL), ("none", []), (None, [])])
def test_own_strength_counts_once_the_service_says_that_it_asks_for_mfa(
    satisfied: str | None, expected: list[str]
) -> None:
    raw = {**stored("One", ENABLED), "grantControls": strength(CUSTOM, requirementsSatisfied=satisfied)}
    strengths = mfa_strengths([current_policy(raw), current_policy(stored("Two", ENABLED))])
    assert protected(for_all(strength(CUSTOM)), strengths=strengths) == expected


ANY_POLICY = st.sampled_from(sorted(TEMPLATES)).map(template)


@given(st.lists(ANY_POLICY, max_size=4), ANY_POLICY)
def test_one_more_policy_never_takes_protection_away(policies: list[EvaluatedPolicy], one: EvaluatedPolicy) -> None:
    """So enforcing one after the other weakens nothing, whatever their order."""
    assert set(protected(*policies)) <= set(protected(*policies, one))


@given(ANY_POLICY, ANY_POLICY)
def test_weight_orders_by_the_first_protection_that_only_one_has(one: EvaluatedPolicy, other: EvaluatedPolicy) -> None:
    ones, others = ([name in protected(policy) for name in ALL] for policy in (one, other))
    assert (weight(one) > weight(other)) == (ones > others)
