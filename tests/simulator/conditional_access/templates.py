# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/identity/conditionalAccess/templates (facts section 2.9 and appendix D)."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from ..data_files import load_data
from ..graph import errors
from ..graph.call import GraphCall
from ..graph.listing import Listing, listed, selected
from ..graph.routing import Route
from ..json_types import JsonObject
from ..messages import Response
from . import permissions
from .canonical import canonical_object
from .presentation import presented_object, reader_of

TEMPLATES = "/identity/conditionalAccess/templates"
CONTEXT = "conditionalAccess/templates"


@cache
def all_templates() -> tuple[tuple[JsonObject, bool], ...]:
    """Return every template as Graph shows it, and whether it is a preview."""
    return tuple(
        (
            {
                "id": template["id"],
                "name": template["name"],
                "description": template["name"],
                "scenarios": template["scenarios"],
                "details": canonical_object(template["details"], "conditionalAccessPolicyDetail"),
            },
            template["preview"],
        )
        for template in load_data("templates")["templates"]
    )


def list_templates(call: GraphCall) -> Response:
    listing = Listing(
        type_name="conditionalAccessTemplate",
        filterable=frozenset({"id", "name", "scenarios"}),
        selectable=frozenset({"id", "name", "description", "scenarios", "details"}),
        select=selected,
        page_size=call.profile.policy_page_size,
        requires_eventual_count=False,
    )
    return listed(call, _offered(call), listing, CONTEXT)


def get_template(call: GraphCall) -> Response:
    for template in _offered(call):
        if template["id"] == call.parameters["id"].lower():
            return Response(200, {"@odata.context": f"{call.context_url}{CONTEXT}/$entity"} | template)
    raise errors.policy_object_not_found(
        "ConditionalAccessTemplate", call.parameters["id"], call.profile.not_found_code
    )


def _offered(call: GraphCall) -> list[JsonObject]:
    """Which templates v1.0 offers is uncertain (facts section 15, number 10), so a setting decides."""
    with_previews = call.is_beta or call.profile.templates_in_v1 == "all"
    reader = replace(reader_of(call), sees_unknown_members=True)
    return [
        presented_object(template, "conditionalAccessTemplate", reader)
        for template, is_preview in all_templates()
        if with_previews or not is_preview
    ]


ROUTES = (
    Route("GET", TEMPLATES, list_templates, permissions.READ_TEMPLATES),
    Route("GET", f"{TEMPLATES}/{{id}}", get_template, permissions.READ_TEMPLATES),
)
