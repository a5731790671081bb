# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The customers of a partner, read with the partner's own token (facts section 11.1). Private to this collection."""

from __future__ import annotations

import typing as t

from ansible_collections.m365.entra.plugins.module_utils._graph.session import Session
from ansible_collections.m365.entra.plugins.module_utils._guard.permissions import Requirement, require_permissions

from .tenant import FleetTenant, Json, Relationship, united

RELATIONSHIPS = "/tenantRelationships/delegatedAdminRelationships"
CUSTOMERS = "/tenantRelationships/delegatedAdminCustomers"
CONTRACTS = "/contracts"

NEEDED_BY_SOURCE = {
    "gdap": Requirement(
        "source gdap", ("DelegatedAdminRelationship.Read.All", "DelegatedAdminRelationship.ReadWrite.All")
    ),
    "contracts": Requirement("source contracts", ("Directory.Read.All", "Directory.ReadWrite.All")),
}


def partner_tenants(session: Session, sources: t.Collection[str]) -> list[FleetTenant]:
    """The customers that *sources* know. Raises EntraError when the partner's tenant does not answer."""
    wanted = [source for source in NEEDED_BY_SOURCE if source in sources]
    require_permissions([NEEDED_BY_SOURCE[source] for source in wanted], session.claims.permissions)
    readers = {"gdap": _administered, "contracts": _contracted}
    # Contracts keep the names of the day they were made, so the others are believed first.
    return united(*(readers[source](session) for source in wanted))


def _administered(session: Session) -> list[FleetTenant]:
    relationships = [_of_relationship(one, session.cloud) for one in session.list(RELATIONSHIPS) if _is_accepted(one)]
    customers = [_of_customer(one, session.cloud) for one in session.list(CUSTOMERS) if one.get("tenantId")]
    return united(customers, relationships)


def _is_accepted(relationship: Json) -> bool:
    """Whether a customer has accepted it; before, it has none."""
    return bool((relationship.get("customer") or {}).get("tenantId"))


def _of_customer(customer: Json, cloud: str) -> FleetTenant:
    return FleetTenant(
        tenant_id=str(customer["tenantId"]).lower(),
        display_name=str(customer.get("displayName") or ""),
        cloud=cloud,
        sources=("gdap",),
    )


def _of_relationship(relationship: Json, cloud: str) -> FleetTenant:
    granted = (relationship.get("accessDetails") or {}).get("unifiedRoles") or []
    return FleetTenant(
        tenant_id=str(relationship["customer"]["tenantId"]).lower(),
        display_name=str(relationship["customer"].get("displayName") or ""),
        cloud=cloud,
        sources=("gdap",),
        relationships=(
            Relationship(
                identifier=str(relationship["id"]),
                name=str(relationship.get("displayName") or ""),
                status=str(relationship.get("status") or ""),
                end_date=str(relationship.get("endDateTime") or ""),
                auto_extend_duration=str(relationship.get("autoExtendDuration") or ""),
                role_ids=tuple(sorted(str(role["roleDefinitionId"]).lower() for role in granted)),
            ),
        ),
    )


def _contracted(session: Session) -> list[FleetTenant]:
    return [
        FleetTenant(
            tenant_id=str(contract["customerId"]).lower(),
            display_name=str(contract.get("displayName") or ""),
            default_domain=str(contract.get("defaultDomainName") or ""),
            cloud=session.cloud,
            sources=("contracts",),
        )
        for contract in session.list(CONTRACTS)
        if contract.get("customerId")
    ]
