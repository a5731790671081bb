# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules for a whole authentication strength (facts section 3.2)."""

from __future__ import annotations

import re
import typing as t

from .._reconcile.fault import Fault, refuse_faults
from .._reconcile.shape import Json
from .strength_shape import MODES, configuration_type, key_of_limit

_LONGEST_NAME = 30
_MOST_CERTIFICATE_LIMITS = 5
_KEY_IDENTIFIER = re.compile(r"[0-9a-f]{40}")
_NAME = "display_name"
_COMBINATIONS = "allowed_combinations"
_CONFIGURATIONS = "combination_configurations"


def check_strength(content: Json, option: str) -> None:
    """Raise OptionError that names every rule that a wanted strength breaks."""
    refuse_faults(
        [*_name_faults(content), *_combination_faults(content), *_twice(content), *_limit_faults(content)], option
    )


def _name_faults(content: Json) -> t.Iterator[Fault]:
    name = content["displayName"] or ""
    if not name:
        yield Fault(_NAME, "an authentication strength needs a name", "Give one.")
    elif len(name) > _LONGEST_NAME:
        yield Fault(_NAME, f"a name has at most {_LONGEST_NAME} characters", "Shorten it.")


def _combination_faults(content: Json) -> t.Iterator[Fault]:
    if not content["allowedCombinations"]:
        yield Fault(_COMBINATIONS, "an authentication strength needs combinations", "Give at least one, e.g. fido2.")
    for combination in content["allowedCombinations"]:
        for method in combination.split(","):
            if method not in MODES:
                known = ", ".join(MODES)
                yield Fault(_COMBINATIONS, f"{method!r} is no authentication method", f"Choose among {known}.")


def _twice(content: Json) -> t.Iterator[Fault]:
    keys = [key_of_limit(one) for one in content["combinationConfigurations"]]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield Fault(_CONFIGURATIONS, f"two entries speak of {key}", "Make one of them.")


def _limit_faults(content: Json) -> t.Iterator[Fault]:
    for configuration in content["combinationConfigurations"]:
        yield from _applies_faults(configuration, content)
        if configuration_type(configuration).endswith("fido2CombinationConfiguration"):
            yield from _key_faults(configuration)
        else:
            yield from _certificate_faults(configuration)


def _applies_faults(configuration: Json, content: Json) -> t.Iterator[Fault]:
    path = f"{_CONFIGURATIONS}.applies_to_combinations"
    if not configuration["appliesToCombinations"]:
        yield Fault(path, "a limit needs combinations that it speaks of", "Give them, e.g. fido2.")
    for one in configuration["appliesToCombinations"]:
        if one not in content["allowedCombinations"]:
            yield Fault(path, f"{one!r} is not among allowed_combinations", "Allow it, or take the limit away.")


def _key_faults(configuration: Json) -> t.Iterator[Fault]:
    path = f"{_CONFIGURATIONS}.allowed_aaguids"
    if configuration["appliesToCombinations"] not in ([], ["fido2"]):
        yield Fault(path, "only fido2 and certificates can be limited", "Give applies_to_combinations: [fido2].")
    if configuration["allowedIssuerSkis"] or configuration["allowedPolicyOIDs"] or not configuration["allowedAAGUIDs"]:
        yield Fault(path, "fido2 is limited by allowed_aaguids and by nothing else", "Give the models of keys.")


def _certificate_faults(configuration: Json) -> t.Iterator[Fault]:
    issuers, policies = f"{_CONFIGURATIONS}.allowed_issuer_skis", f"{_CONFIGURATIONS}.allowed_policy_oids"
    limits = ((issuers, configuration["allowedIssuerSkis"]), (policies, configuration["allowedPolicyOIDs"]))
    if configuration["allowedAAGUIDs"] or not any(values for _path, values in limits):
        yield Fault(
            issuers,
            "certificates are limited by allowed_issuer_skis or allowed_policy_oids and by nothing else",
            "Give one of them.",
        )
    for path, values in limits:
        if len(values) > _MOST_CERTIFICATE_LIMITS:
            yield Fault(path, f"at most {_MOST_CERTIFICATE_LIMITS} values are possible", "Leave some out.")
    for one in configuration["allowedIssuerSkis"]:
        if not _KEY_IDENTIFIER.fullmatch(one):
            yield Fault(issuers, f"{one!r} is no subject key identifier", "Write its 40 hexadecimal digits.")
