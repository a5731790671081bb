# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether the conditions of a policy that ask for one detail each hold (facts section 2.5)."""

from __future__ import annotations

import typing as t

from .._reconcile.shape import Json
from .device_properties import OPTIONS, known_property
from .filter_match import Known, LookUp, is_selected
from .filter_tokens import UnreadableRule
from .sign_in import Device, SignIn, WorkloadIdentity
from .truth import NO, YES, Truth, all_of, told, untold

NOTHING_INCLUDED = "a policy with exclusions and nothing included is not evaluated here"

_EVERY = "all"
_PREFIX = "device."


def is_one_of(wanted: t.Sequence[str] | None, value: str | None, missing: str) -> Truth:
    """Whether *value* is among *wanted*; a condition that names none holds always."""
    if not wanted or _EVERY in wanted:
        return YES
    return untold(missing) if value is None else told(value in wanted)


def is_on_platform(platforms: Json | None, value: str | None) -> Truth:
    """Whether the canonical conditions.platforms hold for a device platform."""
    if not platforms:
        return YES
    included, excluded = platforms.get("includePlatforms"), platforms.get("excludePlatforms")
    if not included:
        return untold(NOTHING_INCLUDED)
    return is_one_of(included, value, "device_platform").but_not(
        is_one_of(excluded, value, "device_platform") if excluded else NO
    )


def is_such_a_device(devices: Json | None, device: Device) -> Truth:
    """Whether the canonical conditions.devices hold for a device."""
    filter_ = (devices or {}).get("deviceFilter")
    if not filter_:
        return YES
    look_up = property_of(device)
    if filter_.get("mode") == "exclude":
        return is_selected(filter_, "exclude", look_up).negated()
    return is_selected(filter_, "include", look_up)


def property_of(device: Device) -> LookUp:
    """Look up a device's properties by their names in a rule, without regard to case."""

    def look_up(name: str) -> Known | Truth:
        prefix, wanted = name[: len(_PREFIX)], known_property(name[len(_PREFIX) :])
        if prefix.lower() != _PREFIX or wanted is None:
            raise UnreadableRule(f"{name!r} is no property of a device")
        if device.is_registered is False:
            return Known(None)
        known = device.properties
        return Known(known[wanted]) if wanted in known else untold(f"{_PREFIX}{OPTIONS[wanted]}")

    return look_up


def has_sign_in_risk(conditions: Json, sign_in: SignIn) -> Truth:
    """Whether the risk of the sign-in, or of the service principal, is one that the policy is for."""
    risks = sign_in.risks
    of_workload = is_one_of(
        conditions.get("servicePrincipalRiskLevels"), risks.service_principal, "service_principal_risk_level"
    )
    if isinstance(sign_in.identity, WorkloadIdentity):
        return all_of((of_workload, told(not conditions.get("signInRiskLevels"))))
    of_user = is_one_of(conditions.get("signInRiskLevels"), risks.sign_in, "sign_in_risk_level")
    return all_of((of_user, told(not conditions.get("servicePrincipalRiskLevels"))))


def has_user_risk(conditions: Json, sign_in: SignIn) -> Truth:
    """Whether the user's risk is one that the policy is for; a service principal has none."""
    if isinstance(sign_in.identity, WorkloadIdentity):
        return told(not conditions.get("userRiskLevels"))
    return is_one_of(conditions.get("userRiskLevels"), sign_in.risks.user, "user_risk_level")


def has_insider_risk(conditions: Json, sign_in: SignIn) -> Truth:
    """Whether the user's insider risk is one that the policy is for; a service principal has none."""
    if isinstance(sign_in.identity, WorkloadIdentity):
        return told(not conditions.get("insiderRiskLevels"))
    return is_one_of(conditions.get("insiderRiskLevels"), sign_in.risks.insider, "insider_risk_level")


def is_by_flow(flows: Json | None, sign_in: SignIn) -> Truth:
    """Whether the sign-in transfers authentication in a way that the policy is for."""
    return is_one_of((flows or {}).get("transferMethods"), sign_in.authentication_flow, "authentication_flow")


def has_nothing_unknown(conditions: Json, *names: str) -> Truth:
    """Cannot be told where the policy has conditions of *names*, which nothing here evaluates."""
    return all_of(untold(f"the condition {name}") for name in names if conditions.get(name))
