# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a write leaves behind in the audit log (facts section 13.4)."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from ..clock import graph_timestamp
from ..json_types import JsonObject
from ..messages import Response
from ..tenant import DIRECTORY_AUDITS, SERVICE_PRINCIPALS, USERS
from .call import GraphCall


@dataclass(frozen=True)
class Audit:
    """A kind of object whose changes are logged: where it is kept, and by which service under which category.

    ``activities`` names what is logged for Add, Update and Delete. ``also_by_core_directory`` adds the second row
    that facts section 13.4 names for policies.
    """

    path: str
    property_name: str
    service: str
    category: str
    activities: Mapping[str, str]
    also_by_core_directory: bool = False


def audited_state(call: GraphCall, audit: Audit) -> JsonObject | None:
    """Return the latest state of the object that a request is about; of a singleton, where no id tells it."""
    collection = call.collection(audit.path)
    if "id" in call.parameters:
        return collection.find_latest(call.parameters["id"])
    return next(iter(collection.latest()), None) if call.request.method == "PATCH" else None


def record_audit(call: GraphCall, audit: Audit, before: JsonObject | None, response: Response) -> None:
    """Write the rows of an operation that was answered with success; readers see them later than the change."""
    if not 200 <= response.status < 300:
        return
    operation = "Add" if response.status == 201 else "Delete" if call.request.method == "DELETE" else "Update"
    after = call.collection(audit.path).find_latest(response.body["id"]) if operation == "Add" else None
    row = _row(call, audit, before, after or audited_state(call, audit)) | {"operationType": operation}
    logged = [(audit.service, audit.activities[operation])]
    if audit.also_by_core_directory:
        logged.append(("Core Directory", f"{operation} policy"))
    for service, activity in logged:
        names = {"id": f"Directory_{uuid.uuid4()}", "loggedByService": service, "activityDisplayName": activity}
        call.collection(DIRECTORY_AUDITS).put(row | names, call.profile.audit_delay_seconds)


def _row(call: GraphCall, audit: Audit, before: JsonObject | None, after: JsonObject | None) -> JsonObject:
    target = after or before or {}
    return {
        "category": audit.category,
        "correlationId": str(uuid.uuid4()),
        "result": "success",
        "resultReason": "",
        "activityDateTime": graph_timestamp(),
        "initiatedBy": _initiator(call),
        "additionalDetails": [],
        "targetResources": [
            {
                "id": target.get("id"),
                "displayName": target.get("displayName"),
                "type": "Policy",
                "userPrincipalName": None,
                "groupType": None,
                "modifiedProperties": [
                    {
                        "displayName": audit.property_name,
                        "oldValue": _as_text(before),
                        "newValue": _as_text(after),
                    }
                ],
            }
        ],
    }


def _initiator(call: GraphCall) -> JsonObject:
    if call.user_id is None:
        principal = call.collection(SERVICE_PRINCIPALS).find_latest(call.tenant.service_principal_id) or {}
        application = {
            "appId": call.tenant.application.client_id,
            "displayName": principal.get("displayName"),
            "servicePrincipalId": call.tenant.service_principal_id,
            "servicePrincipalName": None,
        }
        return {"app": application, "user": None}
    user = call.collection(USERS).find_latest(call.user_id) or {}
    person = {
        "id": call.user_id,
        "displayName": user.get("displayName"),
        "userPrincipalName": user.get("userPrincipalName"),
        "ipAddress": call.request.client_address,
    }
    return {"app": None, "user": person}


def _as_text(value: JsonObject | None) -> str | None:
    """Old and new values are JSON texts of the whole object."""
    return None if value is None else json.dumps(value, ensure_ascii=False)
