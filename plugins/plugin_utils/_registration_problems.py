# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be wrong with the settings of MFA registration and password reset, before a tenant is asked. Private."""

from __future__ import annotations

import typing as t

from ansible_collections.m365.entra.plugins.module_utils._graph.portal_connection import CREDENTIALS
from ansible_collections.m365.entra.plugins.module_utils._spec.setting_options import (
    EVIDENCE,
    MFA_REGISTRATION,
    PASSWORD_RESET,
    PORTAL_LANE,
    TENANT_SETTINGS,
)

Settings: t.TypeAlias = t.Mapping[str, t.Any]
#: The type of each setting by its name, "dict", "list" or another.
Form: t.TypeAlias = t.Mapping[str, str]

MFA_REGISTRATION_POLICY = "mfa_registration_policy"
SELF_SERVICE_PASSWORD_RESET = "self_service_password_reset"

#: The tiers with the licence for each policy (facts sections 5.2 and 6.3).
LANE_TIERS = {MFA_REGISTRATION_POLICY: ("p2",), SELF_SERVICE_PASSWORD_RESET: ("p1", "p2")}
_NEEDS = {MFA_REGISTRATION_POLICY: "Microsoft Entra ID P2", SELF_SERVICE_PASSWORD_RESET: "Microsoft Entra ID P1"}
_OPTIONS = {MFA_REGISTRATION_POLICY: MFA_REGISTRATION, SELF_SERVICE_PASSWORD_RESET: PASSWORD_RESET}

_PARTS = (
    "authentication_methods_policy",
    "authentication_method_configurations",
    MFA_REGISTRATION_POLICY,
    "per_user_mfa",
)
# They say how a policy is judged, not what is wanted of it.
_AROUND_THE_POLICY = ("lane", "on_noncompliant", "on_unknown", "attestation", "read_audit_log")
_TYPES: dict[str, tuple[type, str]] = {"dict": (dict, "a dictionary"), "list": (list, "a list")}


def mfa_registration_form() -> Form:
    """Return the settings of MFA registration."""
    return {"enabled": "bool", **{name: TENANT_SETTINGS.options[name]["type"] for name in _PARTS}}


def password_reset_form() -> Form:
    """Return the settings of password reset: those of the module."""
    return {"enabled": "bool", **{name: option["type"] for name, option in PASSWORD_RESET.items()}}


def form_problems(form: Form, settings: Settings, variable: str) -> list[str]:
    """Return which settings do not exist or have the wrong type."""
    problems = []
    unknown = sorted(set(settings) - set(form))
    if unknown:
        problems.append(f"{variable}: unknown setting {', '.join(unknown)}. Known are: {', '.join(sorted(form))}.")
    for name, value in settings.items():
        kind, called = _TYPES.get(form.get(name, ""), (object, ""))
        if value is not None and not isinstance(value, kind):
            problems.append(f"{variable}: {name} must be {called}, or null to leave it alone.")
    return problems


def lane_of(wanted: Settings | None) -> str:
    """Return the lane in which a policy is wanted."""
    return str((wanted or {}).get("lane") or EVIDENCE)


def is_wanted(noun: str, options: Settings | None) -> bool:
    """Return whether the options of a policy say anything of the policy itself."""
    own = set(_OPTIONS[noun]) - set(_AROUND_THE_POLICY)
    return any((options or {}).get(name) is not None for name in own)


def portal_problems(wanted: Settings | None, noun: str, variable: str, tier: str, has_credential: bool) -> list[str]:
    """Return what stands in the way of the lane portal, where it is asked for."""
    if lane_of(wanted) != PORTAL_LANE:
        return []
    problems = []
    if not has_credential:
        problems.append(
            f"{variable}: {noun} is wanted by lane portal, and entra_portal holds no credential of a person. Set "
            f"one of {', '.join(f'entra_portal.{name}' for name in CREDENTIALS)} (m365.entra.portal_sign_in obtains "
            "it), or choose lane evidence."
        )
    if tier not in LANE_TIERS[noun]:
        problems.append(
            f"{variable}: {noun} is wanted by lane portal, but needs {_NEEDS[noun]}, and the tier applied is {tier}. "
            "Choose lane evidence for this tenant, or switch it off with enabled: false."
        )
    return problems


def not_licensed(noun: str, tier: str) -> str:
    """Return why a tier is asked nothing of a policy."""
    return f"{noun}: not asked for, because it needs {_NEEDS[noun]}, and the tier applied is {tier}."
