# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom policies force to MFA without a state of their own, as the collection finds out of a tenant by reads alone."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import POLICIES, GraphClient
from .sample_policies import GLOBAL_ADMINISTRATOR, REQUIRE_MFA
from .whole_product import imported

FAMILY, TEAM = (f"bbbbbbbb-0000-4000-8000-{number:012d}" for number in (1, 2))
REQUIREMENTS = "/users/authentication/requirements"


def person(number: int) -> str:
    return f"aaaaaaaa-0000-4000-8000-{number:012d}"


def user(number: int, **more: Any) -> JsonObject:
    name = f"user{number}@contoso.example"
    return {"id": person(number), "userPrincipalName": name, "displayName": name, "userType": "Member", **more}


def state(users: JsonObject, **policy: Any) -> JsonObject:
    """A tenant with one policy for these users.

    User 1 is in a group within a group that holds a role; 2 holds it directly; 3 is a guest; 4 is nobody special.
    """
    conditions = {**REQUIRE_MFA["conditions"], "users": users}
    return {
        "/users": [user(1), user(2), user(3, userType="Guest"), user(4)],
        "/groups": [
            {"id": FAMILY, "displayName": "Family", "members": [TEAM], "isAssignableToRole": True},
            {"id": TEAM, "displayName": "Team", "members": [person(1)]},
        ],
        "/roleManagement/directory/roleAssignments": [
            {"roleDefinitionId": GLOBAL_ADMINISTRATOR, "principalId": holder, "directoryScopeId": "/"}
            for holder in (FAMILY, person(2))
        ],
        POLICIES: [{**REQUIRE_MFA, "state": "enabled", "conditions": conditions, **policy}],
        REQUIREMENTS: [{"id": person(2), "perUserMfaState": "enforced"}],
    }


class Product:
    """The collection's readers in a tenant of the simulator."""

    def __init__(self, folder: Path, client: GraphClient) -> None:
        self.folder = folder
        self.client = client
        self.session = self._session()

    def part(self, name: str) -> Any:
        return imported(self.folder, name)

    def _session(self) -> Any:
        options: defaultdict[str, Any] = defaultdict(lambda: None)
        options.update(
            {name: self.client.entry[name] for name in ("tenant_id", "client_id", "client_secret")},
            auth_method="client_secret",
            cloud="global",
            authority_url=self.client.simulator.url,
            graph_url=self.client.simulator.url,
            ca_path=str(self.client.simulator.ca_path),
        )
        connection = self.part("_graph.connection").connection_from_options(options)
        return self.part("_graph.session").GraphSession(connection, read_only=True)

    def covered(self) -> list[int]:
        """The numbers of the users who are covered."""
        policies = self.part("_resources.conditional_access_policy").read_policies(self.session, "v1.0")
        coverage = self.part("_resources.per_user_mfa").Coverage(self.session, policies)
        return [number for number in range(1, 5) if coverage.of(person(number))[0]]

    def states(self) -> dict[str, str]:
        """The states of all users and of one who is not there."""
        users = [person(number) for number in range(1, 6)]
        return dict(self.part("_resources.per_user_mfa").read_states(self.session, users))


GUESTS = {"guestOrExternalUserTypes": "b2bCollaborationGuest", "externalTenants": {"membershipKind": "all"}}


@pytest.mark.parametrize(
    ("users", "covered"),
    [
        ({"includeUsers": ["All"]}, [1, 2, 3, 4]),
        ({"includeUsers": ["All"], "excludeUsers": [person(4)]}, [1, 2, 3]),
        ({"includeUsers": ["All"], "excludeGroups": [FAMILY]}, [2, 3, 4]),
        ({"includeUsers": ["All"], "excludeRoles": [GLOBAL_ADMINISTRATOR]}, [3, 4]),
        ({"includeUsers": ["All"], "excludeUsers": ["GuestsOrExternalUsers"]}, [1, 2, 4]),
        ({"includeUsers": ["All"], "excludeGuestsOrExternalUsers": GUESTS}, [1, 2, 4]),
        ({"includeGroups": [FAMILY]}, [1]),
        ({"includeUsers": [person(3)]}, [3]),
    ],
)
def test_who_is_covered(tmp_path: Path, make_client: MakeClient, users: JsonObject, covered: list[int]) -> None:
    client = make_client("p1", state=state(users))
    assert Product(tmp_path, client).covered() == covered
    assert {entry["method"] for entry in client.simulator.requests(client.tenant_id, "graph")} == {"GET"}


def test_policy_in_report_only_covers_nobody(tmp_path: Path, make_client: MakeClient) -> None:
    report_only = REQUIRE_MFA["state"]
    client = make_client("p1", state=state({"includeUsers": ["All"]}, state=report_only))
    assert Product(tmp_path, client).covered() == []


def test_roles_that_may_not_be_read_cover_nobody(tmp_path: Path, make_client: MakeClient) -> None:
    users = {"includeUsers": ["All"], "excludeRoles": [GLOBAL_ADMINISTRATOR]}
    client = make_client("p1", state=state(users), permissions=["Policy.Read.All", "User.Read.All"])
    assert Product(tmp_path, client).covered() == []


def test_states_of_who_is_there(tmp_path: Path, make_client: MakeClient) -> None:
    client = make_client("p1", state=state({"includeUsers": ["All"]}))
    assert Product(tmp_path, client).states() == {
        person(1): "disabled",
        person(2): "enforced",
        person(3): "disabled",
        person(4): "disabled",
    }
