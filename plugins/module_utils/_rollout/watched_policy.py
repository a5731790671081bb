# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The policies whose impact is looked at: which ones, and whether sign-ins can show it at all."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._directory.directory import Unresolved, UnresolvedReferences
from .._policy.policy_plan import DISABLED, ENABLED, REPORT_ONLY, CurrentPolicy
from .._policy.policy_view import PolicyView
from .._reconcile.shape import Json

USER_ACTIONS = "user_actions"
WORKLOAD_IDENTITIES = "workload_identities"


@dataclass(frozen=True)
class WatchedPolicy:
    """A policy of the tenant; *state* is Graph's word.

    *not_shown_for* says what it is for where the sign-ins of users show nothing of it: USER_ACTIONS, of which
    report-only writes no result, or WORKLOAD_IDENTITIES; empty for all others.
    """

    identifier: str
    name: str
    state: str
    not_shown_for: str = ""

    @property
    def is_report_only(self) -> bool:
        """Whether it reports and does not take effect."""
        return self.state == REPORT_ONLY

    @property
    def is_enforced(self) -> bool:
        """Whether it takes effect."""
        return self.state == ENABLED


def watched_policy(policy: CurrentPolicy) -> WatchedPolicy:
    """A policy of the tenant as one whose impact is looked at."""
    return WatchedPolicy(policy.identifier, policy.name, policy.state, not_shown_for(policy.content))


def not_shown_for(content: Json) -> str:
    """What a canonical policy is for, where the sign-ins of users show nothing of it; empty for all others."""
    view = PolicyView(content)
    if view.applications.get("includeUserActions"):
        return USER_ACTIONS
    return WORKLOAD_IDENTITIES if any(view.workloads.values()) else ""


def chosen_policies(policies: t.Sequence[CurrentPolicy], wanted: t.Sequence[str] | None) -> list[WatchedPolicy]:
    """Those of *policies* that *wanted* names, by name or id; without it all that are not disabled.

    Raises UnresolvedReferences for every name that no policy has, or more than one.
    """
    if wanted is None:
        return [watched_policy(policy) for policy in policies if policy.state != DISABLED]
    found = [_named(policies, value) for value in wanted]
    unresolved = [
        _unresolved(f"policies[{position}]", value, len(matches))
        for position, (value, matches) in enumerate(zip(wanted, found, strict=True))
        if len(matches) != 1
    ]
    if unresolved:
        raise UnresolvedReferences(unresolved)
    chosen = {policy.identifier for matches in found for policy in matches}
    return [watched_policy(policy) for policy in policies if policy.identifier in chosen]


def _named(policies: t.Sequence[CurrentPolicy], value: str) -> list[CurrentPolicy]:
    by_id = [policy for policy in policies if policy.identifier == value.lower()]
    return by_id or [policy for policy in policies if policy.name == value]


def _unresolved(path: str, value: str, matches: int) -> Unresolved:
    problem = f"{matches} policies are named {value!r}" if matches else f"no policy is named {value!r}"
    return Unresolved(path, value, problem, is_ambiguous=bool(matches))
