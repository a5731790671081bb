# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which policies leave emergency access accounts out, and which leave nobody out (facts section 7.3)."""

from __future__ import annotations

import typing as t

from .._directory.built_in_roles import BUILT_IN_ROLES
from .._policy.exclusions import EmergencyAccess
from .._policy.policy_plan import CurrentPolicy, PolicyPlan
from .._policy.policy_view import PolicyView
from .._reconcile.canonical import is_guid
from .._reconcile.shape import Json

_GLOBAL_ADMINISTRATOR = BUILT_IN_ROLES["Global Administrator"]


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
    return _reaches_administrators(users) and not _excluded(users)


def _excluded(users: Json) -> list[str]:
    """The users and groups that are left out by name."""
    return [*(user for user in users.get("excludeUsers") or [] if is_guid(user)), *(users.get("excludeGroups") or [])]


def is_for_all_without_exclusion(content: Json) -> bool:
    """Whether a policy is for all users and leaves out no user, no group and no Global Administrators.

    Other roles are no way back in: those of synchronization accounts are held by no person at all.
    """
    users = PolicyView(content).users
    leaves_out_administrators = _GLOBAL_ADMINISTRATOR in (users.get("excludeRoles") or [])
    return "All" in (users.get("includeUsers") or []) and not _excluded(users) and not leaves_out_administrators


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
