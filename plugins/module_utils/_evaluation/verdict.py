# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether one policy applies to one sign-in, and what decides it (facts section 2.10)."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._policy.policy_plan import DISABLED, ENABLED, REPORT_ONLY
from . import matching_conditions as conditions_of
from .evaluated_policy import EvaluatedPolicy
from .matching_places import Locations, is_among_places
from .matching_targets import has_no_target, is_target, reason_of
from .matching_users import is_among_users
from .matching_workloads import is_among_workloads
from .sign_in import SignIn, UserIdentity
from .truth import NO, YES, Truth, all_of, told, untold

APPLIES = "notSet"
NOT_ENOUGH_INFORMATION = "notEnoughInformation"

# Conditions of the beta endpoint whose meaning no source tells in full.
_NOT_EVALUATED = ("agents", "agentContext", "agentIdRiskLevels")


@dataclass(frozen=True)
class Verdict:
    """*applies* is the answer; *reason* the first dimension that keeps the policy away, in Graph's word.

    A policy that surely does not apply does so whatever else is missing.
    """

    policy: EvaluatedPolicy
    applies: Truth
    reason: str


class Dimension(t.NamedTuple):
    """One side of a sign-in that a policy asks for, with Graph's word for a policy that is kept away by it."""

    reason: str
    holds: Truth


def verdict(policy: EvaluatedPolicy, sign_in: SignIn, locations: Locations) -> Verdict:
    """Whether *policy* applies to *sign_in*, in report-only mode as if it were enforced."""
    dimensions = list(_dimensions(policy, sign_in, locations))
    applies = all_of(one.holds for one in dimensions)
    if applies.is_no:
        return Verdict(policy, NO, next(one.reason for one in dimensions if one.holds.is_no))
    return Verdict(policy, applies, APPLIES if applies.is_yes else NOT_ENOUGH_INFORMATION)


def _dimensions(policy: EvaluatedPolicy, sign_in: SignIn, locations: Locations) -> t.Iterator[Dimension]:
    """All dimensions in the order in which the first one that fails is named."""
    view = policy.view
    conditions = view.conditions
    yield Dimension("policyNotEnabled", _is_in_use(policy.state))
    yield Dimension("emptyPolicy", told(not _is_empty(policy)))
    yield _identity(policy, sign_in)
    yield Dimension(reason_of(view.applications), is_target(view.applications, sign_in.target))
    client = conditions_of.is_one_of(conditions.get("clientAppTypes"), sign_in.client_app_type, "client_app_type")
    yield Dimension("clientApps", client)
    on_platform = conditions_of.is_on_platform(view.platforms, sign_in.device_platform)
    yield Dimension("devicePlatform", on_platform)
    yield Dimension("location", is_among_places(view.locations, sign_in.place, locations) if view.locations else YES)
    yield Dimension("signInRisk", conditions_of.has_sign_in_risk(conditions, sign_in))
    yield Dimension("userRisk", conditions_of.has_user_risk(conditions, sign_in))
    yield Dimension("insiderRisk", conditions_of.has_insider_risk(conditions, sign_in))
    yield Dimension("devices", conditions_of.is_such_a_device(conditions.get("devices"), sign_in.device))
    yield Dimension("authenticationFlow", conditions_of.is_by_flow(conditions.get("authenticationFlows"), sign_in))
    yield Dimension("time", conditions_of.has_nothing_unknown(conditions, "times"))
    yield Dimension("invalidCondition", conditions_of.has_nothing_unknown(conditions, *_NOT_EVALUATED))


def _is_in_use(state: str) -> Truth:
    return told(state != DISABLED) if state in (ENABLED, REPORT_ONLY, DISABLED) else untold(f"the state {state}")


def _is_empty(policy: EvaluatedPolicy) -> bool:
    """Whether the policy asks for nothing, or of nothing."""
    view = policy.view
    return not (view.grant or view.session) or has_no_target(view.applications)


def _identity(policy: EvaluatedPolicy, sign_in: SignIn) -> Dimension:
    view, identity = policy.view, sign_in.identity
    reason = "users" if isinstance(identity, UserIdentity) else "workloadIdentities"
    if view.workloads:
        return Dimension(reason, is_among_workloads(view.workloads, identity))
    return Dimension(reason, is_among_users(view.users, identity))
