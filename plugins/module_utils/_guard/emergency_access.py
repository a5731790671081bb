# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Emergency access accounts must exist and be usable before anything is enforced (facts section 7.3)."""

from __future__ import annotations

import typing as t

from .._directory.built_in_roles import BUILT_IN_ROLES
from .._directory.directory import Directory
from .._graph.errors import GuardRefused
from .._graph.session import Session
from .._policy.exclusions import EmergencyAccess
from .._policy.policy_plan import CurrentPolicy, PolicyPlan
from .._policy.policy_view import PolicyView
from .._reconcile.canonical import is_guid
from .._reconcile.shape import Json

_GLOBAL_ADMINISTRATOR = BUILT_IN_ROLES["Global Administrator"]


def require_usable_accounts(session: Session, directory: Directory, emergency: EmergencyAccess) -> None:
    """Raise GuardRefused that names every emergency account or group that could not be used.

    Users must be enabled; a group must have at least one enabled member. Reads the members of each group once.
    """
    problems = [
        f"the account {directory.name_of('user', user)!r} {problem}"
        for user in emergency.users
        if (problem := _problem_of_account(directory.object_of("user", user).get("accountEnabled")))
    ]
    problems.extend(
        f"the group {directory.name_of('group', group)!r} has no enabled member"
        for group in emergency.groups
        if not _has_enabled_member(session, group)
    )
    if problems:
        raise GuardRefused(
            "emergency_access: " + "; ".join(problems) + ".",
            remedy="Emergency access accounts are the way back in; make them usable first. Nothing was written.",
        )


def _problem_of_account(is_enabled: bool | None) -> str:
    if is_enabled is None:
        return "is not known to be enabled"
    return "" if is_enabled else "is disabled"


def _has_enabled_member(session: Session, group: str) -> bool:
    members = session.list(f"/groups/{group}/transitiveMembers", select="id,userPrincipalName,accountEnabled")
    return any(member.get("accountEnabled") is True for member in members)


def without_exclusions(plans: t.Iterable[PolicyPlan]) -> list[str]:
    """The names of policies that begin to be enforced, reach all users or Global Administrators, and exclude nobody.

    An excluded role or a keyword is no way back in: roles come and go, and guests are not administrators.
    """
    return [
        plan.name
        for plan in plans
        if plan.begins_to_enforce and plan.content and _could_stop_everyone(PolicyView(plan.content).users)
    ]


def _could_stop_everyone(users: Json) -> bool:
    excluded = [
        *(user for user in users.get("excludeUsers") or [] if is_guid(user)),
        *(users.get("excludeGroups") or []),
    ]
    return _reaches_administrators(users) and not excluded


def _reaches_administrators(users: Json) -> bool:
    return "All" in (users.get("includeUsers") or []) or _GLOBAL_ADMINISTRATOR in (users.get("includeRoles") or [])


def not_excluded_from(policies: t.Iterable[CurrentPolicy], emergency: EmergencyAccess) -> list[str]:
    """The names of enforced policies, whoever made them, that reach emergency access accounts."""
    if not emergency:
        return []
    return sorted(
        policy.name
        for policy in policies
        if policy.is_enforced
        and _reaches_administrators(users := PolicyView(policy.content).users)
        and _leaves_in(users, emergency)
    )


def _leaves_in(users: Json, emergency: EmergencyAccess) -> bool:
    excluded_users = set(users.get("excludeUsers") or [])
    excluded_groups = set(users.get("excludeGroups") or [])
    return not (set(emergency.users) <= excluded_users and set(emergency.groups) <= excluded_groups)
