# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Step 1 asks for and what holds in a tenant: a pure function of its policies and security defaults.

Only what can be read is answered; the rest is ``unknown`` with a note that says why.
"""

from __future__ import annotations

import typing as t

from .._directory.roles import ADMINISTRATOR_ROLES, SEED_ADMINISTRATOR_ROLES
from .._reconcile.shape import Json
from .policy_plan import ENABLED, REPORT_ONLY, CurrentPolicy
from .policy_view import PolicyView
from .requirements import Requirement, requirements_of
from .step_results import NOT_READ, Registered, step_results

YES, ONLY_REPORTED, NO = "yes", "report_only", "no"
_SECURITY_DEFAULTS = "security defaults"


def assess(
    policies: t.Iterable[CurrentPolicy],
    security_defaults: bool,
    profile: str = "modern",
    excluded: t.Collection[str] = (),
    registered: Registered = NOT_READ,
    password_reset: Json | None = None,
) -> Json:
    """What holds: ``{"requirements": [...], "results": [...]}``, each entry with *holds* and *by*.

    *holds* is yes, report_only (a policy would do it, but is not enforced), no, or unknown. *profile* decides which
    roles count as administrators. *excluded* are the ids of emergency access accounts, whose exclusion is expected;
    everybody else who is excluded is named in a note. *registered* is what the service reports of registration, and
    *password_reset* the verdict on self-service password reset, if there is one.
    """
    roles = SEED_ADMINISTRATOR_ROLES if profile == "seed_2021" else ADMINISTRATOR_ROLES
    considered = list(policies)
    requirements = [_answer(one, considered, security_defaults, excluded) for one in requirements_of(roles)]
    return {"requirements": requirements, "results": step_results(requirements, registered, password_reset)}


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
