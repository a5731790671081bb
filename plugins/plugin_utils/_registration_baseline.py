# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the baseline means for MFA registration and password reset, as options of tenant_configuration. Private."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ansible.module_utils.parsing.convert_bool import boolean
from ansible.utils.vars import merge_hash

from ansible_collections.m365.entra.plugins.module_utils._graph.portal_connection import CREDENTIALS
from ansible_collections.m365.entra.plugins.module_utils._spec.setting_options import EVIDENCE, PORTAL_LANE
from ansible_collections.m365.entra.plugins.plugin_utils._registration_problems import (
    LANE_TIERS,
    MFA_REGISTRATION_POLICY,
    SELF_SERVICE_PASSWORD_RESET,
    form_problems,
    is_wanted,
    lane_of,
    mfa_registration_form,
    not_licensed,
    password_reset_form,
    portal_problems,
)

Settings: t.TypeAlias = t.Mapping[str, t.Any]
Options: t.TypeAlias = dict[str, t.Any]

MODERN = "modern"
METHODS_POLICY = "authentication_methods_policy"
# Each with the words in which a note speaks of it: they have no report-only, so that staging leaves them alone.
WRITTEN = {
    METHODS_POLICY: "The authentication methods policy with its registration campaign",
    "authentication_method_configurations": "The authentication methods",
    "per_user_mfa": "MFA that is switched on for single users",
}
CLOUDS_WITHOUT_CAMPAIGN = ("china",)

PASSWORD_RESET_MEANING: dict[str, Options] = {
    # What the audit log shows decides nothing, and a run over many tenants counts its requests.
    "seed_2021": {"read_audit_log": False, "enablement_type": "all"},
    MODERN: {
        "read_audit_log": False,
        "enablement_type": "all",
        "number_of_authentication_methods_required": 2,
        "registration_required_on_sign_in": True,
        "registration_reconfirm_interval_in_days": 180,
        "notify_users_on_password_reset": True,
        "notify_on_admin_password_reset": True,
    },
}


@dataclass(frozen=True)
class Circumstances:
    """What decides, apart from the settings themselves, what the baseline means for one tenant."""

    tier: str
    profile: str = MODERN
    enforce: bool = False
    cloud: str = "global"
    emergency_access_users: t.Sequence[str] = ()
    emergency_access_groups: t.Sequence[str] = ()
    has_portal_credential: bool = False
    # What a note names as the consent to write.
    enforce_variable: str = "signin_baseline_enforce"


@dataclass(frozen=True)
class Registration:
    """Options of tenant_configuration, what is left alone and why (notes), and what stands in the way (problems)."""

    options: Options = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    def joined(self, other: Registration) -> Registration:
        """Return both together."""
        return Registration({**self.options, **other.options}, self.notes + other.notes, self.problems + other.problems)


def mfa_registration(settings: Settings, variable: str, circumstances: Circumstances) -> Registration:
    """Return what the settings of MFA registration amount to, laid over what the profile means for the tier.

    `variable` is what problems call the settings. A part that the settings set to null is left alone.
    """
    problems = form_problems(mfa_registration_form(), settings, variable)
    if problems or not is_enabled(settings):
        return Registration(problems=tuple(problems))
    chosen = {name: value for name, value in settings.items() if name != "enabled"}
    parts = merge_hash(mfa_registration_meaning(circumstances, chosen), chosen)
    written, notes = written_parts({name: parts.get(name) for name in WRITTEN}, circumstances)
    if circumstances.profile == MODERN and circumstances.cloud in CLOUDS_WITHOUT_CAMPAIGN:
        notes.append(f"Microsoft's cloud {circumstances.cloud} has no registration campaign.")
    policy = verdict(parts.get(MFA_REGISTRATION_POLICY), MFA_REGISTRATION_POLICY, variable, circumstances)
    return Registration(written, tuple(notes)).joined(policy)


def self_service_password_reset(settings: Settings, variable: str, circumstances: Circumstances) -> Registration:
    """Return what the settings of password reset amount to, laid over what the profile means for the tier."""
    problems = form_problems(password_reset_form(), settings, variable)
    if problems or not is_enabled(settings):
        return Registration(problems=tuple(problems))
    chosen = {name: value for name, value in settings.items() if name != "enabled"}
    meaning = (
        PASSWORD_RESET_MEANING[circumstances.profile] if can_hold(SELF_SERVICE_PASSWORD_RESET, circumstances) else {}
    )
    return verdict(merge_hash(meaning, chosen), SELF_SERVICE_PASSWORD_RESET, variable, circumstances)


def has_credential(portal: Settings | None) -> bool:
    """Return whether the connection of the portal holds a person's credential.

    What has another form holds none; the task that takes it says what is wrong with it.
    """
    return isinstance(portal, t.Mapping) and any(portal.get(name) for name in CREDENTIALS)


def is_enabled(settings: Settings) -> bool:
    """Return whether the part of the baseline is switched on."""
    return bool(boolean(settings.get("enabled", True)))


def can_hold(noun: str, circumstances: Circumstances) -> bool:
    """Return whether the applied tier is licensed for one of the two policies."""
    return circumstances.tier in LANE_TIERS[noun]


def mfa_registration_meaning(circumstances: Circumstances, chosen: Settings) -> Options:
    """Return what the profile means for MFA registration in these circumstances."""
    meaning: Options = {}
    if can_hold(MFA_REGISTRATION_POLICY, circumstances):
        meaning[MFA_REGISTRATION_POLICY] = {
            "is_enabled": True,
            "include_all_users": True,
            **excluded_groups(circumstances, lane_of(chosen.get(MFA_REGISTRATION_POLICY))),
        }
    if circumstances.profile == MODERN and circumstances.cloud not in CLOUDS_WITHOUT_CAMPAIGN:
        meaning[METHODS_POLICY] = campaign(circumstances)
    return meaning


def excluded_groups(circumstances: Circumstances, lane: str) -> Options:
    """Return that the groups of emergency access accounts are excluded; the portal's policy knows groups alone.

    A write only adds them, so that whom somebody else excluded stays excluded.
    """
    groups = list(circumstances.emergency_access_groups)
    if not groups:
        return {}
    return {"exclude_groups": {"add": groups} if lane == PORTAL_LANE and circumstances.enforce else groups}


def campaign(circumstances: Circumstances) -> Options:
    """Return the registration campaign, switched on for all that it targets but the emergency access accounts."""
    excluded: list[str | Options] = list(circumstances.emergency_access_groups)
    excluded += [{"id": user, "target_type": "user"} for user in circumstances.emergency_access_users]
    wanted: Options = {"state": "enabled", **({"exclude_targets": {"add": excluded}} if excluded else {})}
    return {"registration_enforcement": {"authentication_methods_registration_campaign": wanted}}


def written_parts(parts: Settings, circumstances: Circumstances) -> tuple[Options, list[str]]:
    """Return what is written, and a note for each part that waits for the consent to write."""
    wanted = {name: value for name, value in parts.items() if value is not None}
    if circumstances.enforce:
        return wanted, []
    return {}, [
        f"{WRITTEN[name]}: left alone until {circumstances.enforce_variable} is true, as there is no report-only."
        for name in wanted
    ]


def verdict(wanted: Settings | None, noun: str, variable: str, circumstances: Circumstances) -> Registration:
    """Return what is asked of one of the two policies without a supported interface.

    Without the consent to write, the lane portal becomes evidence, so that staging sends no write there either.
    """
    problems = tuple(portal_problems(wanted, noun, variable, circumstances.tier, circumstances.has_portal_credential))
    if wanted is None or not is_wanted(noun, wanted):
        licensed = can_hold(noun, circumstances)
        return Registration(notes=() if licensed else (not_licensed(noun, circumstances.tier),), problems=problems)
    if lane_of(wanted) != PORTAL_LANE or circumstances.enforce:
        return Registration({noun: dict(wanted)}, problems=problems)
    note = f"{noun}: judged by evidence, and written by the portal once {circumstances.enforce_variable} is true."
    return Registration({noun: {**wanted, "lane": EVIDENCE}}, (note,), problems)
