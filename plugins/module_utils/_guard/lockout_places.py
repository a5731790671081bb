# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of places there are, as far as policies tell them apart: pure.

Two policies may together leave no place out although each of them does. That shows only where places are tried one by
one, and few are enough: no policy tells apart two places that are in the same named locations.
"""

from __future__ import annotations

import collections
import ipaddress
import itertools
import typing as t

from .._evaluation.evaluated_policy import EvaluatedPolicy
from .._evaluation.matching_places import MFA_TRUSTED_IPS, Locations
from .._evaluation.sign_in import Place
from .._reconcile.shape import Json

_WORDS = frozenset({"All", "AllTrusted", MFA_TRUSTED_IPS})
_NOWHERE: frozenset[str] = frozenset()

Sets: t.TypeAlias = set[frozenset[str]]


def kinds_of_places(policies: t.Iterable[EvaluatedPolicy], known: Locations) -> list[Place]:
    """One place for each set of named locations in which somebody can be at once."""
    named = _named(policies, known)
    by_address = {one: place["ipRanges"] for one in named if "ipRanges" in (place := known.by_id.get(one, {}))}
    by_country = {one: place for one in named if _is_told_by_country(place := known.by_id.get(one, {}))}
    # What the phone tells, or what nobody can read, has nothing to do with the address.
    others = {_NOWHERE, *(frozenset({one}) for one in named - by_address.keys() - by_country.keys())}
    every = itertools.product(_together_by_address(by_address), _together_by_country(by_country), others)
    together = sorted({frozenset().union(*sets) for sets in every}, key=sorted)
    return [Place(locations=one) for one in together]


def _named(policies: t.Iterable[EvaluatedPolicy], known: Locations) -> frozenset[str]:
    """The locations that matter to the policies."""
    listed = [name for policy in policies for names in policy.view.locations.values() for name in names or ()]
    trusted = [one for one, location in known.by_id.items() if location.get("isTrusted")]
    return frozenset([*listed, *(trusted if "AllTrusted" in listed else ())]) - _WORDS


def _is_told_by_country(location: Json) -> bool:
    return "countriesAndRegions" in location and location.get("countryLookupMethod") != "authenticatorAppGps"


def _together_by_address(ranges: t.Mapping[str, t.Sequence[str]]) -> Sets:
    """The sets of locations that one address can be in: they change only where a range begins or ends."""
    changes: dict[tuple[int, int], list[tuple[str, int]]] = collections.defaultdict(list)
    for location, listed in ranges.items():
        for one in listed:
            network = ipaddress.ip_network(one, strict=False)
            changes[network.version, int(network.network_address)].append((location, 1))
            changes[network.version, int(network.broadcast_address) + 1].append((location, -1))
    found, inside = {_NOWHERE}, collections.Counter[str]()
    for point in sorted(changes):
        for location, step in changes[point]:
            inside[location] += step
        found.add(frozenset(+inside))
    return found


def _together_by_country(locations: t.Mapping[str, Json]) -> Sets:
    """The sets of locations that one country can be in, and an address whose country nobody knows."""
    of_country: dict[str, set[str]] = collections.defaultdict(set)
    for identifier, location in locations.items():
        for country in location["countriesAndRegions"] or ():
            of_country[country].add(identifier)
    unknown = frozenset(
        identifier for identifier, location in locations.items() if location.get("includeUnknownCountriesAndRegions")
    )
    return {_NOWHERE, unknown, *map(frozenset, of_country.values())}
