# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a policy came to, or would come to, in the sign-ins that were seen (facts section 9.2)."""

from __future__ import annotations

import typing as t
from collections import Counter
from dataclasses import dataclass, field

from .._policy.vocabulary import OPTION_BY_STATE
from .._reconcile.shape import Json
from .moments import Moments, without_zone
from .tally import Counted, Met, Roster, Tally, most_frequent
from .watched_policy import WatchedPolicy

WOULD_FAIL = "would_fail"
WOULD_BE_INTERRUPTED = "would_be_interrupted"
# A result that is not here is one that this collection or the service's schema does not know.
UNKNOWN = "unknown"
_NAME_OF_RESULT = {
    "reportOnlySuccess": "would_succeed",
    "reportOnlyInterrupted": WOULD_BE_INTERRUPTED,
    "reportOnlyFailure": WOULD_FAIL,
    "success": "success",
    "failure": "failure",
    "reportOnlyNotApplied": "not_applied",
    "notApplied": "not_applied",
    "notEnabled": "not_enabled",
}
RESULTS = (*dict.fromkeys(_NAME_OF_RESULT.values()), UNKNOWN)


@dataclass(frozen=True)
class PolicyImpact:
    """How often a policy came to what; *counts* has all of RESULTS.

    *users* and *applications* are those behind WOULD_FAIL, not all where there are many. *first_sign_in* and
    *last_sign_in* are the moments of the sign-ins that name the policy, empty where none does. *is_complete* is whether
    all sign-ins of the time that was asked for were seen.
    """

    policy: WatchedPolicy
    counts: t.Mapping[str, int]
    would_fail_users: int = 0
    would_be_interrupted_users: int = 0
    would_fail_applications: int = 0
    users: tuple[Counted, ...] = ()
    applications: tuple[Counted, ...] = ()
    first_sign_in: str = ""
    last_sign_in: str = ""
    is_complete: bool = True

    @property
    def sign_ins(self) -> int:
        """How many sign-ins name the policy."""
        return sum(self.counts.values())

    @property
    def reported(self) -> int:
        """In how many sign-ins it would have applied."""
        return self.counts["would_succeed"] + self.counts[WOULD_BE_INTERRUPTED] + self.counts[WOULD_FAIL]

    @property
    def unknown(self) -> int:
        """How many results nobody can tell."""
        return self.counts[UNKNOWN]

    def to_result(self) -> Json:
        """The impact as a task returns it."""
        return {
            "id": self.policy.identifier,
            "display_name": self.policy.name,
            "policy_state": OPTION_BY_STATE.get(self.policy.state, self.policy.state),
            "not_shown_for": self.policy.not_shown_for or None,
            "sign_ins": self.sign_ins,
            **{name: self.counts[name] for name in RESULTS},
            "would_fail_users": self.would_fail_users,
            "would_be_interrupted_users": self.would_be_interrupted_users,
            "would_fail_applications": self.would_fail_applications,
            "users": [one.to_result("user_principal_name") for one in self.users],
            "applications": [one.to_result("display_name") for one in self.applications],
            "truncated": len(self.users) < self.would_fail_users
            or len(self.applications) < self.would_fail_applications,
            "first_sign_in": self.first_sign_in or None,
            "last_sign_in": self.last_sign_in or None,
        }


@dataclass
class ImpactCounter:
    """Counts what a policy comes to, row by row; sign-ins from before *since*, if it is not empty, do not count."""

    policy: WatchedPolicy
    since: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    would_fail: Tally = field(default_factory=Tally)
    would_be_interrupted: Met = field(default_factory=Met)
    applications: Tally = field(default_factory=Tally)
    moments: Moments = field(default_factory=Moments)

    def add(self, result: str, user: int, application: int, moment: str) -> None:
        """Count a sign-in at *moment* by the numbers of its user and application."""
        if self.since and without_zone(moment) < without_zone(self.since):
            return
        name = _NAME_OF_RESULT.get(result, UNKNOWN)
        self.counts[name] += 1
        self.moments.add(moment)
        if name == WOULD_FAIL:
            self.would_fail.add(user)
            self.applications.add(application)
        elif name == WOULD_BE_INTERRUPTED:
            self.would_be_interrupted.add(user)

    def impact(self, users: Roster, applications: Roster, maximum: int, *, is_complete: bool) -> PolicyImpact:
        """What it came to, with *maximum* users and applications."""
        return PolicyImpact(
            policy=self.policy,
            counts={name: self.counts[name] for name in RESULTS},
            would_fail_users=self.would_fail.distinct,
            would_be_interrupted_users=self.would_be_interrupted.distinct,
            would_fail_applications=self.applications.distinct,
            users=most_frequent(self.would_fail, users, maximum),
            applications=most_frequent(self.applications, applications, maximum),
            first_sign_in=self.moments.first,
            last_sign_in=self.moments.last,
            is_complete=is_complete,
        )
