# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names of hosts that no customer can take from another. Private to this collection."""

from __future__ import annotations

import re
import typing as t
import unicodedata
from collections import Counter

from .tenant import FleetTenant

STYLES = ("display_name", "default_domain", "tenant_id")
_LONGEST = 60


def host_names(tenants: t.Sequence[FleetTenant], style: str) -> list[str]:
    """One name for each tenant, no two alike. A name that the user gave stays as it is."""
    proposed = [tenant.name or proposed_name(tenant, style) for tenant in tenants]
    taken = Counter(name.lower() for name in proposed)
    return [
        name if tenant.name or taken[name.lower()] == 1 else tenant.tenant_id
        for tenant, name in zip(tenants, proposed, strict=True)
    ]


def proposed_name(tenant: FleetTenant, style: str) -> str:
    """The name in the *style*, or the id where the tenant has nothing to make it of.

    Customers choose their display names. With a part of the id behind it, a customer that takes another's name does
    not become the host that the other's variables and secrets belong to.
    """
    if style == "display_name" and slug(tenant.display_name):
        return f"{slug(tenant.display_name)}-{tenant.suffix}"
    if style == "default_domain" and slug(tenant.default_domain):
        return slug(tenant.default_domain)
    return tenant.tenant_id


def slug(text: str) -> str:
    """*text* in lower case with only letters, digits, dots and hyphens, so that it cannot be taken for a pattern."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")[:_LONGEST].rstrip("-.")
