# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Eligible role assignments, and the revocation of sessions."""

from __future__ import annotations

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import GraphClient, error_of

ELIGIBILITIES = "/roleManagement/directory/roleEligibilityScheduleInstances"
USER = "55555555-5555-4555-8555-000000000001"
ROLE = "62e90394-69f5-4237-9190-012177145e10"
ELIGIBLE: JsonObject = {
    "id": "eligible-1",
    "principalId": USER,
    "roleDefinitionId": ROLE,
    "directoryScopeId": "/",
    "memberType": "Direct",
    "startDateTime": "2026-01-01T00:00:00Z",
}
STATE: JsonObject = {
    "/users": [{"id": USER, "userPrincipalName": "ada@fabrikam.example"}],
    ELIGIBILITIES: [ELIGIBLE],
}
REVOKE = f"/users/{USER}/revokeSignInSessions"
VALID_FROM = "signInSessionsValidFromDateTime"


def valid_from(client: GraphClient) -> str | None:
    found = client.get(f"/users/{USER}", params={"$select": VALID_FROM}).json()[VALID_FROM]
    return None if found is None else str(found)


def test_eligible_assignments(make_client: MakeClient) -> None:
    client = make_client(state=STATE)
    (found,) = client.get(ELIGIBILITIES).json()["value"]
    assert {name: found[name] for name in ELIGIBLE} == ELIGIBLE
    assert found["endDateTime"] is None
    filtered = client.get(ELIGIBILITIES, params={"$filter": f"roleDefinitionId eq '{USER}'"}).json()["value"]
    assert filtered == []
    assert client.get(f"{ELIGIBILITIES}/eligible-1").json()["principalId"] == USER


def test_eligible_assignments_come_in_pages(make_client: MakeClient) -> None:
    many = [ELIGIBLE | {"id": str(number)} for number in range(150)]
    client = make_client(state=STATE | {ELIGIBILITIES: many})
    first = client.get(ELIGIBILITIES).json()
    assert (len(first["value"]), "@odata.nextLink" in first) == (100, True)


@pytest.mark.parametrize("license_", ["free", "p1"])
def test_eligible_assignments_need_p2(make_client: MakeClient, simulator: TestSimulator, license_: str) -> None:
    client = make_client(license_, state=STATE)
    assert error_of(client.get(ELIGIBILITIES))[:2] == (400, "AadPremiumLicenseRequired")
    simulator.set_profile(role_eligibilities_without_licence="empty")
    assert client.get(ELIGIBILITIES).json()["value"] == []


@pytest.mark.parametrize(
    ("permission", "status"),
    [
        ("RoleEligibilitySchedule.Read.Directory", 200),
        ("RoleManagement.Read.Directory", 200),
        ("Directory.Read.All", 403),
    ],
)
def test_permission_for_eligible_assignments(make_client: MakeClient, permission: str, status: int) -> None:
    assert make_client(state=STATE, permissions=[permission]).get(ELIGIBILITIES).status_code == status


def test_revocation(make_client: MakeClient, simulator: TestSimulator) -> None:
    client = make_client(state=STATE)
    assert valid_from(client) is None
    answer = client.post(REVOKE)
    assert (answer.status_code, answer.json()["value"]) == (200, True)
    assert answer.json()["@odata.context"].endswith("$metadata#Edm.Boolean")
    first = valid_from(client)
    assert first is not None
    simulator.set_profile(consistency_delay_seconds=60.0)
    assert client.post("/users/ada@fabrikam.example/revokeSignInSessions").status_code == 200
    assert valid_from(client) == first


def test_revocation_of_nobody(make_client: MakeClient) -> None:
    answer = make_client(state=STATE).post(REVOKE.replace("5", "7"))
    assert error_of(answer)[:2] == (404, "Request_ResourceNotFound")


@pytest.mark.parametrize(
    ("permission", "status"), [("User.RevokeSessions.All", 200), ("User.ReadWrite.All", 200), ("User.Read.All", 403)]
)
def test_permission_for_revocation(make_client: MakeClient, permission: str, status: int) -> None:
    assert make_client(state=STATE, permissions=[permission]).post(REVOKE).status_code == status
