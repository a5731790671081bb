# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Step 1 asks for and what holds, as tables of policies."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._policy.assessment import assess
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import CurrentPolicy, current_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.step_results import Registered
from ansible_collections.m365.entra.plugins.module_utils._policy.template_catalogue import TEMPLATES
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    BLOCK,
    DISABLED,
    ENABLED,
    REPORT_ONLY,
    policy,
    stored,
    with_value,
)

Json = dict[str, t.Any]

ADMINISTRATORS, ALL_USERS, LEGACY = "mfa_for_administrators", "mfa_for_all_users", "legacy_authentication_blocked"
SIGN_IN_RISK, USER_RISK = "mfa_at_sign_in_risk", "password_change_at_user_risk"


def enforced(raw: Json, state: str = ENABLED) -> CurrentPolicy:
    """A policy that takes effect."""
    return current_policy({"id": ids.POLICY_ONE, "state": state, **raw})


def answer(requirement: str, *policies: CurrentPolicy, defaults: bool = False, **more: t.Any) -> Json:
    """What is said of one requirement."""
    (found,) = [one for one in assess(policies, defaults, **more)["requirements"] if one["requirement"] == requirement]
    return t.cast(Json, found)


def template(name: str, profile: str = "modern") -> Json:
    """A named policy."""
    return TEMPLATES[name].content_for(profile)


def test_requirements_stand_with_their_tiers() -> None:
    assert [(one["requirement"], one["tiers"]) for one in assess([], False)["requirements"]] == [
        (ADMINISTRATORS, ["free", "p1", "p2"]),
        (ALL_USERS, ["free", "p1", "p2"]),
        (LEGACY, ["free", "p1", "p2"]),
        (SIGN_IN_RISK, ["p2"]),
        (USER_RISK, ["p2"]),
    ]


@pytest.mark.parametrize("profile", ["modern", "seed_2021"])
@pytest.mark.parametrize(
    ("requirement", "name"),
    [
        (ADMINISTRATORS, "require_mfa_for_administrators"),
        (ALL_USERS, "require_mfa_for_all_users"),
        (LEGACY, "block_legacy_authentication"),
        (LEGACY, "block_clients_without_modern_authentication"),
        (SIGN_IN_RISK, "require_mfa_for_risky_sign_ins"),
        (USER_RISK, "require_password_change_for_high_risk_users"),
    ],
)
def test_our_policies_meet_what_they_are_made_for(requirement: str, name: str, profile: str) -> None:
    raw = template(name, profile)
    assert answer(requirement, enforced(raw), profile=profile)["holds"] == "yes"
    assert answer(requirement, enforced(raw, REPORT_ONLY), profile=profile)["holds"] == "report_only"
    assert answer(requirement, enforced(raw, DISABLED), profile=profile)["holds"] == "no"


@pytest.mark.parametrize(
    ("requirement", "holds"),
    [(ADMINISTRATORS, "yes"), (ALL_USERS, "yes"), (LEGACY, "yes"), (SIGN_IN_RISK, "no"), (USER_RISK, "no")],
)
def test_security_defaults_meet_what_they_cover(requirement: str, holds: str) -> None:
    found = answer(requirement, defaults=True)
    assert found["holds"] == holds
    assert found["by"] == (["security defaults"] if holds == "yes" else [])


def test_nothing_holds_in_an_empty_tenant() -> None:
    found = assess([], False)
    assert {one["holds"] for one in found["requirements"]} == {"no"}
    assert {one["note"] for one in found["requirements"]} == {""}


LOCATION: Json = {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}
DEVICES: Json = {"deviceFilter": {"mode": "exclude", "rule": "x"}}


@pytest.mark.parametrize(
    ("raw", "meets"),
    [
        (policy(), True),
        (policy(grant={"operator": "OR", "authenticationStrength": {"id": ids.MFA_STRENGTH}}), True),
        (policy(grant={"operator": "AND", "builtInControls": ["mfa", "compliantDevice"]}), True),
        (policy(grant={"operator": "OR", "builtInControls": ["mfa", "compliantDevice"]}), False),
        (policy(grant={"operator": "OR", "builtInControls": ["mfa"], "termsOfUse": [ids.OFFICE]}), False),
        (policy(grant={"operator": "OR", "builtInControls": ["compliantDevice"]}), False),
        (policy(grant=BLOCK), False),
        (policy(grant=None, session={"persistentBrowser": {"isEnabled": True, "mode": "never"}}), False),
        (policy(users={"includeGroups": [ids.STAFF]}), False),
        (policy(applications={"includeApplications": ["Office365"]}), False),
        (policy(applications={"includeApplications": ["All"], "excludeApplications": [ids.PORTAL]}), False),
        (policy(locations=LOCATION), False),
        (policy(devices=DEVICES), False),
        (policy(platforms={"includePlatforms": ["iOS"]}), False),
        (policy(signInRiskLevels=["high"]), False),
        (with_value(policy(), "conditions.clientAppTypes", ["browser"]), False),
    ],
)
def test_mfa_for_all_users_has_no_way_around(raw: Json, meets: bool) -> None:
    assert (answer(ALL_USERS, enforced(raw))["holds"] == "yes") is meets


def test_policy_for_all_users_that_excludes_all_users_protects_nobody() -> None:
    nobody = policy(users={"includeUsers": ["All"], "excludeUsers": ["All"]})
    assert answer(ALL_USERS, enforced(nobody))["holds"] == "no"


def test_strength_that_does_not_ask_for_mfa_is_not_mfa() -> None:
    """The service says so itself, in the strength that it shows expanded (facts section 3.2)."""
    weak = {"id": ids.OFFICE, "displayName": "Weak", "requirementsSatisfied": "none", "allowedCombinations": ["sms"]}
    assert (
        answer(ALL_USERS, enforced(policy(grant={"operator": "OR", "authenticationStrength": weak})))["holds"] == "no"
    )


def test_administrators_are_covered_by_all_their_roles_or_with_everyone() -> None:
    roles = template("require_mfa_for_administrators")["conditions"]["users"]["includeRoles"]
    assert answer(ADMINISTRATORS, enforced(policy(users={"includeRoles": roles})))["holds"] == "yes"
    assert answer(ADMINISTRATORS, enforced(policy(users={"includeRoles": roles[1:]})))["holds"] == "no"
    assert answer(ADMINISTRATORS, enforced(policy()))["holds"] == "yes"


def test_profile_decides_who_is_an_administrator() -> None:
    six = [
        "29232cdf-9323-42fd-ade2-1d097af3e4de",
        "fe930be7-5e62-47db-91af-98c3a49a38b1",
        "966707d0-3269-4727-9be2-8c3a10f19b9d",
        "194ae4cb-b126-40b2-bd5b-6091b380977d",
        "f28a1f50-f6e7-4571-818b-6a12f2af6b6c",
        "62e90394-69f5-4237-9190-012177145e10",
    ]
    found = enforced(policy(users={"includeRoles": six}))
    assert answer(ADMINISTRATORS, found, profile="seed_2021")["holds"] == "yes"
    assert answer(ADMINISTRATORS, found, profile="modern")["holds"] == "no"


@pytest.mark.parametrize(
    ("clients", "grant", "holds"),
    [
        (["exchangeActiveSync", "other"], BLOCK, "yes"),
        (["exchangeActiveSync", "other", "browser"], BLOCK, "yes"),
        (["other"], BLOCK, "no"),
        (["exchangeActiveSync", "other"], {"operator": "OR", "builtInControls": ["mfa"]}, "no"),
    ],
)
def test_legacy_authentication_is_blocked_in_both_kinds(clients: list[str], grant: Json, holds: str) -> None:
    raw = with_value(policy(grant=grant), "conditions.clientAppTypes", clients)
    assert answer(LEGACY, enforced(raw))["holds"] == holds


@pytest.mark.parametrize(
    ("levels", "grant", "holds"),
    [
        (["medium", "high"], None, "yes"),
        (["low", "medium", "high"], None, "yes"),
        (["medium", "high"], BLOCK, "yes"),
        (["high"], None, "no"),
    ],
)
def test_sign_in_risk_is_met_from_medium_on(levels: list[str], grant: Json | None, holds: str) -> None:
    raw = policy(signInRiskLevels=levels, **({"grant": grant} if grant else {}))
    assert answer(SIGN_IN_RISK, enforced(raw))["holds"] == holds


def test_enforced_policy_is_named_before_a_reported_one() -> None:
    found = answer(ALL_USERS, enforced(policy("Reported"), REPORT_ONLY), enforced(policy("Enforced")))
    assert (found["holds"], found["by"]) == ("yes", ["Enforced"])


EXCLUDING: Json = {
    "includeUsers": ["All"],
    "excludeUsers": [ids.EMERGENCY, ids.ADA, ids.BOB],
    "excludeGroups": [ids.STAFF],
    "excludeRoles": [ids.SYNCHRONIZATION_ACCOUNTS],
    "excludeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "internalGuest,serviceProvider"},
}


def test_whoever_is_excluded_is_named_in_a_note() -> None:
    found = answer(ALL_USERS, enforced(policy(users=EXCLUDING)), excluded=[ids.EMERGENCY])
    assert found["note"] == "excluded besides emergency access: 2 users, 1 group, 1 role, 2 types of guest"


def test_note_is_of_the_policy_that_excludes_least() -> None:
    strict = policy(users={"includeUsers": ["All"], "excludeUsers": [ids.EMERGENCY, ids.ADA]})
    found = answer(ALL_USERS, enforced(policy(users=EXCLUDING)), enforced(strict), excluded=[ids.EMERGENCY])
    assert found["note"] == "excluded besides emergency access: 1 user"


def test_exclusion_of_emergency_access_alone_needs_no_note() -> None:
    raw = policy(users={"includeUsers": ["All"], "excludeUsers": [ids.EMERGENCY], "excludeGroups": [ids.STAFF]})
    assert answer(ALL_USERS, enforced(raw), excluded=[ids.EMERGENCY, ids.STAFF])["note"] == ""


def results(*policies: CurrentPolicy, **more: t.Any) -> dict[str, Json]:
    """The three results that Step 1 promises, by name."""
    return {one["result"]: one for one in assess(policies, False, **more)["results"]}


def test_first_result_follows_from_the_requirement() -> None:
    found = results(enforced(policy(users=EXCLUDING)))["mfa_required"]
    assert (found["holds"], found["by"]) == ("yes", ["MFA"])
    assert "3 users" in found["note"]


def test_registration_that_was_not_read_is_unknown() -> None:
    for name in ("mfa_registered", "sspr_available"):
        found = results()[name]
        assert (found["holds"], found["by"]) == ("unknown", [])
        assert "not read" in found["note"]


@pytest.mark.parametrize(
    ("counts", "registered", "reset"),
    [
        (Registered(10, 10, 8, 10), "yes", "yes"),
        (Registered(10, 9, 8, 10), "no", "yes"),
        (Registered(10, 10, 8, 0), "yes", "no"),
        (Registered(), "unknown", "unknown"),
        (Registered(10, 10, 8, 10, problem="no licence"), "unknown", "unknown"),
    ],
)
def test_registration_is_counted(counts: Registered, registered: str, reset: str) -> None:
    found = results(registered=counts)
    assert (found["mfa_registered"]["holds"], found["sspr_available"]["holds"]) == (registered, reset)
    if registered == "no":
        assert found["mfa_registered"]["note"] == "9 of 10 users have registered for MFA"
        assert (found["mfa_registered"]["registered"], found["mfa_registered"]["total"]) == (9, 10)
        assert found["sspr_available"]["note"].endswith("8 of 10 have registered for it")
    if counts.problem:
        assert found["mfa_registered"]["note"] == counts.problem
        assert found["mfa_registered"]["registered"] is None


@pytest.mark.parametrize(
    ("verdict", "enabled_for", "words"),
    [
        (None, "unknown", "; 8 of 10"),
        ({"found": "all", "source": "registration report", "compliant": True}, "all", "enabled for all users (reg"),
        ({"found": "selected", "source": "the portal", "compliant": True}, "selected", "a selected group (the portal)"),
        (
            {"found": None, "source": "attestation of Kim", "compliant": True},
            "all",
            "for all users (attestation of Kim",
        ),
        ({"found": None, "source": "", "compliant": "unknown"}, "unknown", "; 8 of 10"),
    ],
)
def test_for_whom_password_reset_is_enabled(verdict: Json | None, enabled_for: str, words: str) -> None:
    answer = {"option": "enablement_type", "wanted": "all", **verdict} if verdict else None
    told = {"lane": "evidence", "settings": [answer]} if answer else None
    found = results(registered=Registered(10, 10, 8, 10), password_reset=told)["sspr_available"]
    assert (found["enabled_for"], found["lane"]) == (enabled_for, "evidence" if verdict else "")
    assert words in found["note"]


def test_stored_policies_are_considered_whatever_else_there_is() -> None:
    found = current_policy(stored("Other", ENABLED, users={"includeGroups": [ids.STAFF]}))
    assert answer(ALL_USERS, found)["holds"] == "no"
