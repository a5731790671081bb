# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was counted as a task returns it, and what people must be told of it."""

from __future__ import annotations

import typing as t

from .._reconcile.shape import Json
from .observation import Observation, written
from .policy_impact import PolicyImpact
from .sign_in_impact import SignInImpact
from .watched_policy import USER_ACTIONS, WORKLOAD_IDENTITIES

_NEEDED = "Policy.Read.All or Policy.Read.ConditionalAccess"


def impact_result(
    impact: SignInImpact,
    policies: t.Sequence[PolicyImpact],
    observation: Observation,
    maximum: int,
    *,
    may_see_policies: bool,
) -> Json:
    """The counts with the time that they are of, and the names of policies that nothing is known of."""
    return {
        "window": {
            "since": written(observation.since),
            "until": written(observation.until),
            "first_sign_in": impact.moments.first or None,
            "last_sign_in": impact.moments.last or None,
        },
        "sign_ins": impact.sign_ins,
        "interactive": impact.interactive,
        "non_interactive": impact.non_interactive,
        "complete": impact.is_complete,
        "incomplete_because": list(impact.incomplete_because),
        "policies": [one.to_result() for one in policies],
        "policies_hidden": _policies_are_hidden(impact, may_see_policies),
        "no_evidence": [one.policy.name for one in policies if not one.sign_ins],
        "user_action_policies": _names_of_kind(policies, USER_ACTIONS),
        "workload_identity_policies": _names_of_kind(policies, WORKLOAD_IDENTITIES),
        "unlisted_policies": sorted(impact.unlisted) if may_see_policies else [],
        "legacy_authentication": impact.legacy.to_result(impact.users, maximum),
    }


def impact_warnings(
    impact: SignInImpact, policies: t.Sequence[PolicyImpact], *, may_see_policies: bool
) -> t.Iterator[str]:
    """What makes the counts worth less than they look."""
    if not may_see_policies:
        yield (
            f"The access token lacks {_NEEDED}, without which sign-ins name no policy: nothing is known of their "
            "impact. Grant one of them to the application with admin consent, and run again with a new token."
        )
    elif _policies_are_hidden(impact, may_see_policies):
        yield (
            f"None of {impact.sign_ins} sign-ins names a policy, though the tenant has some. A token that is older "
            f"than the permission {_NEEDED}, or a person without a role that may read policies, sees them so."
        )
    unknown = [(one.policy.name, one.unknown) for one in policies if one.unknown]
    if unknown:
        names = ", ".join(f"{name!r} in {count}" for name, count in unknown)
        yield f"The service did not say what policies came to in some sign-ins, or in unknown words: {names}."


def _policies_are_hidden(impact: SignInImpact, may_see_policies: bool) -> bool:
    """Whether sign-ins name no policy because nobody may see them; a tenant without policies hides none."""
    return not may_see_policies or bool(impact.sign_ins and impact.listed and not impact.naming_policies)


def _names_of_kind(policies: t.Iterable[PolicyImpact], kind: str) -> list[str]:
    return [one.policy.name for one in policies if one.policy.not_shown_for == kind]
