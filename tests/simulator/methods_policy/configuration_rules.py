# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of method configurations, one function a kind of method (facts section 4.2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..graph.call import GraphCall
from ..json_types import JsonObject
from .kinds import type_of
from .targets import missing_feature_targets, missing_targets

GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
LENGTHS = range(8, 49)
LIFETIMES = range(10, 43201)


class Bounded(NamedTuple):
    """A number and the values it may have."""

    name: str
    allowed: range


PASS_NUMBERS = (
    Bounded("defaultLength", LENGTHS),
    Bounded("defaultLifetimeInMinutes", LIFETIMES),
    Bounded("minimumLifetimeInMinutes", LIFETIMES),
    Bounded("maximumLifetimeInMinutes", LIFETIMES),
)
QR_CODE_NUMBERS = (Bounded("standardQRCodeLifetimeInDays", range(1, 396)), Bounded("pinLength", range(8, 21)))
Rule = Callable[[GraphCall, JsonObject], Iterator[str]]


def configuration_violations(call: GraphCall, configuration: JsonObject) -> Iterator[str]:
    """Yield what the service does not accept of a canonical configuration."""
    yield from _target_violations(call, configuration)
    rule = RULES.get(type_of(configuration))
    if rule is not None:
        yield from rule(call, configuration)


def _target_violations(call: GraphCall, configuration: JsonObject) -> Iterator[str]:
    refused = call.profile.enabled_method_without_targets == "refuse"
    if configuration["state"] == "enabled" and not configuration["includeTargets"] and refused:
        yield "includeTargets cannot be empty while the authentication method is enabled."
    yield from missing_targets(call, configuration["includeTargets"], configuration["excludeTargets"])


def _temporary_access_pass(_call: GraphCall, configuration: JsonObject) -> Iterator[str]:
    yield from _out_of_bounds(configuration, PASS_NUMBERS)
    lifetimes = [configuration[f"{name}LifetimeInMinutes"] for name in ("minimum", "default", "maximum")]
    if None not in lifetimes and lifetimes != sorted(lifetimes):
        yield "defaultLifetimeInMinutes must lie between minimumLifetimeInMinutes and maximumLifetimeInMinutes."


def _qr_code(_call: GraphCall, configuration: JsonObject) -> Iterator[str]:
    yield from _out_of_bounds(configuration, QR_CODE_NUMBERS)


def _authenticator(call: GraphCall, configuration: JsonObject) -> Iterator[str]:
    for feature in (configuration["featureSettings"] or {}).values():
        if feature:
            yield from missing_feature_targets(call, feature)


def _passkeys(_call: GraphCall, configuration: JsonObject) -> Iterator[str]:
    profiles = configuration["passkeyProfiles"]
    known = [profile["id"] for profile in profiles]
    if len(set(known)) != len(known):
        yield "passkeyProfiles holds the same id more than once."
    default = configuration["defaultPasskeyProfile"]
    if default and str(default).lower() not in known:
        yield f"defaultPasskeyProfile {default} is none of the passkey profiles."
    for target in configuration["includeTargets"]:
        for profile in set(target["allowedPasskeyProfiles"]) - set(known):
            yield f"allowedPasskeyProfiles holds {profile}, which is none of the passkey profiles."
    restrictions = [configuration["keyRestrictions"], *(profile["keyRestrictions"] for profile in profiles)]
    for restriction in filter(None, restrictions):
        for identifier in restriction["aaGuids"]:
            if not GUID.fullmatch(identifier):
                yield f"'{identifier}' in aaGuids is no GUID."


def _certificates(call: GraphCall, configuration: JsonObject) -> Iterator[str]:
    priorities = [binding["priority"] for binding in configuration["certificateUserBindings"]]
    if len(set(priorities)) != len(priorities):
        yield "certificateUserBindings must have different priorities."
    for scope in configuration["certificateAuthorityScopes"]:
        yield from missing_targets(call, scope["includeTargets"], [])


def _external(_call: GraphCall, configuration: JsonObject) -> Iterator[str]:
    if not GUID.fullmatch(configuration["appId"]):
        yield "appId must be the id of an application."
    if not str(configuration["openIdConnectSetting"]["discoveryUrl"]).startswith("https://"):
        yield "openIdConnectSetting.discoveryUrl must be an https address."


def _out_of_bounds(configuration: JsonObject, bounds: tuple[Bounded, ...]) -> Iterator[str]:
    for name, allowed in bounds:
        value = configuration[name]
        if value is not None and value not in allowed:
            yield f"{name} must be between {allowed.start} and {allowed.stop - 1}."


RULES: dict[str, Rule] = {
    "temporaryAccessPassAuthenticationMethodConfiguration": _temporary_access_pass,
    "qrCodePinAuthenticationMethodConfiguration": _qr_code,
    "microsoftAuthenticatorAuthenticationMethodConfiguration": _authenticator,
    "fido2AuthenticationMethodConfiguration": _passkeys,
    "x509CertificateAuthenticationMethodConfiguration": _certificates,
    "externalAuthenticationMethodConfiguration": _external,
}
