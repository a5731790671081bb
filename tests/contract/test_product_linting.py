# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The linter of policies: every rule fires in a tenant made for it, by reads alone, and the baseline is clean."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import NAMED_LOCATIONS, POLICIES, GraphClient
from .product import CHECKOUT
from .whole_product import WholeProduct

LINT = "conditional_access_lint_info"
NUMBERS = itertools.count(1)
EMERGENCY, ADA, DELETED = (f"aaaaaaaa-0000-4000-8000-{number:012d}" for number in (1, 2, 9))
STAFF, NOBODY, NO_WAY_IN = (f"bbbbbbbb-0000-4000-8000-{number:012d}" for number in (1, 2, 3))
OFFICE = "cccccccc-0000-4000-8000-000000000001"
BLOCK: JsonObject = {"operator": "OR", "builtInControls": ["block"]}
ALL_BUT_EMERGENCY: JsonObject = {"includeUsers": ["All"], "excludeUsers": [EMERGENCY]}
SOME: JsonObject = {"includeGroups": [STAFF], "excludeUsers": [EMERGENCY]}
OFFICE_365: JsonObject = {"includeApplications": ["Office365"]}
GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
STAGED = "enabledForReportingButNotEnforced"


def policy(name: str, state: str = "enabled", **parts: Any) -> JsonObject:
    """Return a policy that requires MFA of all users but emergency access, unless told otherwise."""
    conditions = {
        "clientAppTypes": ["all"],
        "applications": {"includeApplications": ["All"]},
        "users": ALL_BUT_EMERGENCY,
    }
    grant = parts.pop("grant", {"operator": "OR", "builtInControls": ["mfa"]})
    return {
        "id": f"eeeeeeee-0000-4000-8000-{next(NUMBERS):012d}",
        "displayName": name,
        "state": state,
        "conditions": {**conditions, **{one: value for one, value in parts.items() if one != "sessionControls"}},
        "grantControls": grant,
        "sessionControls": parts.get("sessionControls"),
    }


def grant(*controls: str, **more: Any) -> JsonObject:
    return {"operator": "OR", "builtInControls": list(controls), **more}


# What each policy is there for, by its name: the rules that must name it.
OPEN: dict[str, list[JsonObject]] = {
    "trusted_location_only": [
        policy("At home", locations={"includeLocations": ["All"], "excludeLocations": [OFFICE]}),
    ],
    "retired_control": [policy("Phones", users=SOME, grant=grant("approvedApplication"))],
    "sign_in_and_user_risk_together": [policy("Risks", signInRiskLevels=["high"], userRiskLevels=["high"])],
    "risk_without_every_time": [policy("Risk", signInRiskLevels=["high"])],
    "persistent_browser_for_some_applications": [
        policy(
            "Browser",
            applications=OFFICE_365,
            sessionControls={"persistentBrowser": {"isEnabled": True, "mode": "never"}},
        )
    ],
    "application_protection_on_desktops": [policy("Protection", users=SOME, grant=grant("compliantApplication"))],
    "policy_reaches_nobody": [policy("Nobody", users={"includeUsers": ["None"]})],
    "restrictions_for_other_applications": [
        policy("Restricted", users=SOME, sessionControls={"applicationEnforcedRestrictions": {"isEnabled": True}})
    ],
    "guests_said_twice": [
        policy(
            "Guests",
            users={
                "includeUsers": ["GuestsOrExternalUsers"],
                "includeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "internalGuest"},
            },
        )
    ],
    "user_action_in_report_only": [
        policy("Joining", STAGED, applications={"includeUserActions": ["urn:user:registerdevice"]})
    ],
    "deprecated_client_app_type": [policy("Old clients", clientAppTypes=["easSupported"], users=SOME)],
    "deprecated_custom_control": [policy("Custom", users=SOME, grant=grant(customAuthenticationFactors=["custom"]))],
    "flows_in_one_policy": [
        policy("Flows", authenticationFlows={"transferMethods": "deviceCodeFlow,authenticationTransfer"}, grant=BLOCK)
    ],
    "all_resources_but_some": [
        policy("But Office", applications={"includeApplications": ["All"], "excludeApplications": ["Office365"]})
    ],
    "exclusion_swallows_inclusion": [policy("Swallowed", users={"includeGroups": [STAFF], "excludeGroups": [STAFF]})],
    "no_exclusion": [policy("Trap", users={"includeUsers": ["All"]}, applications=OFFICE_365)],
    "emergency_access_not_excluded": [
        policy("Forgetful", users={"includeUsers": ["All"], "excludeUsers": [ADA]}, applications=OFFICE_365)
    ],
    "missing_reference": [policy("Dead", users={"includeGroups": [STAFF], "excludeUsers": [DELETED]})],
    "empty_group": [policy("Empty", users={"includeGroups": [NOBODY]})],
    "report_only_too_long": [{**policy("Forgotten", STAGED, users=SOME), "createdDateTime": "2024-01-01T00:00:00Z"}],
    "disabled_policy": [policy("Off", "disabled")],
    "name_used_twice": [policy("Twin", "disabled"), policy("Twin", "disabled", users=SOME)],
    "duplicate_policies": [
        policy("One", users=SOME, applications=OFFICE_365),
        policy("Other", users=SOME, applications=OFFICE_365),
    ],
    "shadowed_by_block": [
        policy("Wall", users=SOME, clientAppTypes=["other"], grant=BLOCK),
        policy("Behind", users=SOME, clientAppTypes=["other"], grant=grant("compliantDevice")),
    ],
}
# These are about what no policy does, or need another tenant.
NAMELESS = {"mfa_not_required_of_all_users", "legacy_authentication_not_blocked", "emergency_access_without_members"}
ELSEWHERE = {"left_out_of_mfa", "continuous_access_evaluation_in_report_only"}


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> WholeProduct:
    return WholeProduct(tmp_path, simulator)


def state(*policies: JsonObject) -> JsonObject:
    names = {EMERGENCY: "emergency", ADA: "ada"}
    return {
        "/users": [
            {"id": user, "displayName": name, "userPrincipalName": f"{name}@contoso.example", "accountEnabled": True}
            for user, name in names.items()
        ],
        "/groups": [
            {"id": STAFF, "displayName": "Staff", "members": [ADA]},
            {"id": NOBODY, "displayName": "Nobody", "members": []},
            {"id": NO_WAY_IN, "displayName": "No way in", "members": []},
        ],
        NAMED_LOCATIONS: [
            {
                "@odata.type": "#microsoft.graph.ipNamedLocation",
                "id": OFFICE,
                "displayName": "Office",
                "isTrusted": True,
                "ipRanges": [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "203.0.113.0/24"}],
            }
        ],
        "/roleManagement/directory/roleAssignments": [
            {
                "id": "emergency",
                "principalId": EMERGENCY,
                "roleDefinitionId": GLOBAL_ADMINISTRATOR,
                "directoryScopeId": "/",
            }
        ],
        POLICIES: list(policies),
    }


def linted(product: WholeProduct, client: GraphClient, **options: Any) -> JsonObject:
    """Return what the linter finds in a tenant. It has sent nothing but reads."""
    wanted = {"emergency_access": {"users": [EMERGENCY]}, **options}
    product.simulator.clear_requests()
    result: JsonObject = product.run(LINT, client.entry, wanted)
    sent = product.simulator.requests(client.tenant_id, "graph")
    assert {entry["method"] for entry in sent} == {"GET"}
    assert [entry["path"] for entry in sent if entry["status"] != 200] == []
    assert result["changed"] is False
    return result


def test_every_rule_fires(product: WholeProduct, make_client: MakeClient) -> None:
    client = make_client(state=state(*itertools.chain(*OPEN.values())))
    accounts = {"users": [EMERGENCY], "groups": [NO_WAY_IN]}
    findings = linted(product, client, emergency_access=accounts)["findings"]
    named = {(one["rule"], name) for one in findings for name in one["policies"]}
    wanted = {(rule, policies[-1]["displayName"]) for rule, policies in OPEN.items()}
    assert wanted - named == set()
    nameless = {one["rule"] for one in findings if not one["policies"]}
    assert nameless == NAMELESS
    assert {*OPEN, *NAMELESS, *ELSEWHERE} == set(product.part("_linting.lint").RULES)


def test_rules_that_need_another_tenant(product: WholeProduct, make_client: MakeClient) -> None:
    evaluation = {"continuousAccessEvaluation": {"mode": "strictLocation"}}
    client = make_client(
        state=state(
            policy("MFA", users={**ALL_BUT_EMERGENCY, "excludeGroups": [STAFF]}),
            policy("Strict", STAGED, users=SOME, sessionControls=evaluation),
        )
    )
    found = {one["rule"]: one for one in linted(product, client)["findings"]}
    assert set(found) == {*ELSEWHERE, "legacy_authentication_not_blocked"}
    assert found["left_out_of_mfa"]["text"].endswith(f"exclude: group Staff ({STAFF})")
    assert found["continuous_access_evaluation_in_report_only"]["policies"] == ["Strict"]


@pytest.mark.parametrize("tier", ["p1", "p2"])
def test_the_modern_baseline_is_clean(product: WholeProduct, make_client: MakeClient, tier: str) -> None:
    client = make_client(tier, state=state())
    accounts = {"users": [EMERGENCY]}
    options = {
        "conditional_access_policies": {"policies": baseline(tier)},
        "emergency_access": accounts,
    }
    assert product.run("tenant_configuration", client.entry, options)["changed"]
    result = linted(product, client, emergency_access=accounts, fail_on="information")
    assert (result["findings"], result["ignored"]) == ([], [])


def baseline(tier: str) -> list[JsonObject]:
    """Return the policies of the profile modern of a tier's role, enforced as the role would."""
    defaults = CHECKOUT / "roles" / f"baseline_{tier}" / "defaults" / "main.yml"
    policies = yaml.safe_load(defaults.read_text(encoding="utf-8"))[f"baseline_{tier}_policies"]
    return [
        {"template": name, "policy_state": "enabled" if settings.get("enforce", True) else "report_only"}
        for name, settings in policies.items()
        if settings.get("enabled", True) and "modern" in settings.get("profiles", ["modern"])
    ]


def test_a_finding_fails_the_task(product: WholeProduct, make_client: MakeClient) -> None:
    client = make_client(state=state(policy("MFA"), policy("Off", "disabled")))
    errors = product.part("_graph.errors")
    with pytest.raises(errors.EntraError, match="legacy_authentication_not_blocked") as raised:
        linted(product, client, fail_on="error")
    assert [one["rule"] for one in raised.value.details["findings"]] == [
        "legacy_authentication_not_blocked",
        "disabled_policy",
    ]
    entry = {"rule": "legacy_authentication_not_blocked", "reason": "Next week", "until": "2999-12-31", "policy": None}
    assert linted(product, client, fail_on="error", ignore=[entry])["counts"]["error"] == 0
