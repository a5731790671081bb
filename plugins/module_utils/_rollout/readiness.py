# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether what sign-ins show allows a policy to leave report-only. It decides nothing by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from .policy_impact import WOULD_FAIL, PolicyImpact
from .watched_policy import USER_ACTIONS, WatchedPolicy

_SECONDS_A_DAY = 86400


@dataclass(frozen=True)
class Thresholds:
    """What must hold: days since the last change, and what may fail at most among how many sign-ins at least.

    *maximum_would_fail_share* is a part, from 0 to 1, of the sign-ins that the policy would have applied to, and
    *minimum_sign_ins* how many of these there must be.
    """

    soak_days: float
    maximum_would_fail_users: int
    maximum_would_fail_share: float
    minimum_sign_ins: int


def ready(
    impact: PolicyImpact, thresholds: Thresholds, created_or_changed: datetime, now: datetime
) -> tuple[bool, tuple[str, ...]]:
    """Whether the policy may be enforced by this evidence, and every reason why not.

    Both moments have a zone. Never ready are policies of which sign-ins show nothing, those of which no sign-in was
    seen, and those with a result that nobody can tell.
    """
    reasons = (
        *_reasons_of_policy(impact.policy),
        *reasons_of_soak(thresholds, created_or_changed, now),
        *_reasons_of_window(impact, created_or_changed),
        *_reasons_of_evidence(impact, thresholds),
        *_reasons_of_failures(impact, thresholds),
    )
    return not reasons, reasons


def _reasons_of_policy(policy: WatchedPolicy) -> list[str]:
    reasons = []
    if not policy.is_report_only:
        reasons.append("it is enforced already" if policy.is_enforced else "it is not in report-only")
    if policy.not_shown_for:
        what = "user actions" if policy.not_shown_for == USER_ACTIONS else "workload identities"
        reasons.append(f"it is for {what}, of which the sign-ins of users show nothing: decide by other means")
    return reasons


def reasons_of_soak(thresholds: Thresholds, changed: datetime, now: datetime) -> list[str]:
    """Why a policy that was last *changed* then has not been shown for long enough."""
    days = (now - changed).total_seconds() / _SECONDS_A_DAY
    if days >= thresholds.soak_days:
        return []
    return [f"it was changed {days:.1f} days ago, and {thresholds.soak_days:g} days are asked for"]


def _reasons_of_window(impact: PolicyImpact, changed: datetime) -> list[str]:
    if impact.first_sign_in and _moment(impact.first_sign_in) < changed:
        return ["sign-ins from before its last change are counted: look only at those since then"]
    return []


def _reasons_of_evidence(impact: PolicyImpact, thresholds: Thresholds) -> list[str]:
    reasons = []
    if not impact.is_complete:
        reasons.append("not all sign-ins of the time that is looked at were seen")
    if impact.unknown:
        reasons.append(f"in {impact.unknown} sign-ins nobody can tell what it would have come to")
    if not impact.sign_ins:
        reasons.append("no sign-in names it")
    elif impact.reported < thresholds.minimum_sign_ins:
        reasons.append(
            f"it would have applied to {impact.reported} sign-ins, and {thresholds.minimum_sign_ins} are asked for"
        )
    return reasons


def _reasons_of_failures(impact: PolicyImpact, thresholds: Thresholds) -> list[str]:
    reasons = []
    users, failures = impact.would_fail_users, impact.counts[WOULD_FAIL]
    if users > thresholds.maximum_would_fail_users:
        reasons.append(f"{users} users would fail, and {thresholds.maximum_would_fail_users} may at most")
    if failures > thresholds.maximum_would_fail_share * impact.reported:
        part = f"{failures} of {impact.reported} sign-ins would fail"
        reasons.append(f"{part}, and a share of {thresholds.maximum_would_fail_share:g} may at most")
    return reasons


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
