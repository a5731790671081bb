# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a policy's users include somebody (facts section 2.5)."""

from __future__ import annotations

import typing as t

from .._reconcile.shape import Json
from .sign_in import MEMBER, Identity, UserIdentity
from .truth import NO, YES, Truth, any_of, told, untold

GROUPS = "the groups of the user"
ROLES = "the roles of the user"
GUEST_TYPE = "guest_type"
EXTERNAL_TENANT = "external_tenant_id"

_EVERYONE = "All"
_GUESTS = "GuestsOrExternalUsers"


def is_among_users(users: Json, identity: Identity) -> Truth:
    """Whether the canonical conditions.users of a policy hold for *identity*: included, and not excluded.

    Policies for users never hold for a service principal that signs in as itself (facts section 2.7).
    """
    if not isinstance(identity, UserIdentity):
        return NO
    return _is_in(users, "include", identity).but_not(_is_in(users, "exclude", identity))


def _is_in(users: Json, direction: str, user: UserIdentity) -> Truth:
    listed = users.get(f"{direction}Users") or []
    return any_of(
        (
            told(_EVERYONE in listed or user.identifier in listed),
            _is_external(user) if _GUESTS in listed else NO,
            _holds_one(users.get(f"{direction}Groups"), user.groups, GROUPS),
            _holds_one(users.get(f"{direction}Roles"), user.roles, ROLES),
            _is_such_a_guest(users.get(f"{direction}GuestsOrExternalUsers"), user),
        )
    )


def _holds_one(wanted: t.Sequence[str] | None, held: frozenset[str] | None, missing: str) -> Truth:
    if not wanted:
        return NO
    return untold(missing) if held is None else told(not held.isdisjoint(wanted))


def _is_external(user: UserIdentity) -> Truth:
    return untold(GUEST_TYPE) if user.kind is None else told(user.kind != MEMBER)


def _is_such_a_guest(guests: Json | None, user: UserIdentity) -> Truth:
    """Whether the user is of one of the types, and comes from one of the tenants where these are listed."""
    if not guests:
        return NO
    if user.kind is None:
        return untold(GUEST_TYPE)
    if user.kind not in (guests.get("guestOrExternalUserTypes") or []):
        return NO
    return _is_from((guests.get("externalTenants") or {}).get("members"), user)


def _is_from(tenants: t.Sequence[str] | None, user: UserIdentity) -> Truth:
    if not tenants:
        return YES
    return untold(EXTERNAL_TENANT) if user.home_tenant is None else told(user.home_tenant.lower() in tenants)
