# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What sign-ins come to, counted row by row without keeping them (facts section 9.2)."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._reconcile.shape import Json
from .legacy_authentication import LegacyAuthentication
from .moments import Moments
from .policy_impact import ImpactCounter, PolicyImpact
from .tally import Roster
from .watched_policy import WatchedPolicy


@dataclass
class SignInImpact:
    """Counts of sign-ins, of what each watched policy came to in them, and of legacy authentication.

    *incomplete_because* says in words why not all sign-ins of the window were seen. *unlisted* are the names of
    policies that sign-ins name and the tenant's list does not.
    """

    counters: dict[str, ImpactCounter]
    listed: frozenset[str]
    interactive: int = 0
    non_interactive: int = 0
    naming_policies: int = 0
    users: Roster = field(default_factory=Roster)
    applications: Roster = field(default_factory=Roster)
    legacy: LegacyAuthentication = field(default_factory=LegacyAuthentication)
    moments: Moments = field(default_factory=Moments)
    unlisted: set[str] = field(default_factory=set)
    incomplete_because: list[str] = field(default_factory=list)

    @property
    def sign_ins(self) -> int:
        """How many were seen."""
        return self.interactive + self.non_interactive

    @property
    def is_complete(self) -> bool:
        """Whether all sign-ins of the window were seen."""
        return not self.incomplete_because

    def add(self, row: Json, *, interactive: bool) -> None:
        """Take in a sign-in."""
        self.interactive += interactive
        self.non_interactive += not interactive
        moment = str(row.get("createdDateTime") or "")
        user = self.users.number(str(row.get("userId") or "").lower(), str(row.get("userPrincipalName") or ""))
        application = self.applications.number(
            str(row.get("appId") or "").lower(), str(row.get("appDisplayName") or "")
        )
        if moment:
            self.moments.add(moment)
        error = (row.get("status") or {}).get("errorCode")
        self.legacy.add(str(row.get("clientAppUsed") or ""), user, succeeded=error == 0)
        applied = row.get("appliedConditionalAccessPolicies") or ()
        self.naming_policies += bool(applied)
        for one in applied:
            self._count(one, user, application, moment)

    def policies(self, maximum: int) -> list[PolicyImpact]:
        """What each watched policy came to, with *maximum* users and applications each."""
        return [
            counter.impact(self.users, self.applications, maximum, is_complete=self.is_complete)
            for counter in self.counters.values()
        ]

    def _count(self, applied: Json, user: int, application: int, moment: str) -> None:
        identifier = str(applied.get("id") or "").lower()
        counter = self.counters.get(identifier)
        if counter is not None:
            counter.add(str(applied.get("result") or ""), user, application, moment)
        elif identifier not in self.listed:
            self.unlisted.add(str(applied.get("displayName") or identifier))


def impact_on(watched: t.Iterable[WatchedPolicy], listed: t.Iterable[str]) -> SignInImpact:
    """An empty count for the policies that are watched; *listed* are the ids of all that the tenant lists."""
    return SignInImpact({policy.identifier: ImpactCounter(policy) for policy in watched}, frozenset(listed))
