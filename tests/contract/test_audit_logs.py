# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The audit log (facts section 13.4)."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgraph.generated.models.directory_audit import DirectoryAudit

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import (
    AUTHORIZATION_POLICY,
    CONTEXTS,
    METHOD_CONFIGURATIONS,
    METHODS_POLICY,
    NAMED_LOCATIONS,
    POLICIES,
    SECURITY_DEFAULTS,
    GraphClient,
    error_of,
)
from .sample_policies import REQUIRE_MFA
from .schema_document import published_schema
from .schema_values import ValueCheck
from .typed_models import misunderstandings, parsed

AUDITS = "/auditLogs/directoryAudits"
COUNTRIES = {
    "@odata.type": "#microsoft.graph.countryNamedLocation",
    "displayName": "Countries",
    "countriesAndRegions": ["CH"],
}


def rows(client: GraphClient, query: str = "") -> list[JsonObject]:
    answer = client.get(f"{AUDITS}{query}")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["value"])


def activities(client: GraphClient) -> list[str]:
    """Return what was logged, oldest first, without the second rows of the directory."""
    logged = [row for row in rows(client) if not str(row["activityDisplayName"]).endswith(" policy")]
    return [str(row["activityDisplayName"]) for row in reversed(logged)]


def test_the_life_of_a_policy(client: GraphClient, shared: Path) -> None:
    policy = client.created_policy(REQUIRE_MFA)
    one = f"{POLICIES}/{policy['id']}"
    client.patch(one, {"displayName": "Renamed"})
    client.delete(one)
    mine = rows(
        client, f"?$filter=loggedByService eq 'Conditional Access' and targetResources/any(t:t/id eq '{policy['id']}')"
    )
    assert [row["activityDisplayName"] for row in mine] == [
        "Delete conditional access policy",
        "Update conditional access policy",
        "Add conditional access policy",
    ]
    (changed,) = mine[1]["targetResources"]
    (values,) = changed["modifiedProperties"]
    assert values["displayName"] == "ConditionalAccessPolicy"
    assert json.loads(values["oldValue"])["displayName"] == policy["displayName"]
    assert json.loads(values["newValue"])["displayName"] == "Renamed"
    assert mine[1]["initiatedBy"]["app"]["appId"] == client.entry["client_id"]
    check = ValueCheck(published_schema(shared / "graph" / "v1.0-Prod.csdl"), reading=True)
    for row in rows(client):
        assert list(check.object_faults(row, "directoryAudit")) == []
        assert list(misunderstandings(row, parsed(row, DirectoryAudit))) == []
    assert {row["activityDisplayName"] for row in rows(client, "?$filter=loggedByService eq 'Core Directory'")} == {
        "Add policy",
        "Update policy",
        "Delete policy",
    }


def test_what_else_is_logged(client: GraphClient) -> None:
    location = client.created(NAMED_LOCATIONS, COUNTRIES)
    client.delete(f"{NAMED_LOCATIONS}/{location['id']}")
    client.patch(f"{CONTEXTS}/c1", {"displayName": "One"})
    client.patch(f"{CONTEXTS}/c1", {"displayName": "Two"})
    client.patch(SECURITY_DEFAULTS, {"isEnabled": True})
    client.patch(METHODS_POLICY, {"policyMigrationState": "preMigration"})
    sms = {"@odata.type": "#microsoft.graph.smsAuthenticationMethodConfiguration", "state": "enabled"}
    client.patch(f"{METHOD_CONFIGURATIONS}/Sms", sms)
    client.delete(f"{METHOD_CONFIGURATIONS}/Sms")
    assert activities(client) == [
        "Add named location",
        "Delete named location",
        "Add AuthenticationContextClassReference",
        "Update AuthenticationContextClassReference",
        "Update security defaults",
        "Authentication Methods Policy Update",
        "Authentication Methods Policy Update",
        "Authentication Methods Policy Reset",
    ]
    client.patch(AUTHORIZATION_POLICY, {"allowedToUseSSPR": False})
    (row,) = rows(client, "?$filter=activityDisplayName eq 'update authorization policy'")
    assert (row["category"], row["operationType"]) == ("AuthorizationPolicy", "Update")
    assert json.loads(row["targetResources"][0]["modifiedProperties"][0]["newValue"])["allowedToUseSSPR"] is False


def test_refused_writes_and_reads_are_not_logged(client: GraphClient) -> None:
    client.post(POLICIES, {"colour": "red"})
    client.get(POLICIES)
    assert rows(client) == []


def test_filters_of_time(client: GraphClient) -> None:
    client.patch(SECURITY_DEFAULTS, {"isEnabled": True})
    moment = datetime.now(UTC)
    before, after = (f"{moment + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}" for hours in (-1, 1))
    assert len(rows(client, f"?$filter=activityDateTime ge {before} and activityDateTime le {after}")) == 2
    assert rows(client, f"?$filter=activityDateTime ge {after}") == []
    assert client.get(f"{AUDITS}?$filter=category ge 'Policy'").status_code == 400


def test_pages_and_items(client: GraphClient) -> None:
    for number in range(3):
        client.patch(f"{CONTEXTS}/c1", {"displayName": str(number)})
    first = client.get(f"{AUDITS}?$top=4").json()
    assert len(first["value"]) == 4
    assert "@odata.nextLink" in first
    one = client.get(f"{AUDITS}/{first['value'][0]['id']}").json()
    assert one["activityDisplayName"] == first["value"][0]["activityDisplayName"]
    assert client.get(f"{AUDITS}/Directory_0").status_code == 404


def seeded(days: int) -> JsonObject:
    moment = datetime.now(UTC) - timedelta(days=days)
    return {"id": f"Directory_{days}", "activityDisplayName": "x", "activityDateTime": f"{moment:%Y-%m-%dT%H:%M:%SZ}"}


@pytest.mark.parametrize(("tier", "kept"), [("p1", [1, 20]), ("free", [1])])
def test_how_long_rows_are_kept(make_client: MakeClient, tier: str, kept: list[int]) -> None:
    client = make_client(tier, state={AUDITS: [seeded(days) for days in (1, 20, 40)]})
    assert [row["id"] for row in rows(client)] == [f"Directory_{days}" for days in kept]


def test_a_tenant_without_licence_can_be_refused(make_client: MakeClient, simulator: TestSimulator) -> None:
    simulator.set_profile(audits_without_licence="refuse")
    answer = make_client("free").get(AUDITS)
    assert error_of(answer)[:2] == (403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant")
    assert rows(make_client("p1")) == []


def test_a_token_without_the_permission_is_refused(make_client: MakeClient) -> None:
    answer = make_client("p1", permissions=["Policy.Read.All"]).get(AUDITS)
    assert error_of(answer)[:2] == (403, "Authentication_MSGraphPermissionMissing")


def test_rows_come_later_than_the_change(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_profile(audit_delay_seconds=0.3)
    client.patch(SECURITY_DEFAULTS, {"isEnabled": True})
    assert rows(client) == []
    time.sleep(0.3)
    assert len(rows(client)) == 2


def test_a_person_is_named(make_client: MakeClient) -> None:
    user = "44444444-4444-4444-4444-444444444444"
    refresh = {"token": "r", "user_id": user, "scopes": ["Policy.Read.All", "Policy.ReadWrite.Authorization"]}
    people = [{"id": user, "userPrincipalName": "kim@x.example", "displayName": "Kim"}]
    client = make_client(state={"/users": people}, application={"refresh_tokens": [refresh]})
    token = client.request_token(
        grant_type="refresh_token", refresh_token="r", scope="https://graph.microsoft.com/.default"
    ).json()["access_token"]
    authorization = {"Authorization": f"Bearer {token}"}
    client.patch(AUTHORIZATION_POLICY, {"allowedToUseSSPR": False}, headers=authorization)
    (row,) = rows(client)
    assert row["initiatedBy"]["user"]["userPrincipalName"] == "kim@x.example"
    assert row["initiatedBy"]["app"] is None


def test_rows_of_a_seed_need_a_moment(make_client: MakeClient) -> None:
    with pytest.raises(ValueError, match="activityDateTime"):
        make_client(state={AUDITS: [{"activityDateTime": "yesterday"}]})
