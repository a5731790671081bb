# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The check of sent bodies: it finds what is wrong, and nothing where all is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .graph_client import (
    CONTEXTS,
    DELETED_POLICIES,
    NAMED_LOCATIONS,
    POLICIES,
    SECURITY_DEFAULTS,
    STRENGTHS,
    GraphClient,
)
from .journal_bodies import main, report_on_bodies
from .sample_policies import FIDO2_CONFIGURATION, KEYS, REQUIRE_MFA, X509_CONFIGURATION, varied
from .schema_document import PublishedSchema, published_schema

GROUP: JsonObject = {"displayName": "G", "mailNickname": "g", "mailEnabled": False, "securityEnabled": True}
OFFICE: JsonObject = {
    "@odata.type": "#microsoft.graph.ipNamedLocation",
    "displayName": "Office",
    "ipRanges": [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "192.0.2.0/24"}],
}
GUESTS: JsonObject = {
    "guestOrExternalUserTypes": "internalGuest, serviceProvider",
    "externalTenants": {
        "@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants",
        "membershipKind": "enumerated",
        "members": ["77777777-7777-7777-7777-777777777777"],
    },
}
ONE = "66666666-6666-6666-6666-666666666666"


@pytest.fixture(scope="session")
def published(shared: Path) -> PublishedSchema:
    return published_schema(shared / "graph" / "v1.0-Prod.csdl")


def entry(method: str, path: str, body: Any, service: str = "graph") -> JsonObject:
    return {"service": service, "method": method, "path": path, "body": body, "status": 200}


def test_a_whole_run_is_right(client: GraphClient, simulator: TestSimulator, published: PublishedSchema) -> None:
    """Write one of everything and hold the journal of it against the schema."""
    user = client.get("/users").json()["value"][0]["id"]
    group = client.created("/groups", GROUP | {"members@odata.bind": [f"{simulator.url}/v1.0/users/{user}"]})
    added = client.post(f"/groups/{group['id']}/members/$ref", {"@odata.id": f"{simulator.url}/v1.0/groups/{ONE}"})
    client.post("/directoryObjects/getByIds", {"ids": [user], "types": ["user"]})
    location = client.created(NAMED_LOCATIONS, OFFICE)
    client.patch(f"{NAMED_LOCATIONS}/{location['id']}", {"@odata.type": OFFICE["@odata.type"], "isTrusted": True})
    strength = client.created(STRENGTHS, KEYS | {"combinationConfigurations": [FIDO2_CONFIGURATION]})
    client.created(f"{STRENGTHS}/{strength['id']}/combinationConfigurations", X509_CONFIGURATION)
    client.post(
        f"{STRENGTHS}/{strength['id']}/updateAllowedCombinations", {"allowedCombinations": ["fido2", "password, sms"]}
    )
    client.patch(f"{CONTEXTS}/c1", {"displayName": "One", "isAvailable": True})
    client.created("/identityGovernance/termsOfUse/agreements", {"displayName": "Terms"})
    controls = {"operator": "AND", "builtInControls": [], "authenticationStrength": {"id": strength["id"]}}
    policy = client.created_policy(
        varied(REQUIRE_MFA, grantControls=controls, conditions__users__excludeGuestsOrExternalUsers=GUESTS)
    )
    client.patch(f"{POLICIES}/{policy['id']}", {"state": "disabled", "conditions": {"locations": None}})
    client.delete(f"{POLICIES}/{policy['id']}")
    client.post(f"{DELETED_POLICIES}/{policy['id']}/restore")
    item = {"method": "PATCH", "headers": {"Content-Type": "application/json"}}
    items = [
        item | {"id": "1", "url": SECURITY_DEFAULTS, "body": {"isEnabled": False}},
        item | {"id": "2", "url": f"{POLICIES}/{policy['id']}?x=1", "body": {"displayName": "Renamed"}},
        {"id": "3", "method": "GET", "url": "/users"},
    ]
    client.post("/$batch", {"requests": items})
    client.created(POLICIES, varied(REQUIRE_MFA, conditions__times={"a": 1}), version="beta")
    report = report_on_bodies(simulator.requests(client.tenant_id), published)
    assert added.status_code == 404
    assert (report.checked, report.faults) == (14, ()), report


def guests_change(guests: JsonObject) -> JsonObject:
    return {"conditions": {"users": {"includeGuestsOrExternalUsers": guests}}}


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("POST", POLICIES, varied(REQUIRE_MFA, colour="red"), "colour: no such property"),
        (
            "POST",
            POLICIES,
            varied(REQUIRE_MFA, sessionControls__continuousAccessEvaluation={"mode": "disabled"}),
            "sessionControls.continuousAccessEvaluation: no such property",
        ),
        (
            "POST",
            POLICIES,
            varied(REQUIRE_MFA, grantControls__builtInControls=["mfa", "verifiedID"]),
            "grantControls.builtInControls[1]: 'verifiedID' is no member of conditionalAccessGrantControl",
        ),
        (
            "PATCH",
            f"{POLICIES}/{ONE}",
            {"conditions": {"platforms": {"includePlatforms": ["unknownFutureValue"]}}},
            "conditions.platforms.includePlatforms[0]: 'unknownFutureValue' stands for what a reader does not know "
            "and is never written",
        ),
        (
            "PATCH",
            f"{POLICIES}/{ONE}",
            {"conditions": {"users": {"includeUsers": "All"}}},
            "conditions.users.includeUsers: a collection was expected",
        ),
        ("PATCH", f"{POLICIES}/{ONE}", {"conditions": None}, "conditions: must not be null"),
        (
            "PATCH",
            f"{POLICIES}/{ONE}",
            {"sessionControls": {"signInFrequency": {"value": "4"}}},
            "sessionControls.signInFrequency.value: a Int32 was expected",
        ),
        (
            "PATCH",
            f"{POLICIES}/{ONE}",
            {"sessionControls": {"signInFrequency": {"value": True}}},
            "sessionControls.signInFrequency.value: a Int32 was expected",
        ),
        (
            "PATCH",
            f"{POLICIES}/{ONE}",
            {
                "conditions": {
                    "users": {"includeGuestsOrExternalUsers": {"guestOrExternalUserTypes": ["serviceProvider"]}}
                }
            },
            "conditions.users.includeGuestsOrExternalUsers.guestOrExternalUserTypes: a member of "
            "conditionalAccessGuestOrExternalUserTypes was expected",
        ),
        (
            "PATCH",
            f"{POLICIES}/{ONE}",
            guests_change(
                {"guestOrExternalUserTypes": "serviceProvider", "externalTenants": {"membershipKind": "all"}}
            ),
            "conditions.users.includeGuestsOrExternalUsers.externalTenants.@odata.type: None is no concrete type of "
            "conditionalAccessExternalTenants",
        ),
        (
            "PATCH",
            f"{POLICIES}/{ONE}",
            {"grantControls": {"authenticationStrength@odata.context": "x"}},
            "grantControls.authenticationStrength@odata.context: no annotation of a write",
        ),
        (
            "POST",
            "/groups",
            GROUP | {"members@odata.bind": [1]},
            "members@odata.bind: the address of an object was expected",
        ),
        ("POST", "/groups", GROUP | {"mailEnabled": "false"}, "mailEnabled: a Boolean was expected"),
        (
            "POST",
            NAMED_LOCATIONS,
            OFFICE | {"@odata.type": "#microsoft.graph.user"},
            "@odata.type: '#microsoft.graph.user' is no concrete type of namedLocation",
        ),
        ("PATCH", f"{NAMED_LOCATIONS}/{ONE}", {"isTrusted": True}, "isTrusted: no such property"),
        (
            "POST",
            f"{STRENGTHS}/{ONE}/combinationConfigurations",
            {"appliesToCombinations": ["fido2"]},
            "@odata.type: None is no concrete type of authenticationCombinationConfiguration",
        ),
        (
            "POST",
            f"{STRENGTHS}/{ONE}/updateAllowedCombinations",
            {"allowedCombinations": ["fido3"]},
            "allowedCombinations[0]: 'fido3' is no member of authenticationMethodModes",
        ),
        (
            "POST",
            f"{STRENGTHS}/{ONE}/updateAllowedCombinations",
            {"combinations": ["fido2"]},
            "combinations: no such property",
        ),
        ("POST", f"/groups/{ONE}/members/$ref", {"id": ONE}, "@odata.id: the address of an object was expected"),
        ("POST", "/identity/conditionalAccess/plans", {}, "body: the schema has nothing at this path"),
        ("POST", f"{POLICIES}/{ONE}", REQUIRE_MFA, "body: POST takes no body here"),
        ("PATCH", POLICIES, REQUIRE_MFA, "body: PATCH takes no body here"),
        ("POST", POLICIES, [REQUIRE_MFA], "body: an object was expected"),
        ("POST", POLICIES, "<5 bytes that are no JSON>", "body: an object was expected"),
    ],
)
def test_faults_are_found(published: PublishedSchema, method: str, path: str, body: Any, expected: str) -> None:
    report = report_on_bodies([entry(method, f"/v1.0{path}", body)], published)
    assert report.checked == 1
    first = report.faults[0]
    assert str(first) == f"{method} {path}: {expected}"
    assert str(report) == "\n".join(["1 bodies checked", *map(str, report.faults)])


def test_faults_inside_batches_are_found(published: PublishedSchema) -> None:
    items = [
        {"id": "1", "method": "POST", "url": f"{POLICIES}?x=1", "body": varied(REQUIRE_MFA, state="on")},
        {"id": "2", "method": "PATCH", "url": CONTEXTS.lstrip("/") + "/c1", "body": {"isAvailable": 1}},
        {"id": "3", "method": "GET", "url": "/users"},
    ]
    report = report_on_bodies([entry("POST", "/v1.0/$batch", {"requests": items})], published)
    assert report.checked == 2
    assert [str(fault) for fault in report.faults] == [
        f"POST {POLICIES}: state: 'on' is no member of conditionalAccessPolicyState",
        f"PATCH {CONTEXTS}/c1: isAvailable: a Boolean was expected",
    ]


def test_what_is_not_a_body_for_v1_does_not_count(published: PublishedSchema) -> None:
    entries = [
        entry("GET", "/v1.0/users", None),
        entry("POST", f"/beta{POLICIES}", {"wrong": 1}),
        entry("POST", "/tenant/oauth2/v2.0/token", {"grant_type": "x"}, service="token"),
    ]
    assert report_on_bodies(entries, published).checked == 0


@pytest.mark.parametrize(
    ("bodies", "status", "printed"),
    [
        ([REQUIRE_MFA, REQUIRE_MFA], 0, "2 bodies checked\n"),
        ([REQUIRE_MFA, {"state": 1}], 1, f"2 bodies checked\nPOST {POLICIES}: state: a member of"),
        ([None], 1, "0 bodies checked\n"),
    ],
)
def test_journals_in_files(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], bodies: list[Any], status: int, printed: str
) -> None:
    journal = tmp_path / "journal"
    lines = (json.dumps(entry("POST", f"/v1.0{POLICIES}", body)) for body in bodies)
    journal.write_text("\n".join(lines), encoding="utf-8")
    assert main([str(shared / "graph" / "v1.0-Prod.csdl"), str(journal)]) == status
    assert capsys.readouterr().out.startswith(printed)
