# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What makes users register for MFA, as far as it can be read without the portal (facts sections 5 and 9.1)."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from .._graph.session import Session
from .._guard.permissions import READ_LICENSE, READ_POLICIES, READ_SECURITY_DEFAULTS
from .._policy.policy_plan import CurrentPolicy
from .._reconcile.shape import Json
from .._resources import conditional_access_policy, security_defaults
from .._resources.license import read_license
from . import needs
from .methods_policy import read_methods_policy, registration_campaign
from .mfa_policies import forcing_policies, guarding_policies, policy_result, unexpected_exclusions
from .reading import Read, attempt, given_or, lacking, problems
from .users_in_report import NAME, Counted, FeatureCounts, count_users, read_counts


@dataclass(frozen=True)
class MfaRegistrationEvidence:
    """What was read, each part with the reason where it was not.

    *users* counts everybody in the report, *unregistered* those who have not registered for MFA. *tier* is the licence:
    free, p1 or p2. *expected_exclusions* are ids of users and groups that policies may leave out. Where something makes
    everybody register, who has not done so is not counted, and is neither a value nor a problem.
    """

    policies: Read[t.Sequence[CurrentPolicy]]
    security_defaults: Read[bool]
    methods_policy: Read[Json]
    tier: Read[str]
    users: Read[FeatureCounts]
    unregistered: Read[Counted]
    expected_exclusions: frozenset[str] = frozenset()

    @property
    def is_decided(self) -> bool:
        """Whether security defaults or a policy make everybody register, so that nobody need be counted."""
        forcing = forcing_policies(self.policies.value or ())
        return bool(self.security_defaults.value) or any(
            not unexpected_exclusions(policy, self.expected_exclusions) for policy in forcing
        )

    @property
    def reads(self) -> list[Read[t.Any]]:
        """All parts."""
        return [
            self.policies,
            self.security_defaults,
            self.methods_policy,
            self.tier,
            self.users,
            self.unregistered,
        ]

    def to_result(self) -> Json:
        """The evidence as JSON values; *permissions* would prove more, *problems* say what is missing and why."""
        policies = self.policies.value or ()
        methods_policy = self.methods_policy.value
        return {
            "security_defaults": self.security_defaults.value,
            "policies": [policy_result(one, self.expected_exclusions) for one in forcing_policies(policies)],
            "registration_secured_by": [one.name for one in guarding_policies(policies)],
            "registration_campaign": registration_campaign(methods_policy) if methods_policy is not None else None,
            "users": self._users_result(),
            "license": self.tier.value,
            "permissions": lacking(*self.reads),
            "problems": problems(*self.reads),
        }

    def _users_result(self) -> Json | None:
        counts, unregistered = self.users.value, self.unregistered.value
        if counts is None:
            return None
        return {
            "total": counts.total,
            "capable": counts.mfa_capable,
            "not_registered": unregistered.count if unregistered else None,
            "not_registered_is_complete": unregistered.is_complete if unregistered else False,
        }


def read_mfa_registration_evidence(
    session: Session,
    *,
    policies: t.Sequence[CurrentPolicy] | None = None,
    security_defaults_are_on: bool | None = None,
    methods_policy: Json | None = None,
    tier: str | None = None,
    users: Read[FeatureCounts] | None = None,
    expected_exclusions: t.Collection[str] = (),
) -> MfaRegistrationEvidence:
    """Read the evidence; nothing is written, and missing permissions and licences are told and no failure.

    What the caller hands over - the Conditional Access *policies*, whether security defaults are on, the
    *methods_policy* in Graph's names, the licence's *tier*, the counts of all *users* - is not read again, and may be
    what will be.
    *expected_exclusions* are the ids of emergency access accounts and of the groups that the wanted registration policy
    excludes.
    """
    users = users or attempt(session, needs.READ_REPORT, NAME, lambda: read_counts(session))
    read = MfaRegistrationEvidence(
        policies=given_or(policies, lambda: _read_policies(session)),
        security_defaults=given_or(security_defaults_are_on, lambda: _read_security_defaults(session)),
        methods_policy=given_or(methods_policy, lambda: read_methods_policy(session)),
        tier=given_or(tier, lambda: _read_tier(session)),
        users=users,
        unregistered=Read(),
        expected_exclusions=frozenset(one.lower() for one in expected_exclusions),
    )
    if read.is_decided:
        return read
    return replace(read, unregistered=_read_unregistered(session, users))


def _read_policies(session: Session) -> Read[t.Sequence[CurrentPolicy]]:
    def read() -> t.Sequence[CurrentPolicy]:
        return conditional_access_policy.read_policies(session)

    return attempt(session, READ_POLICIES, "the Conditional Access policies", read)


def _read_security_defaults(session: Session) -> Read[bool]:
    def read() -> bool:
        return security_defaults.read_is_enabled(session)

    return attempt(session, READ_SECURITY_DEFAULTS, "security defaults", read)


def _read_tier(session: Session) -> Read[str]:
    return attempt(session, READ_LICENSE, "the licence", lambda: read_license(session).tier)


def _read_unregistered(session: Session, users: Read[FeatureCounts]) -> Read[Counted]:
    counts = users.value
    if counts is None:
        return Read(problem=users.problem, is_unlicensed=users.is_unlicensed, lacks=users.lacks)
    if counts.mfa_capable >= counts.total:
        return Read(Counted(0))  # who is capable has registered
    return attempt(session, needs.READ_REPORT, NAME, lambda: count_users(session, "isMfaRegistered eq false"))
