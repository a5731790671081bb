# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tokens are for, and the answer that carries one."""

from __future__ import annotations

from ..json_types import JsonObject
from ..messages import Request
from ..profile import Profile
from ..tenant import Tenant
from . import errors
from .access_tokens import OTHER_RESOURCES, is_graph_resource


def known_resource(resource: str, request: Request, tenant: Tenant, profile: Profile) -> str:
    """Return the audience of a token for ``resource``.

    Raises:
        TokenError: no such resource exists in the tenant.
    """
    if resource.rstrip("/") in OTHER_RESOURCES or is_graph_resource(resource, request.base_url, profile.cloud):
        return resource
    raise errors.resource_not_found(resource, tenant.name)


def resource_of(scope: str) -> str:
    """Return the resource of the first scope that names one; ``offline_access`` and its like name none."""
    for part in scope.split():
        resource, _slash, permission = part.rpartition("/")
        if resource and permission:
            return resource
    raise errors.scope_malformed(scope)


def token_answer(token: str, lifetime: int) -> JsonObject:
    return {"token_type": "Bearer", "expires_in": lifetime, "ext_expires_in": lifetime, "access_token": token}
