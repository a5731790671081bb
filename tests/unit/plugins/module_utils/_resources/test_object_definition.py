# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects as Graph writes them, or as other tools export them, become what is wanted."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._resources.authentication_context import (
    AUTHENTICATION_CONTEXT,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.authentication_strength_policy import (
    AUTHENTICATION_STRENGTH_POLICY,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.declaration import Resource
from ansible_collections.m365.entra.plugins.module_utils._resources.named_location import NAMED_LOCATION
from ansible_collections.m365.entra.plugins.module_utils._resources.object_options import desired_object

Json = dict[str, t.Any]

RANGE = {"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "203.0.113.9/24"}
IP_LOCATION = {
    "@odata.type": "#microsoft.graph.ipNamedLocation",
    "id": "11111111-1111-1111-1111-111111111111",
    "createdDateTime": "2026-01-01T00:00:00Z",
    "displayName": "Office",
    "isTrusted": True,
    "ipRanges": [RANGE],
}
COUNTRIES = {
    "@odata.type": "#microsoft.graph.countryNamedLocation",
    "displayName": "Home",
    "countriesAndRegions": ["DE"],
    "includeUnknownCountriesAndRegions": False,
    "countryLookupMethod": "clientIpAddress",
}
STRENGTH = {
    "displayName": "Keys",
    "policyType": "custom",
    "requirementsSatisfied": "mfa",
    "allowedCombinations": ["fido2"],
    "combinationConfigurations": [
        {
            "@odata.type": "#microsoft.graph.fido2CombinationConfiguration",
            "id": "22222222-2222-2222-2222-222222222222",
            "allowedAAGUIDs": ["DE1E552D-DB1D-4423-A619-566B625CDC84"],
            "appliesToCombinations": ["fido2"],
        }
    ],
}


def planned(resource: Resource, definition: t.Any) -> Json:
    """The canonical content that a definition leads to in a tenant that has nothing."""
    content = resource.plan(desired_object(resource, {"definition": definition}), ()).content
    assert content is not None
    return content


def without_types(value: t.Any) -> t.Any:
    """The same without annotations, as some tools write it."""
    if isinstance(value, dict):
        return {name: without_types(member) for name, member in value.items() if not name.startswith("@")}
    return [without_types(member) for member in value] if isinstance(value, list) else value


@pytest.mark.parametrize("change", [dict, without_types])
def test_each_kind_is_understood(change: t.Callable[[Json], Json]) -> None:
    assert planned(NAMED_LOCATION, change(IP_LOCATION)) == {
        "displayName": "Office",
        "ipRanges": ["203.0.113.0/24"],
        "isTrusted": True,
    }
    assert planned(NAMED_LOCATION, change(COUNTRIES))["countriesAndRegions"] == ["DE"]
    limits = planned(AUTHENTICATION_STRENGTH_POLICY, change(STRENGTH))["combinationConfigurations"]
    assert [limit["allowedAAGUIDs"] for limit in limits] == [["de1e552d-db1d-4423-a619-566b625cdc84"]]


@pytest.mark.parametrize(
    ("resource", "definition", "words"),
    [
        (NAMED_LOCATION, {**IP_LOCATION, "isTrusted": "false"}, "is_trusted must be of type boolean"),
        (NAMED_LOCATION, {**IP_LOCATION, "ipRanges": 5}, "ip_ranges must be of type"),
        (NAMED_LOCATION, {**IP_LOCATION, "ipRanges": {"cidrAddress": "x"}}, "ip_ranges"),
        (NAMED_LOCATION, {**COUNTRIES, "countriesAndRegions": 5}, "countries_and_regions must be of type"),
        (NAMED_LOCATION, {**IP_LOCATION, "compliantNetworkType": "x"}, "compliantNetworkType is not a property"),
        (AUTHENTICATION_CONTEXT, {"id": "c1", "displayName": "A", "isAvailable": "false"}, "is_available must be"),
        (AUTHENTICATION_STRENGTH_POLICY, {**STRENGTH, "combinationConfigurations": ["x"]}, "must be of type object"),
        (AUTHENTICATION_STRENGTH_POLICY, {**STRENGTH, "allowedCombinations": 5}, "allowed_combinations must be"),
    ],
)
def test_what_has_another_form_is_refused(resource: Resource, definition: Json, words: str) -> None:
    options = {"definition": definition, **({"id": "c1"} if resource is AUTHENTICATION_CONTEXT else {})}
    with pytest.raises(OptionError) as failure:
        resource.plan(desired_object(resource, options), ())
    assert words in str(failure.value)
