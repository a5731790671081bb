# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The settings among the options of tenant_configuration, and among what it returns."""

from __future__ import annotations

import typing as t

from .._reconcile.shape import Json
from .._resources import (
    authentication_method_configuration,
    authentication_methods_policy,
    authorization_policy,
)
from .._resources.outcome import Outcome
from .._resources.setting_options import desired_methods, desired_setting, method_result, setting_result
from .._settings.setting_plan import DesiredSetting

_METHODS_OPTION = "authentication_method_configurations"
_SINGLE = {setting.noun: setting for setting in (authentication_methods_policy.SETTING, authorization_policy.SETTING)}


def desired_settings(given: t.Mapping[str, t.Any], api_version: str) -> dict[str, tuple[DesiredSetting, ...]]:
    """The wanted settings in the options that were given, by noun. Raises OptionError."""
    found: dict[str, tuple[DesiredSetting, ...]] = {
        noun: (desired_setting(setting, given[noun], noun, api_version),)
        for noun, setting in _SINGLE.items()
        if given.get(noun) is not None
    }
    if given.get(_METHODS_OPTION):
        found[authentication_method_configuration.NOUN] = desired_methods(
            given[_METHODS_OPTION], _METHODS_OPTION, api_version
        )
    return found


def settings_state(outcome: Outcome) -> Json:
    """The settings that were spoken of after the run, by option name."""
    state: Json = {}
    methods: list[Json] = []
    for plan in outcome.settings.plans:
        found = outcome.setting_of(plan)
        if found is not None and plan.noun in _SINGLE:
            state[plan.noun] = setting_result(found)
        elif found is not None and plan.noun == authentication_method_configuration.NOUN:
            methods.append(method_result(found))
    return {**state, **({_METHODS_OPTION: methods} if methods else {})}
