# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a plan is held against before it is carried out is what the tenant shows afterwards."""

from __future__ import annotations

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

CONFIGURATION = "tenant_configuration"
GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
EMERGENCY, ADA, KIM = (f"aaaaaaaa-0000-4000-8000-{number:012d}" for number in (1, 2, 3))
STAFF, PILOT = (f"bbbbbbbb-0000-4000-8000-{number:012d}" for number in (1, 2))
OFFICE = "cccccccc-0000-4000-8000-000000000001"
OLD, OFF, FORGOTTEN, TOUCHED = (f"eeeeeeee-0000-4000-8000-{number:012d}" for number in (1, 2, 3, 4))
STAGED = "enabledForReportingButNotEnforced"
ACTION = "register_security_information"
ADDRESS, ELSEWHERE = "203.0.113.5", "198.51.100.9"
ACCOUNTS = {"users": ["emergency@contoso.example"]}


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> WholeProduct:
    return WholeProduct(tmp_path, simulator)


def state() -> JsonObject:
    """Return a tenant with policies that a linter has something to say about."""
    names = {EMERGENCY: "emergency", ADA: "ada", KIM: "kim"}
    return {
        "/users": [
            {"id": user, "displayName": name, "userPrincipalName": f"{name}@contoso.example", "accountEnabled": True}
            for user, name in names.items()
        ],
        "/groups": [
            {"id": STAFF, "displayName": "Staff", "members": [ADA]},
            {"id": PILOT, "displayName": "Pilot", "members": []},
        ],
        NAMED_LOCATIONS: [
            {
                "@odata.type": "#microsoft.graph.ipNamedLocation",
                "id": OFFICE,
                "displayName": "Office",
                "isTrusted": False,
                "ipRanges": [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "203.0.113.0/24"}],
            }
        ],
        "/roleManagement/directory/roleAssignments": [
            {
                "id": f"assignment-{number}",
                "principalId": user,
                "roleDefinitionId": GLOBAL_ADMINISTRATOR,
                "directoryScopeId": "/",
            }
            for number, user in enumerate((EMERGENCY, KIM))
        ],
        POLICIES: [
            policy(OLD, "Old", "enabled"),
            policy(OFF, "Off", "disabled"),
            {**policy(FORGOTTEN, "Forgotten", STAGED), "createdDateTime": "2024-01-01T00:00:00Z"},
            {**policy(TOUCHED, "Touched", STAGED), "createdDateTime": "2024-01-01T00:00:00Z"},
        ],
    }


def policy(identifier: str, name: str, state: str) -> JsonObject:
    """Return a policy that requires MFA of the staff, but for a group that nobody is in."""
    return {
        "id": identifier,
        "displayName": name,
        "state": state,
        "conditions": {
            "clientAppTypes": ["all"],
            "applications": {"includeApplications": ["All"]},
            "users": {"includeGroups": [STAFF], "excludeGroups": [PILOT], "excludeUsers": [EMERGENCY]},
        },
        "grantControls": {"operator": "OR", "builtInControls": ["mfa"]},
    }


def sign_in(name: str, **details: Any) -> JsonObject:
    ordinary = {
        "application": "Office365",
        "client_app_type": "browser",
        "device_platform": "windows",
        "authentication_flow": "none",
        "sign_in_risk_level": "none",
        "user_risk_level": "none",
        "ip_address": ELSEWHERE,
        "country": "CH",
    }
    return {"name": name, **ordinary, **details}


SIGN_INS = [
    sign_in("Ada", user="ada@contoso.example"),
    sign_in("Ada at the office", user="ada@contoso.example", ip_address=ADDRESS),
    sign_in("Ada at risk", user="ada@contoso.example", sign_in_risk_level="high"),
    sign_in("Kim", user="kim@contoso.example", application="MicrosoftAdminPortals"),
    sign_in("Emergency", user="emergency@contoso.example", application="MicrosoftAdminPortals"),
    sign_in("An old client", described_user={}, client_app_type="other"),
    sign_in("Somebody of the pilot", described_user={"groups": ["Pilot"]}),
    sign_in("A guest", described_user={}, guest_type="b2bCollaborationGuest"),
    {"name": "A device", "described_user": {}, "user_action": "register_device"},
    {"name": "A method at the office", "described_user": {}, "user_action": ACTION, "ip_address": ADDRESS},
    {"name": "A method elsewhere", "described_user": {}, "user_action": ACTION, "ip_address": ELSEWHERE},
]


FOR_THE_PILOT: JsonObject = {
    "display_name": "New",
    "conditions": {
        "users": {"include_groups": ["Pilot"]},
        "applications": {"include_applications": ["All"]},
        "client_app_types": ["all"],
    },
    "grant_controls": {"operator": "OR", "built_in_controls": ["mfa"]},
}


def options() -> JsonObject:
    """Return a whole baseline, a location that becomes trusted, changes of old policies, and one for nobody."""
    defaults = CHECKOUT / "roles" / "baseline_p2" / "defaults" / "main.yml"
    policies = yaml.safe_load(defaults.read_text(encoding="utf-8"))["baseline_p2_policies"]
    baseline = [
        {"template": name, "policy_state": "enabled" if settings.get("enforce", True) else "report_only"}
        for name, settings in policies.items()
        if settings.get("enabled", True)
    ]
    old = {"id": OLD, "conditions": {"users": {"exclude_groups": {"remove": ["Pilot"]}}}}
    touched = {"id": TOUCHED, "description": "Still meant."}
    return {
        "conditional_access_policies": {"policies": [*baseline, old, touched, FOR_THE_PILOT]},
        "named_locations": [{"display_name": "Office", "is_trusted": True}],
        "emergency_access": ACCOUNTS,
        "sign_in_tests": {"sign_ins": SIGN_INS},
        "lint": {},
    }


def methods_sent(product: WholeProduct, client: GraphClient) -> set[str]:
    return {str(one["method"]) for one in product.simulator.requests(client.tenant_id, "graph")}


def comparable(sign_ins: list[JsonObject]) -> list[JsonObject]:
    """Return what became of sign-ins without what differs before and after: swaps to come and ids to come."""
    told = [{name: value for name, value in one.items() if name != "after_swap"} for one in sign_ins]
    return [{**one, "policies": [{**policy, "id": None} for policy in one["policies"]]} for one in told]


@pytest.mark.parametrize("check_mode", [True, False])
def test_what_was_tested_is_what_comes(product: WholeProduct, make_client: MakeClient, check_mode: bool) -> None:
    client = make_client("p2", state=state())
    product.simulator.clear_requests()
    planned = product.run(CONFIGURATION, client.entry, options(), check_mode=check_mode)[CONFIGURATION]
    assert methods_sent(product, client) == ({"GET"} if check_mode else {"GET", "POST", "PATCH"})
    if check_mode:
        product.run(CONFIGURATION, client.entry, {**options(), "sign_in_tests": None, "lint": None})
    tested = product.run("sign_in_test", client.entry, {"sign_ins": SIGN_INS})["sign_in_tests"]
    assert comparable(planned["sign_in_tests"]["sign_ins"]) == comparable(tested)
    assert len({one["outcome"] for one in tested}) > 1
    linted = product.run("conditional_access_lint_info", client.entry, {"emergency_access": ACCOUNTS})["findings"]

    def told(findings: list[JsonObject]) -> list[Any]:
        return [(one["rule"], one["severity"], one["policies"], one["path"], one["text"]) for one in findings]

    assert told(planned["lint_findings"]) == told(linted)
    brought = {(one["rule"], *one["policies"]) for one in planned["lint_findings"] if one["is_new"]}
    there = {(one["rule"], *one["policies"]) for one in planned["lint_findings"]} - brought
    assert brought == {("empty_group", "New")}
    assert there >= {("disabled_policy", "Off"), ("report_only_too_long", "Forgotten")}
    # What the service says itself: people whom it knows, in places that a question can hold.
    named = [one for one in SIGN_INS if "user" in one and one["application"] != "MicrosoftAdminPortals"]
    assert product.run("sign_in_test", client.entry, {"sign_ins": named, "live": True})["passed"] is True


def test_a_quiet_run_asks_only_for_names(product: WholeProduct, make_client: MakeClient) -> None:
    client = make_client("p2", state=state())
    wanted = options()
    product.run(CONFIGURATION, client.entry, wanted)

    def sent(given: JsonObject) -> list[str]:
        product.simulator.clear_requests()
        assert product.run(CONFIGURATION, client.entry, given)["changed"] is False
        return [str(one["path"]) for one in product.simulator.requests(client.tenant_id, "graph")]

    described = {"sign_ins": [one for one in SIGN_INS if "described_user" in one and "Pilot" not in str(one)]}
    without = sent({**wanted, "sign_in_tests": None, "lint": None})
    assert sent({**wanted, "sign_in_tests": described}) == without
    assert len(sent(wanted)) <= len(without)


@pytest.mark.parametrize("check_mode", [True, False])
def test_what_is_not_as_expected_blocks_before_anything_is_written(
    product: WholeProduct, make_client: MakeClient, check_mode: bool
) -> None:
    client = make_client("p2", state=state())
    refused = product.part("_graph.errors").GuardRefused
    before = product.simulator.state(client.tenant_id)
    free = sign_in("Free", user="kim@contoso.example", expect={"outcome": "granted", "controls": []})
    product.simulator.clear_requests()
    with pytest.raises(refused, match=r"'Free', sign_in_tests.sign_ins\[0\].expect.controls: nothing was expected"):
        product.run(
            CONFIGURATION, client.entry, {**options(), "sign_in_tests": {"sign_ins": [free]}}, check_mode=check_mode
        )
    brings = {"policies": [FOR_THE_PILOT]}
    linted = {"conditional_access_policies": brings, "emergency_access": ACCOUNTS, "lint": {"fail_on": "warning"}}
    with pytest.raises(refused, match=r"empty_group: 'New' .*: the included group Pilot"):
        product.run(CONFIGURATION, client.entry, linted, check_mode=check_mode)
    assert methods_sent(product, client) == {"GET"}
    assert product.simulator.state(client.tenant_id) == before
