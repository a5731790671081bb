# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of tenant_info: who a tenant is, what it is licensed for, and what we may do there."""

from __future__ import annotations

import typing as t

from .._graph.session import Session
from .._guard.permissions import (
    ALL_REQUIREMENTS,
    READ_LICENSE,
    READ_ORGANIZATION,
    READ_SECURITY_DEFAULTS,
    missing,
    require_permissions,
)
from .._guard.tenant_identity import check_identity
from .._resources.license import License, read_license
from .._resources.organization import read_organization
from .._resources.security_defaults import read_is_enabled, security_defaults_result
from .._spec.argument_spec import ArgumentSpec
from .._spec.protocol import MakeSession, ModuleProtocol

SPEC = ArgumentSpec({"security_defaults": {"type": "bool", "default": True}})


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """Three reads: the organization, its licence and, unless they are not asked for, its security defaults."""
    reads_defaults = module.params["security_defaults"]
    session = make_session()
    needed = [READ_ORGANIZATION, READ_LICENSE, *([READ_SECURITY_DEFAULTS] if reads_defaults else [])]
    require_permissions(needed, session.claims.permissions)
    organization = read_organization(session)
    check_identity(session.tenant_id, session.claims.tenant_id, organization)
    return {
        "changed": False,
        "tenant_info": {
            "tenant_id": organization.tenant_id,
            "display_name": organization.display_name,
            "verified_domains": list(organization.verified_domains),
            "license": license_result(read_license(session)),
            "security_defaults": security_defaults_result(read_is_enabled(session)) if reads_defaults else None,
            "permissions": _permissions(session),
        },
    }


def license_result(license_: License) -> dict[str, t.Any]:
    """A licence as tasks return it."""
    return {
        "tier": license_.tier,
        "reason": license_.reason,
        "products": list(license_.products),
        "enabled_units": license_.enabled_units,
        "consumed_units": license_.consumed_units,
    }


def _permissions(session: Session) -> dict[str, t.Any]:
    granted = session.claims.permissions
    return {
        "granted": sorted(granted),
        "missing": [one.to_result() for one in missing(ALL_REQUIREMENTS, granted)],
    }
