# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Asks each tenant for its country, default domain and licence. Private to this collection."""

from __future__ import annotations

import typing as t
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    AuthenticationFailed,
    EntraError,
    ServiceRefused,
)
from ansible_collections.m365.entra.plugins.module_utils._graph.session import Session
from ansible_collections.m365.entra.plugins.module_utils._resources.license import read_license

from .tenant import FleetTenant, Json

OpenSession: t.TypeAlias = t.Callable[[FleetTenant], AbstractContextManager[Session]]

AT_ONCE = 8
# The application is unknown in the tenant, or nobody consented to it there (facts sections 0.3 and 11.2).
_NO_CONSENT = frozenset({"AADSTS700016", "AADSTS65001", "AADSTS650051"})
_FORBIDDEN = 403


@dataclass(frozen=True)
class Answer:
    """What a tenant said, or why it said nothing. *lacks_consent*: it does not know us, or not well enough."""

    tenant: FleetTenant
    problem: str = ""
    lacks_consent: bool = False


def ask_all(tenants: t.Sequence[FleetTenant], open_session: OpenSession) -> list[Answer]:
    """One answer for each tenant, in their order. A tenant that cannot be asked does not stop the others."""
    with ThreadPoolExecutor(max_workers=AT_ONCE) as workers:
        return list(workers.map(lambda tenant: _ask(tenant, open_session), tenants))


def _ask(tenant: FleetTenant, open_session: OpenSession) -> Answer:
    try:
        with open_session(tenant) as session:
            return Answer(_known_by(session, tenant.tenant_id))
    except EntraError as error:
        return Answer(FleetTenant(tenant.tenant_id), str(error), _lacks_consent(error))


def _known_by(session: Session, tenant_id: str) -> FleetTenant:
    found = session.list("/organization", select="id,displayName,countryLetterCode,verifiedDomains")
    if len(found) != 1:
        raise EntraError(f"/organization answered with {len(found)} organizations; exactly one is expected.")
    organization = found[0]
    return FleetTenant(
        tenant_id=tenant_id,
        display_name=str(organization.get("displayName") or ""),
        default_domain=_default_domain(organization),
        country=str(organization.get("countryLetterCode") or ""),
        license_tier=read_license(session).tier,
    )


def _default_domain(organization: Json) -> str:
    domains = organization.get("verifiedDomains") or []
    return next((str(domain.get("name")) for domain in domains if domain.get("isDefault")), "")


def _lacks_consent(error: EntraError) -> bool:
    if isinstance(error, AuthenticationFailed):
        return error.code in _NO_CONSENT
    return isinstance(error, ServiceRefused) and error.status == _FORBIDDEN
