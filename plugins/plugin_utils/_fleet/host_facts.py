# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a play knows of a tenant: variables of its host, and the groups it is in. Private to this collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.m365.entra.plugins.module_utils._directory.roles import built_in_role_name

from .tenant import FleetTenant, Relationship


def host_variables(tenant: FleetTenant) -> dict[str, t.Any]:
    """The variables of the host. None that the user gives decides which tenant the host is."""
    known = {
        "entra_display_name": tenant.display_name,
        "entra_default_domain": tenant.default_domain,
        "entra_country": tenant.country,
        "entra_license_tier": tenant.license_tier,
    }
    return {
        **{name: value for name, value in known.items() if value},
        **tenant.variables,
        **_administration(tenant),
        "entra_tenant_id": tenant.tenant_id,
        "entra_cloud": tenant.cloud,
        "entra_sources": list(tenant.sources),
    }


def _administration(tenant: FleetTenant) -> dict[str, t.Any]:
    if "gdap" not in tenant.sources:
        return {}
    return {
        "entra_granted_roles": [role_name(role) for role in tenant.role_ids],
        "entra_granted_role_ids": list(tenant.role_ids),
        "entra_relationship_status": tenant.relationship_status,
        "entra_relationship_end_date": tenant.relationship_end_date,
        "entra_relationships": [_relationship(one) for one in tenant.relationships],
    }


def _relationship(relationship: Relationship) -> dict[str, t.Any]:
    return {
        "id": relationship.identifier,
        "display_name": relationship.name,
        "status": relationship.status,
        "end_date": relationship.end_date,
        "auto_extend_duration": relationship.auto_extend_duration,
        "roles": [role_name(role) for role in relationship.role_ids],
    }


def role_name(identifier: str) -> str:
    """The name of a built-in role, or the id of one that is not known."""
    return built_in_role_name(identifier) or identifier


def group_names(tenant: FleetTenant) -> list[str]:
    """The groups that every host of the plugin is in, made of words that are known and not of what customers wrote."""
    words = [f"cloud_{tenant.cloud}", *(f"source_{source}" for source in tenant.sources)]
    if tenant.license_tier:
        words.append(f"tier_{tenant.license_tier}")
    if tenant.relationship_status:
        words.append(f"relationship_{tenant.relationship_status}")
    words += [f"role_{role_name(role)}" for role in tenant.role_ids]
    return [f"entra_{re.sub(r'[^a-z0-9]+', '_', word.lower()).strip('_')}" for word in words]
