# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tenants of the simulator, found by id or by domain."""

from __future__ import annotations

import threading

from .tenant import Tenant


class DuplicateTenant(ValueError):
    """A tenant of that id, name or domain exists."""


class Tenants:
    """All tenants, in the order they were made."""

    def __init__(self) -> None:
        self._by_id: dict[str, Tenant] = {}
        self._by_domain: dict[str, Tenant] = {}
        self._names: set[str] = set()
        self._lock = threading.Lock()

    def add(self, tenant: Tenant) -> None:
        """Add a tenant.

        Raises:
            DuplicateTenant: its id, name or a domain belongs to another one.
        """
        with self._lock:
            taken = [domain for domain in tenant.domains if domain in self._by_domain]
            if tenant.tenant_id in self._by_id:
                raise DuplicateTenant(f"there is a tenant with the id {tenant.tenant_id}; delete it first")
            if tenant.name in self._names or taken:
                raise DuplicateTenant(f"there is a tenant with the name or domain of '{tenant.name}'; delete it first")
            self._by_id[tenant.tenant_id] = tenant
            self._by_domain |= dict.fromkeys(tenant.domains, tenant)
            self._names.add(tenant.name)

    def remove(self, tenant_id: str) -> bool:
        """Remove a tenant and say whether there was one."""
        with self._lock:
            tenant = self._by_id.pop(tenant_id.lower(), None)
            if tenant is None:
                return False
            self._by_domain = {domain: other for domain, other in self._by_domain.items() if other is not tenant}
            self._names.discard(tenant.name)
            return True

    def find(self, identifier: str) -> Tenant | None:
        """Return the tenant with that id or verified domain."""
        return self._by_id.get(identifier.lower()) or self._by_domain.get(identifier.lower())

    def all(self) -> list[Tenant]:
        with self._lock:
            return list(self._by_id.values())
