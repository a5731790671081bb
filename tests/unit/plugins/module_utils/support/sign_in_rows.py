# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of the sign-in log, and what policies came to in them."""

from __future__ import annotations

import typing as t

Json = dict[str, t.Any]

SIGN_INS = "/auditLogs/signIns"
EXCHANGE = "00000002-0000-0ff1-ce00-000000000000"


def person(number: int) -> str:
    """The id of a user."""
    return f"aaaaaaaa-0000-4000-8000-{number:012x}"


def applied(policy: str, result: str) -> Json:
    """What a policy, named by its id, came to."""
    return {"id": policy, "displayName": f"Policy {policy[:4]}", "result": result}


def sign_in(number: int, *policies: Json, **changes: t.Any) -> Json:
    """A sign-in of the user with that number, by a browser and with success (facts section 9.2)."""
    return {
        "id": f"cccccccc-0000-4000-8000-{number:012x}",
        "createdDateTime": "2026-11-20T08:00:00Z",
        "userId": person(number),
        "userPrincipalName": f"user{number}@contoso.example",
        "appId": EXCHANGE,
        "appDisplayName": "Exchange",
        "clientAppUsed": "Browser",
        "isInteractive": True,
        "conditionalAccessStatus": "notApplied",
        "status": {"errorCode": 0, "failureReason": "Other."},
        "appliedConditionalAccessPolicies": list(policies),
        **changes,
    }
