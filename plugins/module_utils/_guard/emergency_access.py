# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Emergency access accounts must exist and be usable before anything is enforced (facts section 7.3)."""

from __future__ import annotations

import typing as t

from .._directory.directory import Directory
from .._graph.errors import GuardRefused
from .._graph.session import Session
from .._policy.policy_plan import EmergencyAccess, PolicyPlan


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
    """The names of policies that begin to be enforced for all users and exclude no user and no group.

    An excluded role is no way back in: roles come and go.
    """
    return [plan.name for plan in plans if plan.begins_to_enforce and _reaches_everyone(plan)]


def _reaches_everyone(plan: PolicyPlan) -> bool:
    conditions = (plan.content or {}).get("conditions") or {}
    users = conditions.get("users") or {}
    excluded = users.get("excludeUsers") or users.get("excludeGroups")
    return users.get("includeUsers") == ["All"] and not excluded
