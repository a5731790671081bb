# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The resource named location: IP ranges or countries that policies refer to (facts section 3.1)."""

from __future__ import annotations

import ipaddress
import re
import typing as t

from .._guard.cloud_capabilities import check_country_lookup_in_cloud
from .._guard.permissions import READ_POLICIES, WRITE_POLICIES
from .._reconcile.fault import Fault, refuse_faults
from .._reconcile.object_plan import ObjectPlan
from .._reconcile.shape import Choice, CidrRanges, Flag, Json, Part, Text, TextSet
from .declaration import Resource

NOUN = "named_location"
COUNTRY_LOOKUP_METHODS = ("clientIpAddress", "authenticatorAppGps")

_MOST_RANGES = 2000
_WIDEST_PREFIX = 8
_MOST_IP_LOCATIONS = 195
_RANGES = "ip_ranges"
_COUNTRIES = "countries_and_regions"
_COUNTRY = re.compile(r"[A-Z]{2}")


def _type(name: str) -> str:
    return f"#microsoft.graph.{name}"


IP_LOCATION = Part(
    "ipNamedLocation",
    (Text("displayName"), CidrRanges("ipRanges"), Flag("isTrusted", nullable=False)),
    odata_type=lambda value: _type("ipNamedLocation"),
)
COUNTRY_LOCATION = Part(
    "countryNamedLocation",
    (
        Text("displayName"),
        TextSet("countriesAndRegions", upper=True),
        Flag("includeUnknownCountriesAndRegions", nullable=False),
        Choice("countryLookupMethod", COUNTRY_LOOKUP_METHODS, COUNTRY_LOOKUP_METHODS[0]),
    ),
    odata_type=lambda value: _type("countryNamedLocation"),
)
OPTIONS = Part(NOUN, (*IP_LOCATION.fields, *COUNTRY_LOCATION.fields[1:]))
# Compliant network locations and whatever else there will be: known by name, never written.
OTHER_LOCATION = Part("namedLocation", (Text("displayName"),))

_ONLY_IP = ("ipRanges", "isTrusted")
_ONLY_COUNTRY = ("countriesAndRegions", "includeUnknownCountriesAndRegions", "countryLookupMethod")


def shape_of(location: Json) -> Part:
    """The form of a location: by its type where the service said it, else by what it has."""
    kind = str(location.get("@odata.type") or "")
    by_type = {_type(shape.name): shape for shape in (IP_LOCATION, COUNTRY_LOCATION)}
    if kind:
        return by_type.get(kind, OTHER_LOCATION)
    if any(location.get(name) for name in _ONLY_COUNTRY):
        return COUNTRY_LOCATION
    is_empty = not any(location.get(name) for name in _ONLY_IP)
    return COUNTRY_LOCATION if is_empty and any(name in location for name in _ONLY_COUNTRY) else IP_LOCATION


def check_location(content: Json, option: str) -> None:
    """Raise OptionError that names every rule that a wanted location breaks."""
    of_type = _range_faults if "ipRanges" in content else _country_faults
    refuse_faults([*_name_faults(content), *of_type(content)], option)


def _name_faults(content: Json) -> list[Fault]:
    return [] if content["displayName"] else [Fault("display_name", "a named location needs a name", "Give one.")]


def _range_faults(content: Json) -> list[Fault]:
    ranges = content["ipRanges"]
    if not ranges:
        return [
            Fault(_RANGES, "a location needs ranges or countries", "Give at least one range, or countries_and_regions.")
        ]
    if len(ranges) > _MOST_RANGES:
        many = f"{len(ranges)} ranges are more than the {_MOST_RANGES} that one location holds"
        return [Fault(_RANGES, many, "Join neighbouring ranges, or make several locations.")]
    return [fault for one in ranges if (fault := _range_fault(one))]


def _range_fault(text: str) -> Fault | None:
    try:
        network = ipaddress.ip_network(text)
    except ValueError:
        return Fault(_RANGES, f"{text!r} is no range", "Write an IPv4 or IPv6 range like 203.0.113.0/24.")
    if network.prefixlen <= _WIDEST_PREFIX:
        wide = f"{text!r} is wider than the service accepts"
        return Fault(_RANGES, wide, f"Split it into ranges with masks longer than /{_WIDEST_PREFIX}.")
    return None


def _country_faults(content: Json) -> list[Fault]:
    countries = content["countriesAndRegions"]
    if not countries and not content["includeUnknownCountriesAndRegions"]:
        remedy = "Give at least one country, or include_unknown_countries_and_regions: true."
        return [Fault(_COUNTRIES, "a location needs countries", remedy)]
    return [
        Fault(_COUNTRIES, f"{one!r} is no code of two letters", "Write ISO 3166 codes like DE or US.")
        for one in countries
        if not _COUNTRY.fullmatch(one)
    ]


def _check_in_cloud(cloud: str, content: Json, option: str) -> None:
    check_country_lookup_in_cloud(cloud, content.get("countryLookupMethod"), option)


def _untrusted(content: Json) -> Json | None:
    """A trusted location cannot be deleted; it must be seen as untrusted first."""
    return {**content, "isTrusted": False} if content.get("isTrusted") else None


NAMED_LOCATION = Resource(
    noun=NOUN,
    label="named location",
    collection="/identity/conditionalAccess/namedLocations",
    options=OPTIONS,
    shape_of=shape_of,
    read_permission=READ_POLICIES,
    write_permission=WRITE_POLICIES,
    check=check_location,
    check_in_cloud=_check_in_cloud,
    limits={IP_LOCATION.name: _MOST_IP_LOCATIONS},
    read_only=lambda raw: shape_of(raw) is OTHER_LOCATION,
    before_removal=_untrusted,
    details=("createdDateTime", "modifiedDateTime"),
    bin="/identity/conditionalAccess/deletedItems/namedLocations",
)


def changes_a_place(plans: t.Iterable[ObjectPlan]) -> bool:
    """Whether a named location changes that a policy may refer to already."""
    return any(plan.resource == NOUN and plan.current is not None and plan.changes for plan in plans)
