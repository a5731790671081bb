# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the role's variables have the form that they are read in. Private to this collection.

Most plays check their variables first. The audit of many tenants checks those of one of them, so what another tenant
has of its own is refused here.
"""

from __future__ import annotations

import typing as t

from ansible.module_utils.parsing.convert_bool import boolean

from ansible_collections.m365.entra.plugins.module_utils._policy.template_catalogue import PROFILES

_SWITCHES = ("enabled", "enforce", "administrators")
_PARTS = ("conditions", "conditions.users", "rollout")


def choice_problems(license_tier: str, tiers: t.Sequence[str], profile: str) -> list[str]:
    """What is wrong with the variables that choose a baseline."""
    chosen = {
        "signin_baseline_license_tier": (license_tier, ("auto", *tiers)),
        "signin_baseline_profile": (profile, PROFILES),
    }
    return [
        f"{variable}: {value!r} is none of {', '.join(choices)}."
        for variable, (value, choices) in chosen.items()
        if value not in choices
    ]


def policy_problems(given: t.Any, variable: str) -> list[str]:
    """What is wrong with the form of settings of policies by key, which *variable* holds."""
    if not isinstance(given, t.Mapping):
        return [f"{variable}: a dictionary of settings by the keys of policies is expected."]
    return [
        text
        for key, settings in given.items()
        if settings is not None
        for text in _setting_problems(settings, f"{variable}.{key}")
    ]


def _setting_problems(settings: t.Any, where: str) -> list[str]:
    if not isinstance(settings, t.Mapping):
        return [f"{where}: a dictionary of settings is expected; enabled: false switches a policy off."]
    switches = [name for name in _SWITCHES if name in settings and not _is_switch(settings[name])]
    wrong = [part for part in _PARTS if not isinstance(_part(settings, part), t.Mapping)]
    # What is wrong around a part says enough.
    return [
        *(f"{where}.{name}: {settings[name]!r} is neither true nor false." for name in switches),
        *(f"{where}.{part}: a dictionary is expected." for part in wrong[:1]),
    ]


def _is_switch(value: t.Any) -> bool:
    try:
        boolean(value)
    except TypeError:
        return False
    return True


def _part(settings: t.Any, path: str) -> t.Any:
    found = settings
    for name in path.split("."):
        found = found.get(name) or {} if isinstance(found, t.Mapping) else found
    return found
