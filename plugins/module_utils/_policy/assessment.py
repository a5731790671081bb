# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Step 1 asks for and what holds in a tenant: a pure function of its policies and security defaults.

Only what can be read is answered; the rest is ``unknown`` with a note that says why.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._directory.roles import ADMINISTRATOR_ROLES, SEED_ADMINISTRATOR_ROLES
from .._reconcile.shape import Json
from .policy_plan import ENABLED, REPORT_ONLY, CurrentPolicy
from .policy_view import PolicyView
from .requirements import Requirement, requirements_of

YES, ONLY_REPORTED, NO, UNKNOWN = "yes", "report_only", "no", "unknown"
_SECURITY_DEFAULTS = "security defaults"
_REPORT = "registration report"


class Evidence(t.Protocol):
    """What the service reports of its users' registration."""

    @property
    def total(self) -> int:
        """How many users the report covers."""

    @property
    def mfa_capable(self) -> int:
        """How many have registered for MFA with a method that policy allows."""

    @property
    def password_reset_capable(self) -> int:
        """How many can reset their own password."""

    @property
    def problem(self) -> str:
        """Why there are no counts; empty when there are."""


@dataclass(frozen=True)
class NoEvidence:
    """Registration that was not read."""

    total: int = 0
    mfa_capable: int = 0
    password_reset_capable: int = 0
    problem: str = "the registration report was not read"


def assess(
    policies: t.Iterable[CurrentPolicy],
    security_defaults: bool,
    profile: str = "modern",
    excluded: t.Collection[str] = (),
    evidence: Evidence = NoEvidence(),
) -> Json:
    """What holds: ``{"requirements": [...], "results": [...]}``, each entry with *holds* and *by*.

    *holds* is yes, report_only (a policy would do it, but is not enforced), no, or unknown. *profile* decides which
    roles count as administrators. *excluded* are the ids of emergency access accounts, whose exclusion is expected;
    everybody else who is excluded is named in a note. *evidence* is what the service reports of registration.
    """
    roles = SEED_ADMINISTRATOR_ROLES if profile == "seed_2021" else ADMINISTRATOR_ROLES
    considered = list(policies)
    requirements = [_answer(one, considered, security_defaults, excluded) for one in requirements_of(roles)]
    return {"requirements": requirements, "results": _results(requirements, evidence)}


def _answer(
    requirement: Requirement, policies: t.Sequence[CurrentPolicy], security_defaults: bool, excluded: t.Collection[str]
) -> Json:
    enforcing = [policy for policy in policies if policy.state == ENABLED and requirement.meets(policy)]
    reporting = [policy for policy in policies if policy.state == REPORT_ONLY and requirement.meets(policy)]
    by = [policy.name for policy in enforcing or reporting]
    holds = YES if enforcing else ONLY_REPORTED if reporting else NO
    if security_defaults and requirement.by_security_defaults:
        holds, by = YES, [_SECURITY_DEFAULTS]
    return {
        "requirement": requirement.name,
        "statement": requirement.statement,
        "tiers": list(requirement.tiers),
        "holds": holds,
        "by": by,
        "note": "" if by == [_SECURITY_DEFAULTS] else _exclusions_note(enforcing or reporting, excluded),
    }


def _exclusions_note(policies: t.Sequence[CurrentPolicy], expected: t.Collection[str]) -> str:
    """Who is left out by every one of the policies, besides the emergency access accounts."""
    if not policies:
        return ""
    counts = [_excluded_count(policy, expected) for policy in policies]
    least = min(counts, key=sum)
    if not sum(least):
        return ""
    users, groups, roles, guests = least
    parts = [
        f"{count} {name}{'' if count == 1 else 's'}"
        for count, name in ((users, "user"), (groups, "group"), (roles, "role"), (guests, "type of guest"))
        if count
    ]
    return f"excluded besides emergency access: {', '.join(parts)}".replace("type of guests", "types of guest")


def _excluded_count(policy: CurrentPolicy, expected: t.Collection[str]) -> tuple[int, int, int, int]:
    users = PolicyView(policy.content).users
    guests = users.get("excludeGuestsOrExternalUsers") or {}
    return (
        len(set(users.get("excludeUsers") or []) - set(expected)),
        len(set(users.get("excludeGroups") or []) - set(expected)),
        len(set(users.get("excludeRoles") or [])),
        len(guests.get("guestOrExternalUserTypes") or []),
    )


def _results(requirements: t.Sequence[Json], evidence: Evidence) -> list[Json]:
    """The three results that Step 1 promises."""
    required = next(one for one in requirements if one["requirement"] == "mfa_for_all_users")
    return [
        {
            "result": "mfa_required",
            "statement": "Users are required to use MFA for sign-ins",
            "holds": required["holds"],
            "by": required["by"],
            "note": required["note"],
        },
        {
            "result": "mfa_registered",
            "statement": "Users have completed MFA registration and use MFA for all sign-ins",
            **_share(evidence.mfa_capable, evidence, "have registered for MFA"),
        },
        {
            "result": "sspr_available",
            "statement": "Users can reset their own passwords",
            **_share(evidence.password_reset_capable, evidence, "can reset their own password"),
        },
    ]


def _share(count: int, evidence: Evidence, what: str) -> Json:
    """Whether all users do *what*: yes, no, or unknown with the reason."""
    if evidence.problem or evidence.total == 0:
        return {"holds": UNKNOWN, "by": [], "note": evidence.problem or "the registration report holds no users"}
    holds = YES if count >= evidence.total else NO
    return {"holds": holds, "by": [_REPORT], "note": f"{count} of {evidence.total} users {what}"}
