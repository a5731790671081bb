# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps one group equal to the holders of roles: read, plan, guard, apply, verify."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .._graph.errors import GuardRefused
from .._graph.session import Session
from .._guard.tenant_identity import require_named_tenant
from .._reconcile.present import as_it_is, plan_result
from .._reconcile.shape import Json
from .._resources.guard_answer import BLOCKED, guard_answer
from .._resources.shown_plan import BLOCKED as PLAN_BLOCKED
from .kept_group import KeptGroup, find_group, refuse_foreign
from .members import read_members
from .role_group_apply import apply_role_group
from .role_group_guards import require_writable
from .role_group_plan import RoleGroupPlan, WantedGroup, plan_role_group
from .role_holders import RoleHolders, read_role_holders

FOREIGN_GROUP = "group_kind"
DEFAULT_DESCRIPTION = "Holders of administrator roles. Kept in step by automation: members are added and removed."


@dataclass(frozen=True)
class WantedHolders:
    """Whose group it is: the holders of *roles* (ids) and, with *include_eligible*, who may activate one."""

    roles: frozenset[str]
    include_eligible: bool = False
    allow_empty: bool = False


@dataclass(frozen=True)
class KeptRoleGroup:
    """What became of the group: the plan, whom the roles belong to, the answers of the guards, and the group's id.

    *group_id* is empty where the group is only planned.
    """

    plan: RoleGroupPlan
    holders: RoleHolders
    guards: tuple[Json, ...] = ()
    group_id: str = ""


def keep_role_group(session: Session, group: WantedGroup, wanted: WantedHolders, *, check_mode: bool) -> KeptRoleGroup:
    """Bring the group to what is wanted; with *check_mode* only say what would be done.

    Raises an EntraError, before any write, when the group is not ours to fill or a guard refuses.
    """
    session.before_first_write(lambda: require_named_tenant(session))
    found = find_group(session, group.name)
    if found is not None:
        _require_ours(found)
    holders = read_role_holders(session, wanted.roles, include_eligible=wanted.include_eligible)
    if found is not None:
        _refuse_circle(found, holders)
    members = read_members(session, found.identifier) if found else ()
    if found is None and group.description is None:
        group = replace(group, description=DEFAULT_DESCRIPTION)
    plan = plan_role_group(group, found, members, holders.users_with(members))
    kept = KeptRoleGroup(plan, holders, group_id=found.identifier if found else "")
    if plan.is_empty:
        return kept
    try:
        guards = require_writable(session, plan, allow_empty=wanted.allow_empty)
    except GuardRefused as refusal:
        refusal.details.update(plan=plan_result(plan.to_plan(), as_it_is), plan_status=PLAN_BLOCKED)
        raise
    if check_mode:
        require_named_tenant(session)
        return replace(kept, guards=guards)
    return replace(kept, guards=guards, group_id=apply_role_group(session, plan))


def _require_ours(group: KeptGroup) -> None:
    try:
        refuse_foreign(group)
    except GuardRefused as refusal:
        refusal.details["guards"] = [guard_answer(FOREIGN_GROUP, BLOCKED, refusal.message)]
        raise


def _refuse_circle(group: KeptGroup, holders: RoleHolders) -> None:
    """Whoever got into such a group once would hold the role for being in it, and be in it for holding the role."""
    if not holders.come_through(group.identifier):
        return
    message = f"group: being a member of {group.name!r} ({group.identifier}) is itself a way to hold one of the roles."
    raise GuardRefused(
        message,
        remedy="Name a group that holds none of these roles and is in no group that does. Nothing was written.",
        details={"guards": [guard_answer(FOREIGN_GROUP, BLOCKED, message)]},
    )
