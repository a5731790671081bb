# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of tenant_configuration: everything that is wanted of a tenant, in one plan."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .._policy.assessment import assess
from .._policy.control_assessment import assess_controls
from .._policy.secure_cloud_controls import Exemptions
from .._policy.template_catalogue import PROFILES
from .._policy.unmanaged import IGNORE
from .._reconcile.shape import Json
from .._resources.license import TIERS
from .._resources.object_options import desired_objects, object_result
from .._resources.objects import RESOURCES
from .._resources.outcome import Outcome
from .._resources.security_defaults import security_defaults_result
from .._resources.self_service_password_reset import NOUN as PASSWORD_RESET
from .._resources.tenant import reconcile
from .._resources.wanted import Wanted
from .._settings.portal_addresses import portal_addresses
from .._spec.argument_spec import ArgumentSpec
from .._spec.object_documentation import OBJECT_LISTS
from .._spec.object_options import object_list
from .._spec.planned_check_options import PLANNED_CHECKS
from .._spec.policy_options import AROUND_THE_LIST, EMERGENCY_ACCESS, LANE, POLICIES
from .._spec.portal_options import PORTAL
from .._spec.protocol import MakeSession, ModuleProtocol
from .._spec.setting_options import TENANT_SETTINGS
from .._spec.snapshot_options import SNAPSHOT
from .conditional_access_policies import lane, managed_results, unmanaged_result, with_policies
from .keeping import keeping_of
from .outcome_result import outcome_result
from .per_user_mfa import per_user_mfa_result, wanted_per_user_mfa
from .planned_checks import check_results, with_checks
from .registration_known import known_after, registered_from
from .setting_warnings import portal_warning
from .tenant_settings import desired_settings, settings_state
from .verdicts import SETTINGS as VERDICTS
from .verdicts import Known, WantedVerdict, require_verdicts, today, verdict_result, wanted_verdict, with_verdict

SPEC = (
    ArgumentSpec(
        {
            "security_defaults": {"type": "dict", "options": {"is_enabled": {"type": "bool", "required": True}}},
            "conditional_access_policies": {"type": "dict", "options": {"policies": POLICIES, **AROUND_THE_LIST}},
            **{option: object_list(RESOURCES[noun]) for noun, option in OBJECT_LISTS.items()},
            "license_tier": {"type": "str", "choices": list(TIERS)},
            "profile": {"type": "str", "choices": list(PROFILES), "default": "modern"},
        }
    )
    .merged(TENANT_SETTINGS)
    .merged(PORTAL)
    .merged(LANE)
    .merged(EMERGENCY_ACCESS)
    .merged(PLANNED_CHECKS)
    .merged(SNAPSHOT)
)


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """Bring the tenant to what is wanted and say what holds then."""
    verdicts = wanted_verdicts(module.given, module.params["api_version"])
    wanted = with_checks(_wanted(module.given, module.params), module.given)
    for verdict in verdicts:
        if verdict.is_by_portal:
            module.warn(portal_warning(verdict.setting.label))
        wanted = with_verdict(wanted, verdict, portal_addresses(module.params["portal"]))
    session = make_session()
    outcome = reconcile(
        session, wanted, check_mode=module.check_mode, keeping=keeping_of(module, "tenant_configuration")
    )
    known = replace(known_after(session, outcome, verdicts), tier=module.params["license_tier"])
    found = {
        verdict.setting.noun: (verdict, verdict_result(session, outcome, verdict, known, check_mode=module.check_mode))
        for verdict in verdicts
    }
    results = {noun: result for noun, (_verdict, result) in found.items()}
    state = {
        **_state(outcome, session.claims.tenant_id, module.params),
        **results,
        **check_results(module.given, outcome),
    }
    state["assessment"] = _assessment(outcome, module.params["profile"], known, results.get(PASSWORD_RESET))
    return require_verdicts(found, {**outcome_result(module, outcome), "tenant_configuration": state})


def wanted_verdicts(given: t.Mapping[str, t.Any], api_version: str) -> list[WantedVerdict]:
    """What is wanted of the policies that have no supported interface. Raises OptionError."""
    return [
        wanted_verdict(noun, given[noun], noun, api_version, today())
        for noun in VERDICTS
        if given.get(noun) is not None
    ]


def _wanted(given: t.Mapping[str, t.Any], params: t.Mapping[str, t.Any]) -> Wanted:
    wanted = with_policies(lane(params), given.get("conditional_access_policies") or {}, "conditional_access_policies")
    objects = {
        noun: desired_objects(RESOURCES[noun], given[option], option)
        for noun, option in OBJECT_LISTS.items()
        if given.get(option)
    }
    defaults = given.get("security_defaults") or {}
    per_user_mfa = given.get("per_user_mfa")
    return replace(
        wanted,
        objects=objects,
        settings=desired_settings(given, params["api_version"]),
        per_user_mfa=None if per_user_mfa is None else wanted_per_user_mfa(per_user_mfa, "per_user_mfa"),
        security_defaults=defaults.get("is_enabled"),
        whole_picture=True,
    ).with_emergency_access(given)


def _exemptions(outcome: Outcome) -> Exemptions:
    return Exemptions(users=frozenset(outcome.emergency.users), groups=frozenset(outcome.emergency.groups))


def _assessment(outcome: Outcome, profile: str, known: Known, password_reset: Json | None) -> dict[str, t.Any]:
    """What Step 1 asks for, and what holds."""
    policies, is_on = outcome.policies or (), bool(outcome.security_defaults)
    expected = (*outcome.emergency.users, *outcome.emergency.groups)
    return {
        **assess(policies, is_on, profile, expected, registered_from(known), password_reset),
        "secure_cloud_controls": assess_controls(policies, _exemptions(outcome)),
    }


def _state(outcome: Outcome, tenant_id: str, params: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    state: dict[str, t.Any] = {
        "tenant_id": tenant_id,
        "security_defaults": security_defaults_result(bool(outcome.security_defaults)),
        "conditional_access_policies": managed_results(outcome),
    }
    for noun, option in OBJECT_LISTS.items():
        plans = [plan for plan in outcome.object_plans if plan.resource == noun]
        if plans:
            found = [outcome.object_of(plan) for plan in plans]
            state[option] = [object_result(RESOURCES[noun], one) for one in found if one]
    state.update(settings_state(outcome))
    if outcome.settings.per_user_mfa is not None:
        state["per_user_mfa"] = per_user_mfa_result(outcome)
    if (params.get("conditional_access_policies") or {}).get("unmanaged", IGNORE) != IGNORE:
        state["unmanaged_policies"] = [unmanaged_result(policy) for policy in outcome.unmanaged]
    return state
