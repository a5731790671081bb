# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sign-ins of people to applications, written into the log with what each policy of the tenant comes to in them.

Whether a policy applies is what evaluate says. What it then comes to follows Microsoft's words for report-only (general
knowledge): failure where something is asked for that nobody can do on the spot, interrupted where the user would have
been asked for something, success where all that is asked for is there.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from .clock import graph_timestamp
from .conditional_access.evaluate_policy import NOT_SET, analysis_reason
from .conditional_access.evaluate_request import SignInRequest, requested_sign_in
from .graph.call import GraphCall
from .graph.errors import GraphError
from .graph.query import QueryOptions
from .json_types import JsonObject, JsonValue
from .messages import Request
from .profile import Profile
from .resource_types import resource_type
from .sign_in_results import ENFORCED, FAILURE, NOT_APPLIED, NOT_ENABLED, REPORT_ONLY, SUCCESS
from .sign_in_rows import BLOCKED_BY_POLICY, seeded_sign_in
from .tenant import POLICIES, SERVICE_PRINCIPALS, SIGN_INS, USERS, Tenant

MEMBERS = {"user_id", "application_id", "conditions", "satisfied", "count"}
BLOCK = "block"
# What a user can do on the spot when a policy asks for it.
BY_THE_USER = frozenset({"mfa", "passwordChange", "authenticationStrength", "termsOfUse", "riskRemediation"})
CLIENT_APPS = {
    "browser": "Browser",
    "mobileAppsAndDesktopClients": "Mobile Apps and Desktop clients",
    "exchangeActiveSync": "Exchange ActiveSync",
    "other": "Other clients",
}


class InvalidJudgedSignIn(ValueError):
    """A sign-in to be written is not understood; the message names what."""


@dataclass(frozen=True)
class JudgedSignIn:
    """A sign-in of a person to an application; ``satisfied`` are the controls that are there already."""

    user_id: str
    application_id: str
    conditions: JsonObject
    satisfied: frozenset[str]
    count: int


def write_sign_ins(tenant: Tenant, profile: Profile, request: Request) -> int:
    """Write the sign-ins of a control request into the tenant's log, as of now, and return how many.

    Raises:
        InvalidJudgedSignIn: naming the sign-in and what is wrong with it.
    """
    wanted = parse_sign_ins(request.json())
    with tenant.lock:
        rows = [row for one in wanted for row in _rows(tenant, profile, request, one)]
        for row in rows:
            tenant[SIGN_INS].put(row, 0)
    return len(rows)


def parse_sign_ins(document: JsonValue) -> list[JudgedSignIn]:
    """Return the sign-ins that a document lists.

    Raises:
        InvalidJudgedSignIn: saying what is wrong.
    """
    items = document.get("sign_ins") if isinstance(document, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise InvalidJudgedSignIn("the body must be an object with the list 'sign_ins'")
    return [_parsed(position, item) for position, item in enumerate(items)]


def _parsed(position: int, item: JsonObject) -> JudgedSignIn:
    unknown = sorted(set(item) - MEMBERS)
    if unknown:
        known = ", ".join(sorted(MEMBERS))
        raise InvalidJudgedSignIn(f"sign_ins[{position}] has the unknown member '{unknown[0]}'; known are {known}")
    count = item.get("count", 1)
    if not item.get("user_id") or not item.get("application_id") or not isinstance(count, int) or count < 1:
        raise InvalidJudgedSignIn(f"sign_ins[{position}] needs 'user_id' and 'application_id'; 'count' is 1 or more")
    return JudgedSignIn(
        str(item["user_id"]),
        str(item["application_id"]),
        {"clientAppType": "browser", **(item.get("conditions") or {})},
        frozenset(item.get("satisfied") or ()),
        count,
    )


def _rows(tenant: Tenant, profile: Profile, request: Request, wanted: JudgedSignIn) -> list[JsonObject]:
    sign_in = _requested(tenant, profile, request, wanted)
    applied = [_applied(policy, sign_in, profile, wanted.satisfied) for policy in tenant[POLICIES].visible()]
    is_stopped = any(one["result"] == FAILURE for one in applied)
    user = tenant[USERS].find_visible(wanted.user_id) or {}
    row: JsonObject = {
        "createdDateTime": graph_timestamp(),
        "userId": wanted.user_id.lower(),
        "userPrincipalName": user.get("userPrincipalName"),
        "userDisplayName": user.get("displayName"),
        "appId": wanted.application_id.lower(),
        "appDisplayName": _application_name(tenant, wanted.application_id.lower()),
        "clientAppUsed": CLIENT_APPS.get(str(wanted.conditions["clientAppType"]), "Other clients"),
        "status": {
            "errorCode": BLOCKED_BY_POLICY if is_stopped else 0,
            "failureReason": "Other.",
            "additionalDetails": None,
        },
        "appliedConditionalAccessPolicies": applied,
    }
    complete = resource_type("signIn").complete
    return [complete({"id": str(uuid.uuid4()), **seeded_sign_in(row)}) for _number in range(wanted.count)]


def _application_name(tenant: Tenant, application_id: str) -> str:
    principals = tenant[SERVICE_PRINCIPALS].visible()
    return next((str(one["displayName"]) for one in principals if one.get("appId") == application_id), application_id)


def _requested(tenant: Tenant, profile: Profile, request: Request, wanted: JudgedSignIn) -> SignInRequest:
    call = GraphCall(tenant, frozenset(), None, profile, "v1.0", request, {}, QueryOptions())
    body: JsonObject = {
        "signInIdentity": {"@odata.type": "#microsoft.graph.userSignIn", "userId": wanted.user_id},
        "signInContext": {
            "@odata.type": "#microsoft.graph.applicationContext",
            "includeApplications": [wanted.application_id],
        },
        "signInConditions": wanted.conditions,
    }
    try:
        return requested_sign_in(call, body)
    except GraphError as error:
        raise InvalidJudgedSignIn(f"the sign-in of {wanted.user_id}: {error.message}") from error


def _applied(policy: JsonObject, sign_in: SignInRequest, profile: Profile, satisfied: frozenset[str]) -> JsonObject:
    grant = policy["grantControls"] or {}
    result = _result(policy, analysis_reason(policy, sign_in, profile), controls_of(grant), satisfied)
    controls = [name[:1].upper() + name[1:] for name in controls_of(grant)]
    is_applied = result.endswith(("uccess", "ailure", "nterrupted"))
    return {
        "id": policy["id"],
        "displayName": policy["displayName"],
        "enforcedGrantControls": controls if is_applied else [],
        "enforcedSessionControls": [],
        "result": result,
    }


def controls_of(grant: JsonObject) -> list[str]:
    """Return what a policy asks for, in the words of its grant controls."""
    strength = ["authenticationStrength"] if grant.get("authenticationStrength") else []
    terms = ["termsOfUse"] if grant.get("termsOfUse") else []
    return [*(grant.get("builtInControls") or ()), *strength, *terms]


def _result(policy: JsonObject, reason: str, controls: list[str], satisfied: frozenset[str]) -> str:
    state = policy["state"]
    if state not in (ENFORCED, REPORT_ONLY):
        return NOT_ENABLED
    if reason != NOT_SET:
        return NOT_APPLIED if state == ENFORCED else "reportOnlyNotApplied"
    is_any = (policy["grantControls"] or {}).get("operator") == "OR"
    outcome = came_to(controls, satisfied, is_any=is_any)
    if state == REPORT_ONLY:
        return f"reportOnly{outcome[:1].upper()}{outcome[1:]}"
    # Whoever is asked for something in earnest does it here.
    return SUCCESS if outcome == "interrupted" else outcome


def came_to(controls: Iterable[str], satisfied: frozenset[str], *, is_any: bool) -> str:
    """Return ``success``, ``interrupted`` or ``failure``; with ``is_any`` one of the controls is enough."""
    wanted = set(controls)
    if BLOCK in wanted:
        return FAILURE
    missing = wanted - satisfied
    if not missing or (is_any and missing != wanted):
        return SUCCESS
    by_the_user = missing & BY_THE_USER
    can_be_done = bool(by_the_user) if is_any else by_the_user == missing
    return "interrupted" if can_be_done else FAILURE
