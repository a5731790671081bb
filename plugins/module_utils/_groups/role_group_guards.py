# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must hold before a group of role holders is written; each guard answers by itself."""

from __future__ import annotations

from .._graph.api_versions import BETA
from .._graph.errors import GuardRefused
from .._graph.session import Session
from .._guard import people_permissions as people
from .._guard import permissions
from .._policy.policy_view import PolicyView
from .._reconcile.shape import Json
from .._resources.asked_guards import ask_guards
from .._resources.conditional_access_policy import read_policies
from .._resources.guard_answer import ALLOWED, OVERRIDDEN, guard_answer
from .granted_roles import holds_roles
from .role_group_plan import RoleGroupPlan

PERMISSIONS = "permissions"
GRANTED_ROLES = "granted_roles"
TARGETED_GROUP = "targeted_group"


def require_writable(session: Session, plan: RoleGroupPlan, *, allow_empty: bool) -> tuple[Json, ...]:
    """The answer of each guard as JSON values. Raises the GuardRefused of the first that blocks, with the answers."""
    return ask_guards(
        {
            PERMISSIONS: lambda: _check_permissions(session, plan),
            GRANTED_ROLES: lambda: _check_granted_roles(session, plan),
            TARGETED_GROUP: lambda: [guard_answer(TARGETED_GROUP, _targets(session, plan, allow_empty=allow_empty))],
        }
    )


def _check_permissions(session: Session, plan: RoleGroupPlan) -> None:
    is_of_roles = plan.group is not None and plan.group.is_assignable_to_role
    conditional = (
        (True, permissions.READ_ORGANIZATION),
        (plan.is_new, permissions.WRITE_GROUPS),
        (plan.changes_description, people.CHANGE_GROUPS),
        (bool(plan.joining or plan.leaving), people.WRITE_GROUP_MEMBERS),
        (is_of_roles, people.WRITE_ROLE_ASSIGNABLE_GROUPS),
        (plan.empties, permissions.READ_POLICIES),
    )
    permissions.require_permissions([one for holds, one in conditional if holds], session.claims.permissions)


def _check_granted_roles(session: Session, plan: RoleGroupPlan) -> None:
    """Whoever joins a group that holds any role, of those that are asked for or not, would hold it as well."""
    if plan.group is None or not plan.joining or not plan.group.is_assignable_to_role:
        return
    if not holds_roles(session, plan.group.identifier):
        return
    raise GuardRefused(
        f"group: {plan.name!r} ({plan.group.identifier}) itself holds a directory role, or may activate one, which "
        f"{len(plan.joining)} new members would come by.",
        remedy="Name a group that holds no role. Nothing was written.",
    )


def _targets(session: Session, plan: RoleGroupPlan, *, allow_empty: bool) -> str:
    """A policy for a group without members protects nobody, and does not say so."""
    if not plan.empties or plan.group is None:
        return ALLOWED
    if allow_empty:
        return OVERRIDDEN
    targeting = _policies_including(session, plan.group.identifier)
    if not targeting:
        return ALLOWED
    raise GuardRefused(
        f"group: {plan.name!r} would be left without members, and it is what these policies apply to: "
        f"{', '.join(targeting)}.",
        remedy="Check roles and include_eligible: nobody holds these roles. If that is meant, give allow_empty: true. "
        "Nothing was written.",
    )


def _policies_including(session: Session, group_id: str) -> list[str]:
    """The names of policies in any state that name the group; v1.0 hides some of them, beta none."""
    return [
        policy.name
        for policy in read_policies(session, BETA)
        if group_id in map(str.lower, PolicyView(policy.content).users.get("includeGroups") or [])
    ]
