# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One tenant of a fleet, as far as somebody says who it is. Private to this collection."""

from __future__ import annotations

import typing as t
from dataclasses import asdict, dataclass, field, replace

Json: t.TypeAlias = t.Mapping[str, t.Any]

# While a relationship expires, its roles still count (facts section 11.1).
_ALIVE = frozenset({"active", "expiring"})
_NEVER_EXTENDED = frozenset({"", "P0D", "PT0S"})
_SHOWN_ID = 8


@dataclass(frozen=True)
class Relationship:
    """A delegated administration of a customer by its partner: until when, and with which roles, by template id."""

    identifier: str
    name: str
    status: str
    end_date: str
    auto_extend_duration: str
    role_ids: tuple[str, ...]

    @property
    def is_alive(self) -> bool:
        """Whether its roles can be used now."""
        return self.status.lower() in _ALIVE

    @property
    def extends_itself(self) -> bool:
        """Whether it goes on after its end without anybody doing anything."""
        return self.auto_extend_duration.upper() not in _NEVER_EXTENDED


@dataclass(frozen=True)
class FleetTenant:
    """One tenant. What nobody said is empty.

    *name* is the host's name where the user chose one; *sources* are those that know the tenant.
    """

    tenant_id: str
    display_name: str = ""
    default_domain: str = ""
    country: str = ""
    license_tier: str = ""
    cloud: str = ""
    name: str = ""
    sources: tuple[str, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    variables: Json = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What the tenant is called in messages; its name is its customer's choice and is shown without tricks."""
        shown = "".join(one if one.isprintable() else " " for one in self.display_name or self.default_domain)
        return f"{shown} ({self.tenant_id})" if shown else self.tenant_id

    @property
    def alive(self) -> tuple[Relationship, ...]:
        """The relationships whose roles can be used now."""
        return tuple(one for one in self.relationships if one.is_alive)

    @property
    def role_ids(self) -> tuple[str, ...]:
        """The template ids of the roles that the partner was granted by relationships that are alive."""
        return tuple(sorted({role for one in self.alive for role in one.role_ids}))

    @property
    def relationship_status(self) -> str:
        """The status of the best relationship: of one that is alive, or else of the one that ends last."""
        best = max(
            self.alive or self.relationships, key=lambda one: (one.status == "active", one.end_date), default=None
        )
        return best.status if best else ""

    @property
    def relationship_end_date(self) -> str:
        """When the last of the relationships ends, of those that are alive where there are any."""
        return max((one.end_date for one in self.alive or self.relationships), default="")

    @property
    def suffix(self) -> str:
        """The part of the id that tells tenants of one name apart, and that nobody can choose."""
        return self.tenant_id[:_SHOWN_ID]

    def completed_by(self, other: FleetTenant) -> FleetTenant:
        """The tenant with what *other* knows and this one does not say."""
        texts = ("display_name", "default_domain", "country", "license_tier", "cloud", "name")
        return replace(
            self,
            **{name: getattr(self, name) or getattr(other, name) for name in texts},
            sources=tuple(dict.fromkeys((*self.sources, *other.sources))),
            relationships=(*self.relationships, *other.relationships),
            variables={**other.variables, **self.variables},
        )

    def to_document(self) -> dict[str, t.Any]:
        """The tenant as JSON values, as a cache keeps it."""
        return asdict(self)


def tenant_from_document(document: Json) -> FleetTenant:
    """The tenant that to_document made *document* of; lists of a cache become tuples again."""
    relationships = tuple(
        Relationship(**{**one, "role_ids": tuple(one["role_ids"])}) for one in document["relationships"]
    )
    return FleetTenant(**{**document, "sources": tuple(document["sources"]), "relationships": relationships})


def united(*lists: t.Iterable[FleetTenant]) -> list[FleetTenant]:
    """One tenant for each id, sorted by id; where several speak of one, the list that comes first is believed."""
    found: dict[str, FleetTenant] = {}
    for tenant in (one for tenants in lists for one in tenants):
        known = found.get(tenant.tenant_id)
        found[tenant.tenant_id] = known.completed_by(tenant) if known else tenant
    return [found[tenant_id] for tenant_id in sorted(found)]
