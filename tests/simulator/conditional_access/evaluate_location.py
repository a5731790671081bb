# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a sign-in comes from where a policy is for (facts section 3.1)."""

from __future__ import annotations

import ipaddress

from ..json_types import JsonObject
from .evaluate_request import SignInRequest

MFA_TRUSTED_IPS = "00000000-0000-0000-0000-000000000000"


def location_matches(locations: JsonObject | None, sign_in: SignInRequest) -> bool | None:
    """Return whether a policy's locations hold; None where the sign-in does not say what it takes."""
    if locations is None:
        return True
    included = _in_any(locations["includeLocations"], sign_in)
    excluded = _in_any(locations["excludeLocations"], sign_in)
    if included is False or excluded is True:
        return False
    return None if None in (included, excluded) else True


def _in_any(listed: list[str], sign_in: SignInRequest) -> bool | None:
    answers = {_is_in(item, sign_in) for item in listed}
    return True if True in answers else None if None in answers else False


def _is_in(listed: str, sign_in: SignInRequest) -> bool | None:
    """The legacy trusted addresses of a simulated tenant are none; a location that is gone holds nobody."""
    match listed:
        case "All":
            return True
        case "AllTrusted":
            trusted = [name for name, location in sign_in.locations.items() if location.get("isTrusted")]
            return _in_any(trusted, sign_in)
        case _ if listed == MFA_TRUSTED_IPS:
            return False
    location = sign_in.locations.get(listed.lower())
    if location is None:
        return None
    if "ipRanges" in location:
        return _has_address(location["ipRanges"], sign_in.conditions.get("ipAddress"))
    if "countriesAndRegions" in location:
        return _has_country(location, sign_in.conditions.get("country"))
    return None


def _has_address(ranges: list[JsonObject], address: str | None) -> bool | None:
    if address is None:
        return None
    own = ipaddress.ip_address(address)
    networks = (ipaddress.ip_network(item["cidrAddress"], strict=False) for item in ranges if "cidrAddress" in item)
    return any(network.version == own.version and own in network for network in networks)


def _has_country(location: JsonObject, country: str | None) -> bool | None:
    """The place of the phone, which a location by GPS asks for, cannot be said in a request."""
    if country is None or location["countryLookupMethod"] == "authenticatorAppGps":
        return None
    return country.upper() in location["countriesAndRegions"]
