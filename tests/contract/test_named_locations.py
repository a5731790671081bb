# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Named locations (facts section 3.1)."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .graph_client import NAMED_LOCATIONS, POLICIES, GraphClient, error_of
from .sample_policies import REQUIRE_MFA, varied

DELETED = "/identity/conditionalAccess/deletedItems/namedLocations"
OFFICE: JsonObject = {
    "@odata.type": "#microsoft.graph.ipNamedLocation",
    "displayName": "Office",
    "ipRanges": [
        {"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "192.0.2.0/24"},
        {"@odata.type": "#microsoft.graph.iPv6CidrRange", "cidrAddress": "2001:db8::/32"},
    ],
}
HOST_BITS = [
    {"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "192.0.2.7/24"},
    {"@odata.type": "#microsoft.graph.iPv6CidrRange", "cidrAddress": "2001:DB8::7/64"},
]
COUNTRIES: JsonObject = {
    "@odata.type": "#microsoft.graph.countryNamedLocation",
    "displayName": "Countries",
    "countriesAndRegions": ["CH", "DE"],
}


def created(client: GraphClient, location: JsonObject) -> JsonObject:
    answer = client.post(NAMED_LOCATIONS, location)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_ip_locations(client: GraphClient) -> None:
    location = created(client, OFFICE)
    assert location["isTrusted"] is False
    assert location["ipRanges"] == OFFICE["ipRanges"]
    one = f"{NAMED_LOCATIONS}/{location['id']}"
    assert client.get(one).json() == location
    ranges = [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "198.51.100.0/24"}]
    change = {"@odata.type": OFFICE["@odata.type"], "isTrusted": True, "ipRanges": ranges}
    assert client.patch(one, change).status_code == 204
    changed = client.get(one).json()
    assert (changed["isTrusted"], changed["ipRanges"], changed["displayName"]) == (True, ranges, "Office")


def test_country_locations(client: GraphClient) -> None:
    location = created(client, COUNTRIES)
    assert location["countriesAndRegions"] == ["CH", "DE"]
    assert location["includeUnknownCountriesAndRegions"] is False
    assert location["countryLookupMethod"] == "clientIpAddress"
    listed = client.get(NAMED_LOCATIONS).json()["value"]
    assert [item["@odata.type"] for item in listed] == [COUNTRIES["@odata.type"]]
    found = client.get(NAMED_LOCATIONS, params={"$filter": "displayName eq 'Countries'"})
    assert len(found.json()["value"]) == 1


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"@odata.type": ""}, 'Invalid OData type specified: ""'),
        ({"@odata.type": "#microsoft.graph.namedLocation"}, "Incoming NamedLocation object does not match"),
        ({"@odata.type": "#microsoft.graph.user"}, "Incoming NamedLocation object does not match"),
        ({"displayName": ""}, "'displayName' is required"),
        ({"ipRanges": []}, "'ipRanges' must hold"),
        ({"ipRanges": [{"cidrAddress": "192.0.2.0/24"}]}, "Incoming NamedLocation object does not match"),
        (
            {
                "ipRanges": [
                    {
                        "@odata.type": "#microsoft.graph.iPv4Range",
                        "lowerAddress": "192.0.2.1",
                        "upperAddress": "192.0.2.2",
                    }
                ]
            },
            "'ipRanges' must hold objects of",
        ),
        ({"ipRanges__": "10.0.0.0/8"}, "'10.0.0.0/8' is too large"),
        ({"ipRanges__": "2001:db8::/32"}, "'2001:db8::/32' is no address range of its type."),
        ({"ipRanges__": "192.0.2.1"}, "'192.0.2.1' is no address range of its type."),
        ({"ipRanges__": "192.0.2.0/255.255.255.0"}, "'192.0.2.0/255.255.255.0' is no address range of its type."),
        ({"ipRanges__": "300.0.0.0/24"}, "'300.0.0.0/24' is no address range of its type."),
        ({"colour": "red"}, "Incoming NamedLocation object does not match"),
        ({"isTrusted": None}, "Incoming NamedLocation object does not match"),
    ],
)
def test_refused_ip_locations(client: GraphClient, changes: dict[str, Any], text: str) -> None:
    if "ipRanges__" in changes:
        address = changes["ipRanges__"]
        changes = {"ipRanges": [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": address}]}
    status, _code, message = error_of(client.post(NAMED_LOCATIONS, OFFICE | changes))
    assert status == 400
    assert message.startswith(text)


def test_at_most_2000_ranges(client: GraphClient) -> None:
    one = OFFICE["ipRanges"][0]
    assert client.post(NAMED_LOCATIONS, OFFICE | {"ipRanges": [one] * 2000}).status_code == 201
    assert client.post(NAMED_LOCATIONS, OFFICE | {"ipRanges": [one] * 2001}).status_code == 400


def test_at_most_195_ip_locations(client: GraphClient) -> None:
    for _number in range(195):
        created(client, OFFICE)
    assert "195" in error_of(client.post(NAMED_LOCATIONS, OFFICE))[2]
    created(client, COUNTRIES)


@pytest.mark.parametrize(
    "changes", [{"countriesAndRegions": []}, {"countriesAndRegions": ["ch"]}, {"countriesAndRegions": ["CHE"]}]
)
def test_refused_country_locations(client: GraphClient, changes: JsonObject) -> None:
    assert client.post(NAMED_LOCATIONS, COUNTRIES | changes).status_code == 400


def test_a_change_names_the_type_and_keeps_it(client: GraphClient) -> None:
    one = f"{NAMED_LOCATIONS}/{created(client, OFFICE)['id']}"
    assert error_of(client.patch(one, {"displayName": "x"}))[2] == 'Invalid OData type specified: ""'
    assert client.patch(one, COUNTRIES).status_code == 400


def test_a_trusted_location_is_not_deleted(client: GraphClient) -> None:
    one = f"{NAMED_LOCATIONS}/{created(client, OFFICE | {'isTrusted': True})['id']}"
    assert client.delete(one).status_code == 400
    client.patch(one, {"@odata.type": OFFICE["@odata.type"], "isTrusted": False})
    assert client.delete(one).status_code == 204


def test_a_location_in_use_is_not_deleted(client: GraphClient) -> None:
    location = created(client, COUNTRIES)
    locations = {"includeLocations": ["All"], "excludeLocations": [location["id"]]}
    policy = client.created_policy(varied(REQUIRE_MFA, conditions__locations=locations))
    one = f"{NAMED_LOCATIONS}/{location['id']}"
    assert client.delete(one).status_code == 400
    client.delete(f"{POLICIES}/{policy['id']}")
    assert client.delete(one).status_code == 204


@pytest.mark.parametrize(
    ("choice", "shown"),
    [("canonicalise", ["192.0.2.0/24", "2001:db8::/64"]), ("keep", ["192.0.2.7/24", "2001:DB8::7/64"])],
)
def test_bits_behind_the_mask(client: GraphClient, simulator: TestSimulator, choice: str, shown: list[str]) -> None:
    simulator.set_profile(cidr_host_bits=choice)
    location = created(client, OFFICE | {"ipRanges": HOST_BITS})
    assert [item["cidrAddress"] for item in location["ipRanges"]] == shown
    one = f"{NAMED_LOCATIONS}/{created(client, OFFICE)['id']}"
    assert client.patch(one, {"@odata.type": OFFICE["@odata.type"], "ipRanges": HOST_BITS}).status_code == 204
    assert [item["cidrAddress"] for item in client.get(one).json()["ipRanges"]] == shown


def test_bits_behind_the_mask_can_be_refused(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_profile(cidr_host_bits="refuse")
    text = "'192.0.2.7/24' has bits set behind its mask; the range is 192.0.2.0/24."
    assert error_of(client.post(NAMED_LOCATIONS, OFFICE | {"ipRanges": HOST_BITS}))[2] == text
    created(client, OFFICE)


def test_a_location_in_use_can_be_deleted_by_setting(client: GraphClient, simulator: TestSimulator) -> None:
    location = created(client, COUNTRIES)
    locations = {"includeLocations": ["All"], "excludeLocations": [location["id"]]}
    policy = client.created_policy(varied(REQUIRE_MFA, conditions__locations=locations))
    simulator.set_profile(referenced_location_delete="accept")
    assert client.delete(f"{NAMED_LOCATIONS}/{location['id']}").status_code == 204
    assert client.policy(policy["id"])["conditions"]["locations"] == locations
    assert error_of(client.patch(f"{POLICIES}/{policy['id']}", {"displayName": "x"}))[2].startswith("1040: ")


@pytest.mark.parametrize(
    ("cloud", "status"), [("global", 201), ("us_government_l4", 400), ("us_government_l5", 400), ("china", 201)]
)
def test_positions_of_phones_are_unknown_in_the_us_government_clouds(
    client: GraphClient, simulator: TestSimulator, cloud: str, status: int
) -> None:
    assert client.token
    simulator.set_profile(cloud=cloud)
    answer = client.post(NAMED_LOCATIONS, COUNTRIES | {"countryLookupMethod": "authenticatorAppGps"})
    assert answer.status_code == status


def test_the_limit_counts_on_the_way_back_too(client: GraphClient) -> None:
    first = created(client, OFFICE)
    client.delete(f"{NAMED_LOCATIONS}/{first['id']}")
    for _number in range(195):
        created(client, OFFICE)
    assert client.post(f"{DELETED}/{first['id']}/restore").status_code == 400


def test_the_bin(client: GraphClient) -> None:
    location = created(client, OFFICE)
    client.delete(f"{NAMED_LOCATIONS}/{location['id']}")
    assert client.get(f"{NAMED_LOCATIONS}/{location['id']}").status_code == 404
    deleted = f"{DELETED}/{location['id']}"
    assert client.get(deleted).json()["deletedDateTime"]
    assert len(client.get(DELETED).json()["value"]) == 1
    assert client.post(f"{deleted}/restore").json() == location
    client.delete(f"{NAMED_LOCATIONS}/{location['id']}")
    assert client.delete(deleted).status_code == 204
    assert client.get(deleted).status_code == 404


def test_the_legacy_trusted_addresses_cannot_be_read(client: GraphClient) -> None:
    answer = client.get(f"{NAMED_LOCATIONS}/00000000-0000-0000-0000-000000000000")
    text = "NamedLocation with id 00000000-0000-0000-0000-000000000000 does not exist in the directory."
    assert error_of(answer) == (404, "ResourceNotFound", text)
