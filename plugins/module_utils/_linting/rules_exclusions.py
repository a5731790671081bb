# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules about whom enforced policies must leave out: the emergency access accounts (baseline F)."""

from __future__ import annotations

import typing as t

from .._directory.built_in_roles import BUILT_IN_ROLES
from .._policy.exclusions import excluded_accounts
from .._policy.policy_plan import CurrentPolicy
from .._policy.policy_view import PolicyView
from .._reconcile.canonical import is_guid
from .._reconcile.shape import Json
from .finding import ERROR, Observation
from .linted_tenant import LintedTenant
from .selectors import includes_everyone

_GLOBAL_ADMINISTRATOR = BUILT_IN_ROLES["Global Administrator"]


def no_exclusion(tenant: LintedTenant) -> t.Iterator[Observation]:
    """An enforced policy for all users or Global Administrators without a way back in.

    An excluded role or a keyword is none: roles come and go, and guests are not administrators. Neither is a user or
    group that was deleted, or a group without members.
    """
    for policy in _that_could_stop_administrators(tenant):
        if not _has_way_in(policy, tenant):
            which = " that is there" if excluded_accounts(policy.content) else ""
            yield Observation(
                ERROR,
                f"the policy is enforced for {_reached(policy)} and excludes no account{which}",
                "Exclude the emergency access accounts.",
                (policy,),
                "conditions.users",
                frozenset({_reached(policy)}),
            )


def emergency_access_not_excluded(tenant: LintedTenant) -> t.Iterator[Observation]:
    """An enforced policy that reaches an emergency access account.

    Who may be left out through a group or a role is no finding: memberships are not read.
    """
    for policy in _that_could_stop_administrators(tenant):
        reached = _surely_reached(policy, tenant) if _has_way_in(policy, tenant) else []
        if reached:
            yield Observation(
                ERROR,
                f"the policy is enforced for {_reached(policy)} and does not exclude emergency access: "
                + ", ".join(tenant.named(one) for one in reached),
                "Exclude them too.",
                (policy,),
                "conditions.users",
                frozenset({_reached(policy), *reached}),
            )


def _has_way_in(policy: CurrentPolicy, tenant: LintedTenant) -> bool:
    return not all(tenant.is_nobody(account) for account in excluded_accounts(policy.content))


def _that_could_stop_administrators(tenant: LintedTenant) -> list[CurrentPolicy]:
    return [policy for policy in tenant.enforced if PolicyView(policy.content).grant and _reached(policy)]


def _reached(policy: CurrentPolicy) -> str:
    users = PolicyView(policy.content).users
    if includes_everyone(users):
        return "all users"
    return "Global Administrators" if _GLOBAL_ADMINISTRATOR in (users.get("includeRoles") or []) else ""


def _surely_reached(policy: CurrentPolicy, tenant: LintedTenant) -> list[str]:
    users = PolicyView(policy.content).users
    if _may_be_left_out_otherwise(users, tenant):
        return []
    listed = [one for one in users.get("excludeUsers") or [] if is_guid(one)]
    # The members of a group may be excluded one by one.
    groups = () if listed else tenant.emergency.groups
    return [
        *(one for one in tenant.emergency.users if one not in listed),
        *(one for one in groups if one not in (users.get("excludeGroups") or [])),
    ]


def _may_be_left_out_otherwise(users: Json, tenant: LintedTenant) -> bool:
    groups = [one for one in users.get("excludeGroups") or [] if not tenant.holds_nobody(one)]
    return bool(groups or users.get("excludeRoles"))
