# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of sign_in_impact_info: what policies come to in the sign-ins of a tenant. It changes nothing."""

from __future__ import annotations

import typing as t
from datetime import UTC, datetime

from .._graph.api_versions import API_VERSIONS, V1
from .._graph.errors import OptionError
from .._graph.session import Session
from .._guard.permissions import READ_POLICIES, require_permissions
from .._resources.conditional_access_policy import read_policies
from .._resources.registration_report import LicenceMissing
from .._rollout.impact_result import impact_result, impact_warnings
from .._rollout.observation import DAYS_KEPT, Observation, observation_from
from .._rollout.reading_sign_ins import READ_SIGN_INS, read_sign_ins
from .._rollout.sign_in_impact import SignInImpact, impact_on
from .._rollout.watched_policy import chosen_policies
from .._spec.argument_spec import ArgumentSpec
from .._spec.protocol import MakeSession, ModuleProtocol

SPEC = ArgumentSpec(
    {
        "policies": {"type": "list", "elements": "str"},
        "days": {"type": "int"},
        "since": {"type": "str"},
        "until": {"type": "str"},
        "maximum_users": {"type": "int", "default": 20},
        "include_non_interactive": {"type": "bool", "default": False},
        "maximum_sign_ins": {"type": "int", "default": 100_000},
        "api_version": {"type": "str", "choices": list(API_VERSIONS), "default": V1},
    },
    mutually_exclusive=(("days", "since"),),
)


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """The policies that are watched, then the sign-ins, up to a thousand a read."""
    params, now = module.params, datetime.now(UTC)
    _check_bounds(params)
    observation = observation_from(params, now)
    session = make_session()
    permissions = session.claims.permissions
    named = bool(params["policies"])
    require_permissions([READ_SIGN_INS, *([READ_POLICIES] if named else [])], permissions)
    may_see_policies = READ_POLICIES.is_met_by(permissions)
    impact = _nothing_yet(session, params) if may_see_policies else impact_on((), ())
    try:
        _read(session, impact, observation, params, now)
    except LicenceMissing as missing:
        reason = f"The sign-in log needs Microsoft Entra ID P1 or P2. {missing}"
        return {"changed": False, "licence_missing": True, "reason": reason, "sign_in_impact": None}
    policies = impact.policies(params["maximum_users"])
    for warning in impact_warnings(impact, policies, may_see_policies=may_see_policies):
        module.warn(warning)
    result = impact_result(impact, policies, observation, params["maximum_users"], may_see_policies=may_see_policies)
    return {"changed": False, "licence_missing": False, "reason": "", "sign_in_impact": result}


def _check_bounds(params: t.Mapping[str, t.Any]) -> None:
    if params["maximum_users"] < 0:
        raise OptionError("maximum_users: it cannot be negative.", remedy="Give 0 for the counts alone.")
    if params["maximum_sign_ins"] < 1:
        raise OptionError("maximum_sign_ins: it must be 1 or more.", remedy="Leave it out to read 100000 at most.")


def _nothing_yet(session: Session, params: t.Mapping[str, t.Any]) -> SignInImpact:
    policies = read_policies(session, params["api_version"])
    watched = chosen_policies(policies, params["policies"])
    return impact_on(watched, [policy.identifier for policy in policies])


def _read(
    session: Session, impact: SignInImpact, observation: Observation, params: t.Mapping[str, t.Any], now: datetime
) -> None:
    read_sign_ins(
        session, impact, observation, params["maximum_sign_ins"], non_interactive=params["include_non_interactive"]
    )
    if observation.begins_before_the_log(now):
        impact.incomplete_because.append(f"since: the service keeps sign-ins for {DAYS_KEPT} days")
