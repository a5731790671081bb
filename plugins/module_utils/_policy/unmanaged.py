# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of the policies that a list does not name."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.errors import OptionError
from .._reconcile.shape import Json
from .desired import DesiredPolicy
from .policy_plan import DISABLED, CurrentPolicy, PolicyPlan, plan_policy

IGNORE = "ignore"
REPORT = "report"
DISABLE = "disable"
REMOVE = "remove"
MODES = (IGNORE, REPORT, DISABLE, REMOVE)


@dataclass(frozen=True)
class Unmanaged:
    """What becomes of policies that are not listed, and which of them are left alone in any case.

    *names* are display names, *prefixes* what display names begin with; both compare without case.
    """

    mode: str = IGNORE
    names: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()

    @property
    def acts(self) -> bool:
        """Whether policies that are not listed are changed."""
        return self.mode in (DISABLE, REMOVE)

    def protects(self, policy: CurrentPolicy) -> bool:
        """Whether *policy* is left alone: it is Microsoft's, or protected by name."""
        return policy.is_managed or self.leaves_alone(policy)

    def leaves_alone(self, policy: CurrentPolicy) -> bool:
        """Whether *policy* is protected by name."""
        name = policy.name.lower()
        named = {one.lower() for one in self.names}
        return name in named or any(name.startswith(one.lower()) for one in self.prefixes)


def check_list_is_not_empty(unmanaged: Unmanaged, wanted: t.Sequence[DesiredPolicy], option: str) -> None:
    """Raise OptionError when nothing is listed and everything else would go: a list that came out empty by mistake."""
    if unmanaged.acts and not any(policy.is_present for policy in wanted):
        raise OptionError(
            f"{option}: no policy is listed, so that unmanaged: {unmanaged.mode} would hit every policy of the tenant.",
            remedy="List the policies that are to stay. A list that should not be empty may have come out empty.",
        )


def unmanaged_plans(
    unmanaged: Unmanaged, plans: t.Sequence[PolicyPlan], existing: t.Sequence[CurrentPolicy], every: Json | None
) -> list[PolicyPlan]:
    """The plans for all policies that *plans* do not speak of; *every* is an edit that goes for them, too.

    The rules are for the caller to check.
    """
    listed = {plan.current.identifier for plan in plans if plan.current}
    others = [policy for policy in existing if policy.identifier not in listed]
    found = [
        plan_policy(
            _desired(unmanaged, policy),
            existing,
            every=None if unmanaged.leaves_alone(policy) else every,
            checks_rules=False,
        )
        for policy in others
    ]
    return [plan for plan in found if plan.is_changed]


def _desired(unmanaged: Unmanaged, policy: CurrentPolicy) -> DesiredPolicy:
    acts = unmanaged.acts and not unmanaged.protects(policy)
    return DesiredPolicy(
        option=f"every_policy[{policy.name!r}]",
        identifier=policy.identifier,
        name=None,
        is_present=not (acts and unmanaged.mode == REMOVE),
        content={},
        is_whole=False,
        policy_state="disabled" if acts and unmanaged.mode == DISABLE and policy.state != DISABLED else None,
        initial_state="disabled",
        excludes_emergency_access=False,
        is_listed=False,
    )
