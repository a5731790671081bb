# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The settings of a tenant in one plan: read, planned, and put before and after the policies.

What gives people more than they had, such as a method to register, comes before the policies that ask for it; what
takes something away comes after them.
"""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .._graph.api_versions import BETA
from .._graph.errors import OptionError
from .._guard.permissions import Requirement
from .._reconcile.action import Phase
from .._reconcile.option_path import prefix_of
from .._reconcile.references import Identify, NamedReference, identified, mentions
from .._settings.remaining_methods import refuse_without_second_factor
from .._settings.setting_plan import CurrentSetting, DesiredSetting, SettingPlan
from . import (
    authentication_method_configuration,
    authentication_methods_policy,
    authorization_policy,
    mfa_registration_policy,
    per_user_mfa_setting,
    self_service_password_reset,
)
from .setting import Setting
from .settings_reader import SettingsReader
from .tenant_plan import Around

#: In the order in which they are written.
SETTINGS: dict[str, Setting] = {
    setting.noun: setting
    for setting in (
        authentication_method_configuration.SETTING,
        authentication_methods_policy.SETTING,
        authorization_policy.SETTING,
        mfa_registration_policy.SETTING,
        self_service_password_reset.SETTING,
        per_user_mfa_setting.SETTING,
    )
}

Wanted = t.Mapping[str, tuple[DesiredSetting, ...]]
Current = t.Mapping[str, tuple[CurrentSetting, ...]]


def setting_mentions(wanted: Wanted) -> list[NamedReference]:
    """Every group and user that the wanted settings name, with its option path."""
    return [
        mention
        for noun, desired in wanted.items()
        for one in desired
        for mention in mentions(SETTINGS[noun].options, one.content, prefix_of(one.option))
    ]


def read_settings(reader: SettingsReader, nouns: t.Iterable[str]) -> dict[str, tuple[CurrentSetting, ...]]:
    """The settings of the kinds *nouns*, each thing read once."""
    return {noun: SETTINGS[noun].read(reader) for noun in nouns}


def check_cloud_has(wanted: Wanted, cloud: str) -> None:
    """Raise OptionError when a setting is wanted that *cloud* does not have."""
    for noun, desired in wanted.items():
        if desired and cloud in SETTINGS[noun].clouds_without:
            raise OptionError(
                f"{desired[0].option or noun}: Microsoft's cloud {cloud} does not have the {SETTINGS[noun].label}.",
                remedy="Leave it out for tenants of this cloud.",
            )


def plan_settings(wanted: Wanted, existing: Current, identify: Identify) -> tuple[SettingPlan, ...]:
    """The plans for all wanted settings, with ids in place of names.

    Raises OptionError when a rule is broken or two mean the same, EntraError for what does not exist, and GuardRefused
    when nobody could meet a requirement of MFA any more.
    """
    plans: list[SettingPlan] = []
    for noun, setting in SETTINGS.items():
        for desired in wanted.get(noun, ()):
            content = identified(setting.options, desired.content, identify)
            plans.append(setting.plan(setting, replace(desired, content=content), existing[noun]))
    _check_plans_differ(plans)
    refuse_without_second_factor(plans, _methods(plans, existing))
    return tuple(plans)


def _methods(plans: t.Iterable[SettingPlan], existing: Current) -> tuple[CurrentSetting, ...]:
    """All methods as they are; they stand in the methods policy too."""
    policy = next((plan.current for plan in plans if plan.noun == authentication_methods_policy.NOUN), None)
    return existing.get(authentication_method_configuration.NOUN) or (
        authentication_method_configuration.current_methods(policy.raw, BETA) if policy else ()
    )


def _check_plans_differ(plans: t.Iterable[SettingPlan]) -> None:
    seen: dict[str, SettingPlan] = {}
    for plan in plans:
        twin = seen.setdefault(plan.key.lower(), plan)
        if twin is not plan:
            raise OptionError(
                f"{plan.desired.option}: {plan.name!r} already stands at {twin.desired.option}.",
                remedy="Remove one of the two.",
            )


def setting_phases(plans: t.Sequence[SettingPlan], api_version: str) -> Around:
    """What happens to settings before the policies are written, and what after."""
    changed = [plan for plan in plans if plan.is_changed]
    users = [plan for plan in changed if plan.noun == per_user_mfa_setting.NOUN]
    opening = [plan for plan in changed if SETTINGS[plan.noun].opens(plan)]
    turned_on = [plan for plan in users if plan in opening]
    covered = [plan for plan in users if plan not in opening]
    others = [plan for plan in changed if plan not in opening and plan not in covered]
    return Around(
        before=(
            _phase("open authentication methods", [plan for plan in opening if plan not in users], api_version),
            # Before policies go that ask these users for MFA.
            _phase("turn on per-user MFA", turned_on, api_version),
        ),
        after=(
            replace(_phase("change settings", others, api_version), stands_alone=True),
            # Only where every policy was written is it sure that they cover these users.
            replace(_phase("turn off per-user MFA", covered, api_version), is_tidying=True),
        ),
    )


def _phase(name: str, plans: t.Sequence[SettingPlan], api_version: str) -> Phase:
    return Phase(
        name,
        tuple(SETTINGS[plan.noun].action(SETTINGS[plan.noun], plan, api_version) for plan in plans),
        tuple(SETTINGS[plan.noun].expectation(plan) for plan in plans),
    )


def planned_settings(plans: t.Iterable[SettingPlan], existing: Current) -> dict[str, tuple[CurrentSetting, ...]]:
    """All settings as they will be."""
    planned = dict(existing)
    for plan in plans:
        others = tuple(one for one in planned[plan.noun] if one is not plan.current)
        planned[plan.noun] = (*_as_planned(plan), *others)
    return planned


def _as_planned(plan: SettingPlan) -> tuple[CurrentSetting, ...]:
    if plan.content is None:
        return ()
    if plan.current is not None:
        return (replace(plan.current, name=plan.name, content=plan.content),)
    return (CurrentSetting("", plan.name, plan.content, {}, plan.shape),)


def needed_tier(plan: SettingPlan) -> str:
    """The licence that a planned setting needs: free, p1 or p2."""
    return SETTINGS[plan.noun].tier(plan) if plan.is_changed else "free"


def read_permissions(wanted: Wanted) -> list[Requirement]:
    """What reading the wanted settings needs of an application."""
    return [need for noun, desired in wanted.items() if desired for need in SETTINGS[noun].read_permissions]


def write_permissions(plans: t.Iterable[SettingPlan]) -> list[Requirement]:
    """What carrying out *plans* needs of an application."""
    nouns = sorted({plan.noun for plan in plans if plan.is_changed})
    return [need for noun in nouns for need in SETTINGS[noun].write_permissions]
