# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/identityGovernance/termsOfUse/agreements."""

from __future__ import annotations

from ..messages import Response
from ..resource_types import resource_type
from ..tenant import AGREEMENTS
from . import permissions
from .call import GraphCall
from .directory import (
    create_directory_object,
    found,
    list_directory,
    refuse_unknown,
    require,
    show_directory_object,
)
from .routing import Route

PATH = "identityGovernance/termsOfUse/agreements"


def list_agreements(call: GraphCall) -> Response:
    return list_directory(call, call.collection(AGREEMENTS).visible(), "agreement", PATH)


def get_agreement(call: GraphCall) -> Response:
    return show_directory_object(call, found(call, AGREEMENTS, call.parameters["id"]), "agreement", PATH)


def create_agreement(call: GraphCall) -> Response:
    """Create terms of use; the documents that belong to them are not kept."""
    body = call.json_object()
    refuse_unknown(body, resource_type("agreement").selectable - {"id"} | {"file", "files"}, "Agreement")
    require(body, ("displayName",), "Agreement")
    kept = {name: value for name, value in body.items() if name not in ("file", "files")}
    return create_directory_object(call, AGREEMENTS, "agreement", kept, PATH)


ROUTES = (
    Route("GET", f"/{PATH}", list_agreements, permissions.READ_AGREEMENTS),
    Route("POST", f"/{PATH}", create_agreement, permissions.WRITE_AGREEMENTS),
    Route("GET", f"/{PATH}/{{id}}", get_agreement, permissions.READ_AGREEMENTS),
)
