# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tenant with 5,000 users, roles held directly, through nested groups and by eligibility, and what surrounds them."""

from __future__ import annotations

from functools import cache

from simulator.json_types import JsonObject

ASSIGNMENTS = "/roleManagement/directory/roleAssignments"
ELIGIBILITIES = "/roleManagement/directory/roleEligibilityScheduleInstances"
REPORT = "/reports/authenticationMethods/userRegistrationDetails"
GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
EXCHANGE_ADMINISTRATOR = "29232cdf-9323-42fd-ade2-1d097af3e4de"
GLOBAL_READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451"
USERS = 5000

# Groups: one that holds a role and has another one in it, which has a third in it.
OUTER, MIDDLE, INNER, ELIGIBLE, STAFF = (f"bbbbbbbb-0000-4000-8000-{number:012d}" for number in range(5))
ROBOT = "cccccccc-0000-4000-8000-000000000001"

# Who is reached in which way, by number.
DIRECT = (1, 2)
IN_OUTER, IN_MIDDLE, IN_INNER = (10, 11), (20,), tuple(range(1000, 1030))
ELIGIBLE_DIRECT, ELIGIBLE_IN_GROUP = (30,), tuple(range(3000, 3025))
ONLY_READER, ONLY_IN_UNIT = 40, 41

ACTIVE_HOLDERS = (*DIRECT, *IN_OUTER, *IN_MIDDLE, *IN_INNER)
ALL_HOLDERS = (*ACTIVE_HOLDERS, *ELIGIBLE_DIRECT, *ELIGIBLE_IN_GROUP)


def user_id(number: int) -> str:
    return f"aaaaaaaa-0000-4000-8000-{number:012d}"


def user_ids(*numbers: int) -> list[str]:
    return [user_id(number) for number in numbers]


def name_of(number: int) -> str:
    return f"user{number:04d}@fabrikam.example"


@cache
def _users() -> tuple[JsonObject, ...]:
    return tuple(
        {
            "id": user_id(number),
            "userPrincipalName": name_of(number),
            "displayName": f"User {number}",
            "accountEnabled": number != 4999,
            "userType": "Guest" if number == 4998 else "Member",
        }
        for number in range(USERS)
    )


def _group(identifier: str, name: str, members: list[str], *, of_roles: bool = True) -> JsonObject:
    return {
        "id": identifier,
        "displayName": name,
        "securityEnabled": True,
        "mailEnabled": False,
        "isAssignableToRole": of_roles,
        "members": members,
    }


def _assignment(principal: str, role: str, scope: str = "/") -> JsonObject:
    return {"principalId": principal, "roleDefinitionId": role, "directoryScopeId": scope}


def _row(number: int) -> JsonObject:
    """Every tenth has not registered, and the report does not know the last hundred yet."""
    return {
        "id": user_id(number),
        "userPrincipalName": name_of(number),
        "userType": "member",
        "isMfaRegistered": number % 10 != 0,
        "isMfaCapable": number % 10 != 0,
    }


def large_directory() -> JsonObject:
    """Return the state of the tenant."""
    return {
        "/users": list(_users()),
        "/groups": [
            _group(OUTER, "Exchange team", [*user_ids(*IN_OUTER), MIDDLE, ROBOT]),
            _group(MIDDLE, "Exchange team, Europe", [*user_ids(*IN_MIDDLE), INNER]),
            _group(INNER, "Exchange team, Iceland", [*user_ids(*IN_INNER, *DIRECT[:1]), OUTER]),
            _group(ELIGIBLE, "On call", user_ids(*ELIGIBLE_IN_GROUP)),
            _group(STAFF, "Staff", user_ids(*range(USERS)), of_roles=False),
        ],
        "/servicePrincipals": [{"id": ROBOT, "appId": ROBOT[::-1], "displayName": "Robot"}],
        ASSIGNMENTS: [
            *(_assignment(user_id(number), GLOBAL_ADMINISTRATOR) for number in DIRECT),
            _assignment(OUTER, EXCHANGE_ADMINISTRATOR),
            _assignment(ROBOT, EXCHANGE_ADMINISTRATOR),
            _assignment(user_id(ONLY_READER), GLOBAL_READER),
            _assignment(user_id(ONLY_IN_UNIT), GLOBAL_ADMINISTRATOR, f"/administrativeUnits/{STAFF}"),
        ],
        ELIGIBILITIES: [
            *(_assignment(user_id(number), GLOBAL_ADMINISTRATOR) for number in ELIGIBLE_DIRECT),
            _assignment(ELIGIBLE, EXCHANGE_ADMINISTRATOR),
            _assignment(user_id(ONLY_IN_UNIT), GLOBAL_ADMINISTRATOR, f"/administrativeUnits/{STAFF}"),
        ],
        REPORT: [_row(number) for number in range(USERS - 100)],
    }
