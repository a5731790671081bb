# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Home tenants of guests: the kind and the list must say the same, because no list means all tenants."""

from __future__ import annotations

from .._graph.errors import OptionError
from .._reconcile.shape import Json, snake_case

_DIRECTIONS = ("includeGuestsOrExternalUsers", "excludeGuestsOrExternalUsers")


def check_home_tenants(content: Json, option: str) -> None:
    """Refuse home tenants of which the kind and the list say different things, in Graph's names, partial or merged.

    Raises OptionError, led by *option*.
    """
    for direction in _DIRECTIONS:
        tenants = _tenants(content, direction)
        path = f"conditions.users.{snake_case(direction)}.external_tenants"
        _check(tenants, f"{option}.{path}" if option else path)


def without_old_members(whole: Json, given: Json) -> Json:
    """*whole* without the list of tenants of a policy that is now *given* to mean all tenants."""
    conditions = whole.get("conditions") or {}
    users = dict(conditions.get("users") or {})
    for direction, guests in ((one, users.get(one) or {}) for one in _DIRECTIONS):
        said = _tenants(given, direction)
        if str(said.get("membershipKind")).lower() == "all" and "members" not in said:
            users[direction] = {**guests, "externalTenants": None}
    return {**whole, "conditions": {**conditions, "users": users}} if users else whole


def _tenants(content: Json, direction: str) -> Json:
    users = (content.get("conditions") or {}).get("users") or {}
    return (users.get(direction) or {}).get("externalTenants") or {}


def _check(tenants: Json, path: str) -> None:
    kind, members = str(tenants.get("membershipKind")).lower(), tenants.get("members")
    if members and kind == "all":
        raise OptionError(
            f"{path}: membership_kind all and a list of members contradict each other.",
            remedy="Leave members out for all tenants, or give membership_kind: enumerated.",
        )
    if kind == "enumerated" and not members:
        raise OptionError(
            f"{path}: membership_kind enumerated needs a list of members; without one it would mean all tenants.",
            remedy="Give members, or membership_kind: all, or external_tenants: null.",
        )
