# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Directory roles: definitions, assignments, and the older activated roles."""

from __future__ import annotations

from ..json_types import JsonObject
from ..messages import Response
from ..tenant import ROLE_ASSIGNMENTS, ROLE_DEFINITIONS, stable_id
from . import errors, permissions
from .call import GraphCall
from .directory import PLAIN_QUERIES, SINGLE_PAGE, found, list_directory, show_directory_object
from .membership import typed_objects
from .routing import Route
from .typed_objects import shown_typed

DEFINITIONS = "roleManagement/directory/roleDefinitions"
ASSIGNMENTS = "roleManagement/directory/roleAssignments"


def list_role_definitions(call: GraphCall) -> Response:
    items = call.collection(ROLE_DEFINITIONS).visible()
    return list_directory(call, items, "unifiedRoleDefinition", DEFINITIONS, SINGLE_PAGE)


def get_role_definition(call: GraphCall) -> Response:
    item = found(call, ROLE_DEFINITIONS, call.parameters["id"])
    return show_directory_object(call, item, "unifiedRoleDefinition", DEFINITIONS)


def list_role_assignments(call: GraphCall) -> Response:
    """List assignments, with the principal where ``$expand=principal`` asks for it (facts section 7.3)."""
    if call.query.expand not in (None, "principal"):
        raise errors.unsupported_query(f"The expansion '{call.query.expand}' is not supported.")
    items = call.collection(ROLE_ASSIGNMENTS).visible()
    allowed = PLAIN_QUERIES | {"$expand"}
    answer = list_directory(call, items, "unifiedRoleAssignment", ASSIGNMENTS, SINGLE_PAGE, allowed)
    if call.query.expand:
        answer.body["value"] = [_with_principal(call, item) for item in answer.body["value"]]
    return answer


def get_role_assignment(call: GraphCall) -> Response:
    item = found(call, ROLE_ASSIGNMENTS, call.parameters["id"])
    return show_directory_object(call, item, "unifiedRoleAssignment", ASSIGNMENTS)


def list_directory_roles(call: GraphCall) -> Response:
    """Only roles that someone holds are activated; their id is not the template's (facts section 7.3)."""
    held = {assignment["roleDefinitionId"] for assignment in call.collection(ROLE_ASSIGNMENTS).visible()}
    definitions = call.collection(ROLE_DEFINITIONS).visible()
    roles = [
        {
            "id": stable_id(call.tenant.tenant_id, "directoryRole", definition["id"]),
            "displayName": definition["displayName"],
            "description": definition["description"],
            "roleTemplateId": definition["templateId"],
        }
        for definition in definitions
        if definition["id"] in held
    ]
    return list_directory(
        call, roles, "directoryRole", "directoryRoles", SINGLE_PAGE, frozenset({"$filter", "$select"})
    )


def list_directory_role_templates(call: GraphCall) -> Response:
    templates = [
        {"id": item["templateId"], "displayName": item["displayName"], "description": item["description"]}
        for item in call.collection(ROLE_DEFINITIONS).visible()
        if item["isBuiltIn"]
    ]
    return list_directory(
        call, templates, "directoryRoleTemplate", "directoryRoleTemplates", SINGLE_PAGE, frozenset({"$select"})
    )


def _with_principal(call: GraphCall, assignment: JsonObject) -> JsonObject:
    principals = typed_objects(call.tenant, [assignment["principalId"]])
    if not principals:
        return assignment | {"principal": None}
    type_name, principal = principals[0]
    return assignment | {"principal": shown_typed(type_name, principal)}


ROUTES = (
    Route("GET", f"/{DEFINITIONS}", list_role_definitions, permissions.READ_ROLES),
    Route("GET", f"/{DEFINITIONS}/{{id}}", get_role_definition, permissions.READ_ROLES),
    Route("GET", f"/{ASSIGNMENTS}", list_role_assignments, permissions.READ_ROLES),
    Route("GET", f"/{ASSIGNMENTS}/{{id}}", get_role_assignment, permissions.READ_ROLES),
    Route("GET", "/directoryRoles", list_directory_roles, permissions.READ_ROLES),
    Route("GET", "/directoryRoleTemplates", list_directory_role_templates, permissions.READ_ROLES),
)
