# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads what the rules need to know of a tenant besides its policies: as little as that takes, and GETs alone."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass
from datetime import datetime

from .._directory.directory import Directory
from .._graph.errors import ServiceRefused
from .._graph.session import Session
from .._guard import permissions
from .._policy.changed_at import changed_at
from .._policy.exclusions import EmergencyAccess
from .._policy.policy_plan import DISABLED, CurrentPolicy, current_policy
from .._policy.references import NamedReference, references
from .._reconcile.canonical import is_guid
from .._resources.security_defaults import read_is_enabled
from .linted_tenant import DEFAULT_REPORT_ONLY_DAYS, LintedTenant

_NOT_FOUND = 404
# Users are read only if they are named; applications may be of Microsoft and unknown to the tenant.
_LOOKED_UP = {
    "user": permissions.READ_USERS,
    "group": permissions.READ_GROUPS,
    "named_location": permissions.READ_POLICIES,
    "authentication_strength_policy": permissions.READ_AUTHENTICATION_STRENGTHS,
}


@dataclass(frozen=True)
class Asked:
    """What a task says: names or ids of emergency access accounts, and how many groups may be looked into."""

    now: datetime
    emergency_users: tuple[str, ...] = ()
    emergency_groups: tuple[str, ...] = ()
    report_only_days: int = DEFAULT_REPORT_ONLY_DAYS
    maximum_groups: int = 100

    def mentions(self) -> list[NamedReference]:
        """The emergency access accounts, with their option paths."""
        named = {"user": self.emergency_users, "group": self.emergency_groups}
        return [
            NamedReference(kind, value, f"emergency_access.{kind}s[{index}]")
            for kind, values in named.items()
            for index, value in enumerate(values)
        ]


@dataclass(frozen=True)
class Read:
    """A tenant ready to be linted, and how many groups nobody looked into."""

    tenant: LintedTenant
    groups_left: int


def read_tenant(session: Session, policies: t.Sequence[CurrentPolicy], asked: Asked) -> Read:
    """What the rules need of *policies*' tenant.

    Raises GuardRefused for missing permissions, and UnresolvedReferences for emergency access accounts that do not
    exist.
    """
    live = [policy for policy in policies if policy.state != DISABLED]
    mentions = [one for policy in live for one in references(policy.content) if _is_looked_up(one)]
    _require_permissions(session, [*asked.mentions(), *mentions], policies)
    directory = Directory(session)
    directory.resolve(asked.mentions())
    emergency = EmergencyAccess(
        tuple(directory.identify("user", one) for one in asked.emergency_users),
        tuple(directory.identify("group", one) for one in asked.emergency_groups),
    )
    gone = {(one.kind, one.value) for one in directory.unresolved(mentions)}
    groups = _groups(mentions, emergency, gone)
    looked_into = groups[: asked.maximum_groups]
    sizes = {group: _has_member(session, group) for group in looked_into}
    gone |= {("group", group) for group, has_member in sizes.items() if has_member is None}
    tenant = LintedTenant(
        tuple(policies),
        asked.now,
        asked.report_only_days,
        emergency,
        last_changed=last_changes(policies),
        gone=frozenset(gone),
        empty_groups=frozenset(group for group, has_member in sizes.items() if has_member is False),
        trusted_locations=_trusted(directory, mentions),
        names=_names(directory, policies, emergency),
        security_defaults=None if _enforces(policies) else read_is_enabled(session),
    )
    return Read(tenant, len(groups) - len(looked_into))


def told_groups_left(read: Read, asked: Asked, prefix: str = "") -> str:
    """That not all groups were looked into, or nothing; *prefix* leads the option."""
    if not read.groups_left:
        return ""
    return (
        f"{prefix}maximum_groups: {asked.maximum_groups} groups were looked into, and {read.groups_left} more that "
        "policies name were not, so that empty ones among them are not found."
    )


def _is_looked_up(mention: NamedReference) -> bool:
    """Whether a policy's mention can be gone: what a plan is still to create has no id yet."""
    return mention.kind in _LOOKED_UP and is_guid(mention.value)


def last_changes(policies: t.Iterable[CurrentPolicy]) -> dict[str, datetime]:
    """When *policies* were changed for the last time, by their ids, as far as that is known."""
    return {policy.identifier: changed for policy in policies if (changed := last_changed(policy))}


def last_changed(policy: CurrentPolicy) -> datetime | None:
    """When the policy was changed for the last time, or made; None where the service does not say.

    Nor does it say it of a policy that a plan changes.
    """
    shown = current_policy(policy.raw)
    if (shown.state, shown.content) != (policy.state, policy.content):
        return None
    return changed_at(policy)


def _enforces(policies: t.Iterable[CurrentPolicy]) -> bool:
    """Whether a policy is enforced: then security defaults are off (facts section 1.2), and need not be read."""
    return any(policy.is_enforced for policy in policies)


def _require_permissions(
    session: Session, mentions: t.Iterable[NamedReference], policies: t.Sequence[CurrentPolicy]
) -> None:
    needed = [_LOOKED_UP[mention.kind] for mention in mentions]
    needed += [] if _enforces(policies) else [permissions.READ_SECURITY_DEFAULTS]
    permissions.require_permissions(dict.fromkeys(needed), session.claims.permissions)


def _groups(
    mentions: t.Iterable[NamedReference], emergency: EmergencyAccess, gone: t.Collection[tuple[str, str]]
) -> list[str]:
    """The groups to look into, those of emergency access first."""
    named = sorted({one.value for one in mentions if one.kind == "group"} - {value for kind, value in gone})
    return list(dict.fromkeys([*emergency.groups, *named]))


def _has_member(session: Session, group: str) -> bool | None:
    """Whether a group has any member; None when it was deleted meanwhile. A page may be empty and not the last."""
    try:
        return any(page for page in session.pages(f"/groups/{group}/members", select="id", top="1"))
    except ServiceRefused as error:
        if error.status == _NOT_FOUND:
            return None
        raise


def _trusted(directory: Directory, mentions: t.Iterable[NamedReference]) -> frozenset[str]:
    locations = {one.value for one in mentions if one.kind == "named_location"}
    return frozenset(one for one in locations if directory.object_of("named_location", one).get("isTrusted"))


def _names(directory: Directory, policies: t.Iterable[CurrentPolicy], emergency: EmergencyAccess) -> dict[str, str]:
    mentions = {(one.kind, one.value) for policy in policies for one in references(policy.content)}
    mentions |= {("user", one) for one in emergency.users} | {("group", one) for one in emergency.groups}
    return {value: name for kind, value in mentions if (name := directory.name_of(kind, value))}
