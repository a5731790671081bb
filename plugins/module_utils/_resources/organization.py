# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tenant itself: its id, name and verified domains."""

from __future__ import annotations

from dataclasses import dataclass

from .._graph.errors import EntraError
from .._graph.session import Session


@dataclass(frozen=True)
class Organization:
    """Who the tenant says it is."""

    tenant_id: str
    display_name: str
    verified_domains: tuple[str, ...]


def read_organization(session: Session) -> Organization:
    """The one organization of the tenant. Raises EntraError when the service answers with none or several."""
    found = session.list("/organization", select="id,displayName,verifiedDomains")
    if len(found) != 1:
        raise EntraError(f"/organization answered with {len(found)} organizations; exactly one is expected.")
    domains = tuple(sorted(str(domain.get("name")) for domain in found[0].get("verifiedDomains") or []))
    return Organization(str(found[0].get("id") or "").lower(), str(found[0].get("displayName") or ""), domains)
