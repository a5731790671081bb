# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules for the content of named locations (facts section 3.1)."""

from __future__ import annotations

import re

from ..json_types import JsonObject
from ..profile import Profile
from .address_ranges import CIDR_TYPES, has_host_bits, network_of

MAXIMUM_RANGES = 2000
SHORTEST_PREFIX = 8
COUNTRY_CODE = re.compile(r"[A-Z]{2}")


def first_violation(location: JsonObject, profile: Profile) -> str | None:
    """Return the text of the first rule that a canonical location breaks, or None."""
    rules = (_name_is_given, _ranges_are_valid, _countries_are_valid, _method_exists_in_the_cloud)
    return next((text for rule in rules if (text := rule(location, profile)) is not None), None)


def _name_is_given(location: JsonObject, _profile: Profile) -> str | None:
    return None if location["displayName"] else "'displayName' is required for a named location."


def _ranges_are_valid(location: JsonObject, profile: Profile) -> str | None:
    if "ipRanges" not in location:
        return None
    ranges = location["ipRanges"]
    if not 1 <= len(ranges) <= MAXIMUM_RANGES:
        return f"'ipRanges' must hold 1 to {MAXIMUM_RANGES} ranges."
    return next((text for item in ranges if (text := _range_violation(item, profile)) is not None), None)


def _range_violation(item: JsonObject, profile: Profile) -> str | None:
    address = str(item.get("cidrAddress"))
    if item.get("@odata.type") not in CIDR_TYPES:
        return "'ipRanges' must hold objects of the type iPv4CidrRange or iPv6CidrRange."
    network = network_of(item)
    if network is None:
        return f"'{address}' is no address range of its type."
    if network.prefixlen <= SHORTEST_PREFIX:
        return f"'{address}' is too large; only masks longer than /{SHORTEST_PREFIX} are allowed."
    if profile.cidr_host_bits == "refuse" and has_host_bits(item):
        return f"'{address}' has bits set behind its mask; the range is {network}."
    return None


def _countries_are_valid(location: JsonObject, _profile: Profile) -> str | None:
    if "countriesAndRegions" not in location:
        return None
    countries = location["countriesAndRegions"]
    if not countries and not location["includeUnknownCountriesAndRegions"]:
        return "'countriesAndRegions' must hold at least one country."
    wrong = [code for code in countries if not COUNTRY_CODE.fullmatch(code)]
    return f"'{wrong[0]}' is no two-letter country code in upper case." if wrong else None


def _method_exists_in_the_cloud(location: JsonObject, profile: Profile) -> str | None:
    by_phone = location.get("countryLookupMethod") == "authenticatorAppGps"
    if by_phone and profile.cloud.startswith("us_government"):
        return "'countryLookupMethod' authenticatorAppGps is not supported in US Government clouds."
    return None
