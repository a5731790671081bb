# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What whoever runs the fleet should know of it before a run. Private to this collection."""

from __future__ import annotations

import typing as t
from datetime import datetime, timedelta

from ansible_collections.m365.entra.plugins.module_utils._directory.built_in_roles import BUILT_IN_ROLES
from ansible_collections.m365.entra.plugins.module_utils._directory.roles import built_in_role_id
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._reconcile.canonical import is_guid

from .asking import Answer
from .host_facts import role_name
from .tenant import FleetTenant, Relationship

MOST_NAMED = 10
_EVERYTHING = BUILT_IN_ROLES["Global Administrator"]


def needed_role_ids(needed: t.Any) -> list[tuple[str, ...]]:
    """The option ``needed_roles`` with ids: of each entry one role is enough. Raises OptionError for unknown names."""
    if not isinstance(needed, list):
        raise OptionError("needed_roles: a list is expected.")
    return [
        tuple(_role_id(str(role), number) for role in (entry if isinstance(entry, list) else [entry]))
        for number, entry in enumerate(needed)
    ]


def _role_id(role: str, number: int) -> str:
    identifier = role.lower() if is_guid(role) else built_in_role_id(role)
    if identifier is None:
        raise OptionError(
            f"needed_roles[{number}]: there is no built-in role {role!r}.",
            remedy="Give the English name of a built-in role, or its template id.",
        )
    return identifier


def without_relationship(tenants: t.Iterable[FleetTenant]) -> list[FleetTenant]:
    """The tenants that only a relationship leads to, and that have none that is alive."""
    return [one for one in tenants if set(one.sources) == {"gdap"} and not one.alive]


def about_relationships(left_out: t.Sequence[FleetTenant], are_kept: bool) -> list[str]:
    """What to say of tenants without a relationship that is alive."""
    what = "they are kept" if are_kept else "they are left out; include_inactive keeps them"
    named = [f"{one.label}: {one.relationship_status or 'none'}" for one in left_out]
    return _warning(f"No delegated admin relationship is active ({what})", named)


def about_expiry(tenants: t.Iterable[FleetTenant], now: datetime, days: int) -> list[str]:
    """What to say of tenants whose last relationship ends soon and does not extend itself."""
    named = []
    for tenant in tenants:
        lasting = [one for one in tenant.alive if not _ends_before(one, now + timedelta(days=days))]
        if tenant.alive and not lasting:
            named.append(f"{tenant.label}: {tenant.relationship_end_date or tenant.relationship_status}")
    return _warning(f"The delegated admin relationship ends within {days} days", named)


def _ends_before(relationship: Relationship, moment: datetime) -> bool:
    if relationship.extends_itself:
        return False
    if relationship.status.lower() == "expiring":
        return True
    return bool(relationship.end_date) and datetime.fromisoformat(relationship.end_date) < moment


def about_roles(tenants: t.Iterable[FleetTenant], needed: t.Sequence[tuple[str, ...]]) -> list[str]:
    """What to say of tenants whose relationships grant less than what is needed."""
    named = []
    for tenant in tenants:
        granted = set(tenant.role_ids)
        lacking = [] if _EVERYTHING in granted else [one for one in needed if not granted & set(one)]
        if tenant.alive and lacking:
            named.append(f"{tenant.label}: {'; '.join(' or '.join(map(role_name, one)) for one in lacking)}")
    what = "Roles are missing in the delegated admin relationship (an application with its own consent needs none)"
    return _warning(what, named)


def about_answers(answers: t.Iterable[Answer], labels: t.Mapping[str, str]) -> list[str]:
    """What to say of tenants that did not answer, those without consent first."""
    silent = [one for one in answers if one.problem]
    return [
        *_warning(
            "The application has no consent, or not enough of it",
            [f"{labels[one.tenant.tenant_id]}: {one.problem}" for one in silent if one.lacks_consent],
        ),
        *_warning(
            "Tenants could not be asked",
            [f"{labels[one.tenant.tenant_id]}: {one.problem}" for one in silent if not one.lacks_consent],
        ),
    ]


def _warning(what: str, named: t.Sequence[str]) -> list[str]:
    """One warning for all of a kind: a thousand tenants must not bury what else is said."""
    if not named:
        return []
    more = f" - and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
    return [f"{what}: {' - '.join(named[:MOST_NAMED])}{more}"]
