# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules about what policies refer to and what is not there (facts section 2.4)."""

from __future__ import annotations

import typing as t

from .._directory.kinds import KINDS
from .._policy.policy_plan import CurrentPolicy
from .._policy.policy_view import PolicyView
from .._policy.references import references
from .._reconcile.shape import Json
from .finding import ERROR, INFORMATION, WARNING, Observation
from .linted_tenant import LintedTenant
from .selectors import EXCLUDE, GROUP, INCLUDE, keywords_of, selectors


def missing_reference(tenant: LintedTenant) -> t.Iterator[Observation]:
    """What was deleted stays in a policy, which cannot be changed any more until it is taken out."""
    for policy in tenant.live:
        for mention in references(policy.content):
            if (mention.kind, mention.value) in tenant.gone:
                yield Observation(
                    ERROR,
                    f"there is no {KINDS[mention.kind].label} {mention.value} any more, and the service refuses "
                    "changes of a policy that names it",
                    "Take it out of the list.",
                    (policy,),
                    mention.path,
                )


def empty_group(tenant: LintedTenant) -> t.Iterator[Observation]:
    """A group without members: whoever was meant is not reached, or not left out."""
    for policy in tenant.live:
        users = PolicyView(policy.content).users
        only_way_in = _all_are_empty(users, tenant)
        for group in users.get("includeGroups") or []:
            if group in tenant.empty_groups:
                yield _included(policy, tenant.named(group), is_only=only_way_in)
        for group in users.get("excludeGroups") or []:
            if group in tenant.empty_groups and group not in tenant.emergency.groups:
                yield Observation(
                    INFORMATION,
                    f"the excluded group {tenant.named(group)} has no member",
                    "Take it out of the list if nobody is to join it.",
                    (policy,),
                    "conditions.users.exclude_groups",
                )


def _all_are_empty(users: Json, tenant: LintedTenant) -> bool:
    """Whether everything that is included is groups without members; a keyword but None is no group."""
    if set(keywords_of(users.get("includeUsers"))) - {"None"}:
        return False
    included = selectors(users, INCLUDE)
    return all(one.kind == GROUP and tenant.holds_nobody(one.value) for one in included)


def _included(policy: CurrentPolicy, group: str, *, is_only: bool) -> Observation:
    outcome = "so that the policy reaches nobody" if is_only else "so that nobody is reached through it"
    return Observation(
        WARNING,
        f"the included group {group} has no member, {outcome}",
        "Add the members who were meant, or take it out of the list.",
        (policy,),
        "conditions.users.include_groups",
    )


def emergency_access_without_members(tenant: LintedTenant) -> t.Iterator[Observation]:
    """A group of emergency access accounts that holds nobody is no way back in (baseline F)."""
    for group in tenant.emergency.groups:
        if group in tenant.empty_groups:
            excluding = tuple(policy for policy in tenant.live if _excludes(policy, group))
            yield Observation(
                ERROR,
                f"the group of emergency access accounts {tenant.named(group)} has no member",
                "Add the emergency access accounts.",
                excluding,
                "conditions.users.exclude_groups" if excluding else "",
                frozenset({group}),
            )


def _excludes(policy: CurrentPolicy, group: str) -> bool:
    return any(one.value == group for one in selectors(PolicyView(policy.content).users, EXCLUDE))
