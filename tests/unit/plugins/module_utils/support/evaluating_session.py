# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session with a tenant of people and places that sign-ins are tested in, and with the service's own evaluation."""

from __future__ import annotations

import copy
import typing as t
from dataclasses import dataclass, field

from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    CONTEXTS,
    LOCATIONS,
    FakeSession,
    Json,
)

ROLE_ASSIGNMENTS = "/roleManagement/directory/roleAssignments"
GUEST = "aaaaaaaa-0000-4000-8000-0000000000aa"
ROBOT = "dddddddd-0000-4000-8000-0000000000aa"
EXCHANGE = "00000002-0000-0ff1-ce00-000000000000"
MICROSOFT = "f8cdef31-a31e-4b4a-93e4-5f571e91255a"
GROUP = "#microsoft.graph.group"


def memberships(user: str) -> str:
    """The path of the groups that a user belongs to."""
    return f"/users/{user}/transitiveMemberOf"


def _collections() -> dict[str, list[Json]]:
    return {
        "/users": [
            {"id": ids.ADA.upper(), "userPrincipalName": "ada@contoso.example", "userType": "Member"},
            {"id": ids.BOB, "userPrincipalName": "bob@contoso.example", "userType": None},
            {"id": GUEST, "userPrincipalName": "g_other#EXT#@contoso.example", "userType": "Guest"},
        ],
        memberships(ids.ADA): [
            {"@odata.type": GROUP, "id": ids.STAFF},
            {"@odata.type": "#microsoft.graph.directoryRole", "id": ids.PRINTERS},
        ],
        ROLE_ASSIGNMENTS: [
            {"roleDefinitionId": ids.GLOBAL_ADMINISTRATOR, "principalId": ids.STAFF, "directoryScopeId": "/"},
            {
                "roleDefinitionId": ids.SYNCHRONIZATION_ACCOUNTS,
                "principalId": ids.ADA,
                "directoryScopeId": "/administrativeUnits/x",
            },
        ],
        "/servicePrincipals": [
            {"id": ROBOT, "appId": ids.PORTAL, "displayName": "Portal", "appOwnerOrganizationId": ids.TENANT},
            {"id": ids.PRINTERS, "appId": EXCHANGE, "displayName": "Mail", "appOwnerOrganizationId": MICROSOFT},
        ],
        LOCATIONS: [
            {
                "@odata.type": "#microsoft.graph.ipNamedLocation",
                "id": ids.OFFICE,
                "displayName": "Office",
                "isTrusted": True,
                "ipRanges": [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "203.0.113.0/24"}],
            }
        ],
        CONTEXTS: [{"id": "c1", "displayName": "Secrets"}],
    }


@dataclass
class EvaluatingSession(FakeSession):
    """*answers* are what the service's evaluation says, one after the other; *asked* is what it was asked."""

    collections: dict[str, list[Json]] = field(default_factory=_collections)
    permissions: frozenset[str] = frozenset(
        {
            "Policy.Read.All",
            "User.Read.All",
            "GroupMember.Read.All",
            "RoleManagement.Read.Directory",
            "Application.Read.All",
        }
    )
    answers: list[list[Json]] = field(default_factory=list)
    asked: list[tuple[str, Json]] = field(default_factory=list)

    def ask(self, path: str, body: Json, *, version: str = "v1.0") -> t.Sequence[Json]:
        """The next answer."""
        self.asked.append((path, copy.deepcopy(body)))
        return self.answers.pop(0)
