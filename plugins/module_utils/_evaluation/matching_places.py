# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a policy's locations include where a sign-in comes from (facts sections 2.5 and 3.1)."""

from __future__ import annotations

import functools
import ipaddress
import typing as t
from dataclasses import dataclass, field

from .._directory.well_known import LOCATIONS
from .._reconcile.shape import Json
from .matching_conditions import NOTHING_INCLUDED
from .sign_in import UNKNOWN_COUNTRY, Place
from .truth import NO, YES, Truth, any_of, told, untold

MFA_TRUSTED_IPS = LOCATIONS["MFA trusted IPs"]

ADDRESS = "ip_address"
COUNTRY = "country"
NAMED = "locations"

_ANYWHERE = "All"
_TRUSTED = "AllTrusted"


@dataclass(frozen=True)
class Locations:
    """A tenant's named locations: canonical ones by id, and the legacy *mfa_trusted_ips*, which no API can read.

    None for the latter means that nobody said whether there are any.
    """

    by_id: t.Mapping[str, Json] = field(default_factory=dict)
    mfa_trusted_ips: tuple[str, ...] | None = None


def is_among_places(listed: Json, place: Place, known: Locations) -> Truth:
    """Whether the canonical conditions.locations of a policy hold for *place*."""
    if not listed.get("includeLocations"):
        return untold(NOTHING_INCLUDED)
    return _is_in_one(listed["includeLocations"], place, known).but_not(
        _is_in_one(listed.get("excludeLocations") or [], place, known)
    )


def _is_in_one(listed: t.Sequence[str], place: Place, known: Locations) -> Truth:
    return any_of(_is_in(one, place, known) for one in listed)


def _is_in(listed: str, place: Place, known: Locations) -> Truth:
    if listed == _ANYWHERE:
        return YES
    if listed == _TRUSTED:
        return _is_trusted(place, known)
    if place.locations is not None:
        return told(listed in place.locations)
    if listed == MFA_TRUSTED_IPS:
        return _is_in_ranges(known.mfa_trusted_ips, place)
    return _is_in_location(known.by_id.get(listed), place)


def _is_trusted(place: Place, known: Locations) -> Truth:
    """Trusted are the locations that are marked so, and the legacy trusted addresses where these were said."""
    if place.is_trusted is not None:
        return told(place.is_trusted)
    marked = [identifier for identifier, location in known.by_id.items() if location.get("isTrusted")]
    legacy = [] if known.mfa_trusted_ips is None and place.locations is None else [MFA_TRUSTED_IPS]
    return _is_in_one([*marked, *legacy], place, known)


def _is_in_location(location: Json | None, place: Place) -> Truth:
    if location is not None and "ipRanges" in location:
        return _is_in_ranges(location["ipRanges"], place)
    if location is not None and "countriesAndRegions" in location:
        return _is_in_countries(location, place)
    return untold(NAMED)  # a location of a kind that nobody can compute, or one that is gone


def _is_in_ranges(ranges: t.Sequence[str] | None, place: Place) -> Truth:
    if ranges is None:
        return untold(NAMED)
    if place.ip_address is None:
        return untold(ADDRESS) if ranges else NO
    return told(_contains(tuple(ranges), place.ip_address))


# A location may hold 2000 ranges, and all policies ask for the same few locations.
@functools.lru_cache(maxsize=1024)
def _contains(ranges: tuple[str, ...], address: str) -> bool:
    wanted = ipaddress.ip_address(address)
    return any(wanted in ipaddress.ip_network(one, strict=False) for one in ranges)


def _is_in_countries(location: Json, place: Place) -> Truth:
    """A location by GPS asks the phone and not the address, so that only its name can say that somebody is there."""
    if location.get("countryLookupMethod") == "authenticatorAppGps":
        return untold(NAMED)
    if place.country is None:
        return untold(COUNTRY)
    if place.country == UNKNOWN_COUNTRY:
        return told(bool(location.get("includeUnknownCountriesAndRegions")))
    return told(place.country.upper() in location["countriesAndRegions"])
