# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One revocation: who is meant, who is left alone, and the rest in batches."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace
from datetime import datetime

from .._directory.directory import Directory
from .._graph.errors import GuardRefused
from .._graph.session import Session
from .._guard import people_permissions as people
from .._guard import permissions
from .._guard.tenant_identity import require_named_tenant
from .._reconcile.action import UPDATE, Action, Phase, Plan
from .._reconcile.compare import Change
from .._reconcile.references import NamedReference
from .._reconcile.shape import Json
from .._resources.guard_answer import ALLOWED, BLOCKED, guard_answer
from .._resources.people import users_in_group
from .account import Account, read_accounts, read_enabled_accounts
from .choosing import Chosen, Exceptions, choose
from .revoking import NOUN, revoke
from .without_mfa import read_registered

_PERMISSIONS = "permissions"


@dataclass(frozen=True)
class Names:
    """Users and groups by name or id, and the option path that each list has its paths below."""

    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    users_option: str = "users"
    groups_option: str = "groups"

    def __bool__(self) -> bool:
        return bool(self.users or self.groups)

    def mentions(self) -> list[NamedReference]:
        """What is named, with option paths."""
        return [
            NamedReference(kind, value, f"{option}[{index}]")
            for kind, values, option in (
                ("user", self.users, self.users_option),
                ("group", self.groups, self.groups_option),
            )
            for index, value in enumerate(values)
        ]


@dataclass(frozen=True)
class WantedRevocation:
    """Whose sessions: those *named*, or *everyone* who can sign in; with *without_mfa* only who has not registered.

    *emergency* and *excluded* are never touched, nor is who runs the task unless *includes_itself*.
    """

    named: Names = Names()
    everyone: bool = False
    without_mfa: bool = False
    emergency: Names = Names()
    excluded: Names = Names()
    includes_itself: bool = False
    since: datetime | None = None

    @property
    def all_names(self) -> tuple[Names, ...]:
        """Every list of names in the options."""
        return (self.named, self.emergency, self.excluded)


@dataclass(frozen=True)
class Revocation:
    """Who was chosen, and what the guards answered; *plan* shows at most so many names as were asked for."""

    chosen: Chosen
    guards: tuple[Json, ...] = ()

    def plan(self, maximum_listed: int) -> Plan:
        """The plan as every module shows one: a single action for all users."""
        revoked = self.chosen.revoked
        if not revoked:
            return Plan(())
        names = [f"{one.name} ({one.identifier})" for one in revoked[:maximum_listed]]
        more = len(revoked) - len(names)
        action = Action(
            UPDATE,
            NOUN,
            NOUN,
            f"{len(revoked)} users",
            "/users",
            "whoever holds a session has to sign in again",
            changes=(Change("revoked_for", None, [*names, *([f"and {more} more"] if more else [])]),),
        )
        return Plan((Phase("sessions", (action,), ()),))


def carry_out_revocation(session: Session, wanted: WantedRevocation, *, check_mode: bool) -> Revocation:
    """Revoke the sessions of whom *wanted* means; with *check_mode* only say of whom.

    Raises an EntraError, before any write, when a name does not resolve, the report cannot be read or a guard refuses.
    """
    session.before_first_write(lambda: require_named_tenant(session))
    _require_reading(session, wanted)
    directory = Directory(session)
    directory.resolve(mention for names in wanted.all_names for mention in names.mentions())
    exceptions = Exceptions(
        emergency=_ids(session, directory, wanted.emergency),
        excluded=_ids(session, directory, wanted.excluded),
        itself="" if wanted.includes_itself else session.claims.object_id,
        since=wanted.since,
    )
    accounts = _accounts(session, directory, wanted)
    registered = read_registered(session) if wanted.without_mfa else None
    revocation = Revocation(choose(accounts, exceptions, registered))
    if not revocation.chosen.revoked:
        return revocation
    revocation = replace(revocation, guards=(_require_writing(session),))
    if check_mode:
        require_named_tenant(session)
    else:
        revoke(session, revocation.chosen.revoked)
    return revocation


def _require_reading(session: Session, wanted: WantedRevocation) -> None:
    needed = [permissions.READ_USERS]
    needed.extend([permissions.READ_GROUPS] if any(names.groups for names in wanted.all_names) else [])
    needed.extend([permissions.READ_REGISTRATION] if wanted.without_mfa else [])
    permissions.require_permissions(needed, session.claims.permissions)


def _require_writing(session: Session) -> Json:
    needed = (permissions.READ_ORGANIZATION, people.REVOKE_SESSIONS)
    try:
        permissions.require_permissions(needed, session.claims.permissions)
    except GuardRefused as refusal:
        refusal.details["guards"] = [guard_answer(_PERMISSIONS, BLOCKED, refusal.message)]
        raise
    return guard_answer(_PERMISSIONS, ALLOWED)


def _accounts(session: Session, directory: Directory, wanted: WantedRevocation) -> t.Iterable[Account]:
    if wanted.everyone:
        return read_enabled_accounts(session)
    return read_accounts(session, _ids(session, directory, wanted.named))


def _ids(session: Session, directory: Directory, names: Names) -> frozenset[str]:
    """The ids of the users who are named, by themselves or as members of groups, directly or not."""
    users = {directory.identify("user", one) for one in names.users}
    for group in dict.fromkeys(directory.identify("group", one) for one in names.groups):
        users |= {str(user["id"]).lower() for user in users_in_group(session, group)}
    return frozenset(users)
