# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a policy's workload identities include a service principal (facts section 2.5)."""

from __future__ import annotations

from .._reconcile.shape import Json
from .custom_attributes import attribute_of
from .filter_match import is_selected
from .selection import included
from .sign_in import Identity, WorkloadIdentity
from .truth import NO, Truth, any_of, told, untold

IS_OF_TENANT = "whether the service principal was registered in this tenant"
ATTRIBUTES = "the custom security attributes of the service principal"
AGENTS = "agent identities are not evaluated here"

_OURS = "ServicePrincipalsInMyTenant"
_AGENTS = ("includeAgentIdServicePrincipals", "agentIdServicePrincipalFilter")


def is_among_workloads(workloads: Json, identity: Identity) -> Truth:
    """Whether the canonical conditions.clientApplications of a policy hold for *identity*."""
    if not isinstance(identity, WorkloadIdentity):
        return NO
    return _is_included(workloads, identity).but_not(_is_excluded(workloads, identity))


def _is_included(workloads: Json, identity: WorkloadIdentity) -> Truth:
    listed = workloads.get("includeServicePrincipals") or []
    chosen = included(listed, _is_listed(listed, identity), _filter(workloads), attribute_of(identity, ATTRIBUTES))
    as_an_agent = untold(AGENTS) if any(workloads.get(name) for name in _AGENTS) else NO
    return any_of((chosen, as_an_agent))


def _is_excluded(workloads: Json, identity: WorkloadIdentity) -> Truth:
    listed = workloads.get("excludeServicePrincipals") or []
    by_filter = is_selected(_filter(workloads), "exclude", attribute_of(identity, ATTRIBUTES))
    return any_of((_is_listed(listed, identity), by_filter))


def _is_listed(listed: list[str], identity: WorkloadIdentity) -> Truth:
    ours = told(identity.is_of_tenant) if identity.is_of_tenant is not None else untold(IS_OF_TENANT)
    return any_of((told(identity.identifier in listed), ours if _OURS in listed else NO))


def _filter(workloads: Json) -> Json | None:
    return workloads.get("servicePrincipalFilter")
