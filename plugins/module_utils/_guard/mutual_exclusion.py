# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Security defaults and enforced Conditional Access policies exclude each other (facts sections 1.2 and 1.3)."""

from __future__ import annotations

import typing as t

from .._graph.errors import GuardRefused
from .._policy.policy_plan import CurrentPolicy, PolicyPlan


class Enforceable(t.Protocol):
    """A policy, as far as it may take effect."""

    @property
    def name(self) -> str:
        """Its display name."""

    @property
    def is_enforced(self) -> bool:
        """Whether it takes effect."""


def check_mutual_exclusion(
    plans: t.Sequence[PolicyPlan], planned: t.Sequence[Enforceable], defaults_now: bool, defaults_wanted: bool | None
) -> None:
    """Raise GuardRefused when the planned state would have both.

    *planned* are all policies of the tenant as they will be. Nothing is refused that the run does not cause.
    """
    _refuse_early_restoring(plans, defaults_now)
    will_be_on = defaults_now if defaults_wanted is None else defaults_wanted
    if not will_be_on:
        return
    turning_on = defaults_wanted is True and not defaults_now
    beginning = sorted(plan.name for plan in plans if plan.begins_to_enforce)
    if beginning:
        raise GuardRefused(
            f"Security defaults {'are to be turned' if turning_on else 'are'} on, so these policies cannot be "
            "enforced: "
            f"{', '.join(map(repr, beginning))}.",
            remedy="Let tenant_configuration turn security defaults off in the same plan "
            "(security_defaults.is_enabled: false), or leave the policies in report_only. Nothing was written.",
        )
    enforced = sorted(policy.name for policy in planned if policy.is_enforced)
    if turning_on and enforced:
        raise GuardRefused(
            "security_defaults.is_enabled: security defaults cannot be turned on while Conditional Access policies are "
            f"enforced: {', '.join(map(repr, enforced))}.",
            remedy="Give these policies policy_state: disabled or state: absent in the same tenant_configuration, "
            "or leave security defaults off. Before an undo do so in a run of its own, for those that were not there "
            "before; what Microsoft manages can only be disabled. Nothing was written.",
        )


def _refuse_early_restoring(plans: t.Sequence[PolicyPlan], defaults_now: bool) -> None:
    """A policy that comes back enforced cannot be staged while security defaults are on."""
    enforced = sorted(plan.name for plan in plans if plan.is_restored and plan.current and plan.current.is_enforced)
    if defaults_now and enforced:
        raise GuardRefused(
            f"Security defaults are on, and these policies would come back from the bin enforced: "
            f"{', '.join(map(repr, enforced))}.",
            remedy="Leave restore out to make new policies, or turn security defaults off first. Nothing was written.",
        )


def remaining_policies_warning(planned: t.Sequence[CurrentPolicy], turning_on: bool) -> str:
    """A warning when policies that do not enforce remain: some tenants refuse security defaults even then."""
    if not turning_on or not planned:
        return ""
    return (
        f"{len(planned)} Conditional Access policies remain in report-only or disabled. Microsoft's current "
        "guidance says that security defaults may be refused while any policy exists; if so, remove them (state: "
        "absent)."
    )
