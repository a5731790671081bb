# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tenant must be the one the user named: compared with the token and with /organization before the first write."""

from __future__ import annotations

from .._graph.errors import GuardRefused
from .._graph.session import Session
from .._resources.organization import Organization, read_organization


def require_named_tenant(session: Session) -> None:
    """Raise GuardRefused unless token, organization and tenant_id name the same tenant. One read."""
    check_identity(session.tenant_id, session.claims.tenant_id, read_organization(session))


def check_identity(named: str, token_tenant: str, organization: Organization) -> None:
    """Compare *named* (an id or a domain name) with what the token and the service say."""
    domains = {domain.lower() for domain in organization.verified_domains}
    is_named = named == organization.tenant_id or named in domains
    if not is_named or token_tenant != organization.tenant_id:
        raise GuardRefused(
            f"tenant_id: {named} was named, but the token belongs to {token_tenant or 'an unknown tenant'} and the "
            f"service answers for {organization.tenant_id} ({organization.display_name}).",
            remedy="Nothing was written. Use the credential of the tenant that is meant.",
        )
