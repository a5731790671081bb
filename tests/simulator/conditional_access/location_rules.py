# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules for the content of named locations (facts section 3.1)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable

from ..json_types import JsonObject

MAXIMUM_RANGES = 2000
SHORTEST_PREFIX = 8
COUNTRY_CODE = re.compile(r"[A-Z]{2}")


def first_violation(location: JsonObject) -> str | None:
    """Return the text of the first rule that a canonical location breaks, or None."""
    rules = (_name_is_given, _ranges_are_valid, _countries_are_valid)
    return next((text for rule in rules if (text := rule(location)) is not None), None)


def _name_is_given(location: JsonObject) -> str | None:
    return None if location["displayName"] else "'displayName' is required for a named location."


def _ranges_are_valid(location: JsonObject) -> str | None:
    if "ipRanges" not in location:
        return None
    ranges = location["ipRanges"]
    if not 1 <= len(ranges) <= MAXIMUM_RANGES:
        return f"'ipRanges' must hold 1 to {MAXIMUM_RANGES} ranges."
    return next((text for item in ranges if (text := _range_violation(item)) is not None), None)


def _range_violation(item: JsonObject) -> str | None:
    parsers: dict[str, Callable[[str], ipaddress.IPv4Network | ipaddress.IPv6Network]] = {
        "#microsoft.graph.iPv4CidrRange": lambda text: ipaddress.IPv4Network(text, strict=False),
        "#microsoft.graph.iPv6CidrRange": lambda text: ipaddress.IPv6Network(text, strict=False),
    }
    parse = parsers.get(item.get("@odata.type", ""))
    if parse is None:
        return "'ipRanges' must hold objects of the type iPv4CidrRange or iPv6CidrRange."
    address = str(item["cidrAddress"])
    try:
        network = parse(address)
    except ValueError:
        return f"'{address}' is no address range of its type."
    if network.prefixlen <= SHORTEST_PREFIX:
        return f"'{address}' is too large; only masks longer than /{SHORTEST_PREFIX} are allowed."
    return None


def _countries_are_valid(location: JsonObject) -> str | None:
    if "countriesAndRegions" not in location:
        return None
    countries = location["countriesAndRegions"]
    if not countries and not location["includeUnknownCountriesAndRegions"]:
        return "'countriesAndRegions' must hold at least one country."
    wrong = [code for code in countries if not COUNTRY_CODE.fullmatch(code)]
    return f"'{wrong[0]}' is no two-letter country code in upper case." if wrong else None
