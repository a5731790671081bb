# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Named locations: what is the same range, which rules there are, and how one is written."""

from __future__ import annotations

import ipaddress
import typing as t

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused, OptionError
from ansible_collections.m365.entra.plugins.module_utils._reconcile.canonical import canonical
from ansible_collections.m365.entra.plugins.module_utils._reconcile.compare import changes, full_body, patch_body
from ansible_collections.m365.entra.plugins.module_utils._reconcile.option_names import (
    content_from_options,
    options_from_content,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.named_location import (
    COUNTRY_LOCATION,
    IP_LOCATION,
    NAMED_LOCATION,
    OPTIONS,
    OTHER_LOCATION,
    shape_of,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_objects import (
    country_location,
    ip_location,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.object_plans import (
    object_plan,
    object_refusal,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import merge_patch

Json = dict[str, t.Any]
Network = t.Union[ipaddress.IPv4Network, ipaddress.IPv6Network]  # noqa: UP007 - pylint knows no other
TRUSTED = ip_location(isTrusted=True)
COMPLIANT_NETWORK = {
    "@odata.type": "#microsoft.graph.compliantNetworkNamedLocation",
    "id": ids.STAFF,
    "displayName": "All Compliant Network locations",
    "compliantNetworkType": "allTenantCompliantNetworks",
    "isTrusted": True,
}

networks: st.SearchStrategy[Network] = st.one_of(
    st.tuples(st.ip_addresses(v=4), st.integers(9, 32)), st.tuples(st.ip_addresses(v=6), st.integers(9, 128))
).map(lambda drawn: ipaddress.ip_network(drawn, strict=False))


@st.composite
def spellings(draw: st.DrawFn, network: Network) -> str:
    """Another way to write a range: with host bits, at full length, in capitals, with blanks around it."""
    host = network[draw(st.integers(0, min(network.num_addresses - 1, 1000)))]
    texts = [f"{address}/{network.prefixlen}" for address in (host, host.exploded)]
    if network.prefixlen == network.max_prefixlen:
        texts.append(str(host))
    return draw(st.sampled_from([*texts, *(text.upper() for text in texts), *(f" {text} " for text in texts)]))


def range_object(text: str) -> Json:
    """A range as Graph has it."""
    kind = "iPv6CidrRange" if ":" in text else "iPv4CidrRange"
    return {"@odata.type": f"#microsoft.graph.{kind}", "cidrAddress": text}


@settings(max_examples=40)
@given(st.lists(networks, max_size=3), st.data())
def test_spelling_of_a_range_is_no_difference(found: list[Network], data: st.DataObject) -> None:
    plain = {"displayName": "x", "ipRanges": [range_object(str(one)) for one in found]}
    others = [data.draw(spellings(one)) for one in [*found, *found[:1]]]
    as_objects = {**plain, "ipRanges": data.draw(st.permutations([range_object(one) for one in others]))}
    as_texts = {**plain, "ipRanges": data.draw(st.permutations(others))}
    expected = canonical(IP_LOCATION, plain)
    assert canonical(IP_LOCATION, as_objects) == canonical(IP_LOCATION, as_texts) == expected
    assert set(expected["ipRanges"]) == {str(one) for one in found}


@given(st.lists(networks, unique=True, min_size=1, max_size=4), networks)
def test_another_range_is_a_difference_and_the_body_makes_it(found: list[Network], other: Network) -> None:
    before = canonical(IP_LOCATION, {"displayName": "x", "ipRanges": [str(one) for one in found]})
    after = canonical(IP_LOCATION, {"displayName": "x", "ipRanges": [str(other), *(str(one) for one in found[1:])]})
    body = patch_body(IP_LOCATION, before, after)
    differs = {str(one) for one in found} != {str(other), *(str(one) for one in found[1:])}
    assert [change.path for change in changes(IP_LOCATION, before, after)] == (["ip_ranges"] if differs else [])
    assert canonical(IP_LOCATION, merge_patch(full_body(IP_LOCATION, before), body)) == after


countries = st.lists(st.sampled_from(["DE", "FR", "US", "XK"]), unique=True)


@given(countries, st.data())
def test_case_and_order_of_countries_are_no_difference(found: list[str], data: st.DataObject) -> None:
    others = [data.draw(st.sampled_from([one, one.lower(), f" {one.title()}"])) for one in [*found, *found[:1]]]
    plain, noisy = (
        canonical(COUNTRY_LOCATION, {"countriesAndRegions": values, "countryLookupMethod": method})
        for values, method in ((found, None), (others[::-1], "CLIENTIPADDRESS"))
    )
    assert plain == noisy
    assert plain["countriesAndRegions"] == sorted(found)


@pytest.mark.parametrize(
    ("raw", "changed", "path"),
    [
        (ip_location(), {"displayName": "office"}, "display_name"),
        (ip_location(), {"isTrusted": True}, "is_trusted"),
        (country_location(), {"countriesAndRegions": ["DE", "FR"]}, "countries_and_regions"),
        (country_location(), {"includeUnknownCountriesAndRegions": True}, "include_unknown_countries_and_regions"),
        (country_location(), {"countryLookupMethod": "authenticatorAppGps"}, "country_lookup_method"),
    ],
)
def test_real_change_is_named_and_made(raw: Json, changed: Json, path: str) -> None:
    shape = shape_of(raw)
    before, after = canonical(shape, raw), canonical(shape, {**raw, **changed})
    assert [change.path for change in changes(shape, before, after)] == [path]
    forth, back = patch_body(shape, before, after), patch_body(shape, after, before)  # pylint: disable=arguments-out-of-order
    patched = merge_patch(raw, forth)
    assert canonical(shape, patched) == after
    assert canonical(shape, merge_patch(patched, back)) == before


@pytest.mark.parametrize(
    "raw",
    [ip_location(), TRUSTED, ip_location("x", "2001:db8::/32"), country_location(), country_location("x", "DE", "FR")],
)
def test_options_say_the_same_as_the_location(raw: Json) -> None:
    shape = shape_of(raw)
    content = canonical(shape, raw)
    options = options_from_content(shape, content)
    assert canonical(shape, content_from_options(OPTIONS, options)) == content
    assert shape_of(content_from_options(OPTIONS, options)) is shape


@pytest.mark.parametrize(
    ("content", "shape"),
    [
        ({}, IP_LOCATION),
        ({"ipRanges": ["192.0.2.0/24"], "countriesAndRegions": None}, IP_LOCATION),
        ({"countriesAndRegions": ["DE"]}, COUNTRY_LOCATION),
        ({"includeUnknownCountriesAndRegions": True}, COUNTRY_LOCATION),
        (ip_location(), IP_LOCATION),
        (country_location(), COUNTRY_LOCATION),
        (COMPLIANT_NETWORK, OTHER_LOCATION),
    ],
)
def test_form_follows_from_the_type_or_the_content(content: Json, shape: t.Any) -> None:
    assert shape_of(content) is shape


NEW_RANGES = {"display_name": "x", "ip_ranges": ["192.0.2.0/24"]}


@pytest.mark.parametrize(
    ("options", "path", "words"),
    [
        ({"display_name": "x"}, "ip_ranges", "countries_and_regions"),
        ({"display_name": "x", "ip_ranges": []}, "ip_ranges", "Give at least one range"),
        ({"display_name": "x", "ip_ranges": ["192.0.2.0/33"]}, "ip_ranges", "'192.0.2.0/33' is no range"),
        ({"display_name": "x", "ip_ranges": ["office"]}, "ip_ranges", "203.0.113.0/24"),
        ({"display_name": "x", "ip_ranges": ["10.0.0.0/8"]}, "ip_ranges", "longer than /8"),
        ({"display_name": "x", "ip_ranges": ["2000::/8"]}, "ip_ranges", "wider than the service accepts"),
        (
            {"display_name": "x", "ip_ranges": [f"10.{one // 256}.{one % 256}.0/24" for one in range(2001)]},
            "ip_ranges",
            "2001 ranges are more than the 2000",
        ),
        ({"display_name": "x", "countries_and_regions": ["DEU"]}, "countries_and_regions", "'DEU'"),
        ({"display_name": "x", "countries_and_regions": ["Germany"]}, "countries_and_regions", "ISO 3166"),
        ({**NEW_RANGES, "countries_and_regions": ["DE"]}, "ip_ranges", "does not have it"),
        ({"display_name": "x", "countries_and_regions": ["DE"], "is_trusted": True}, "is_trusted", "each type"),
        ({"display_name": "x", "ip_ranges": 5}, "ip_ranges", "array"),
        ({"display_name": "x", "ip_ranges": {"drop": []}}, "ip_ranges", "do not belong there"),
    ],
)
def test_broken_rule_is_told_with_path_and_remedy(options: Json, path: str, words: str) -> None:
    message = str(object_refusal(NAMED_LOCATION, options, kind=OptionError))
    assert f"objects[0].{path}" in message
    assert words in message


@pytest.mark.parametrize(
    "options",
    [
        NEW_RANGES,
        {"display_name": "x", "ip_ranges": ["10.0.0.0/9", "2000::/9", "192.0.2.7", "10.0.0.1/16"]},
        {"display_name": "x", "ip_ranges": "192.0.2.0/24", "is_trusted": True},
        {"display_name": "x", "ip_ranges": {"set": ["192.0.2.0/24"]}},
        {"display_name": "x", "ip_ranges": {"add": ["192.0.2.0/24"]}},
        {"display_name": "x", "countries_and_regions": ["de"], "is_trusted": False, "ip_ranges": None},
        {"display_name": "x", "include_unknown_countries_and_regions": True},
        {"display_name": "x", "countries_and_regions": ["DE"], "country_lookup_method": "authenticatorAppGps"},
    ],
)
def test_new_location(options: Json) -> None:
    assert object_plan(NAMED_LOCATION, options).is_new


def test_rule_is_not_held_against_a_location_that_stays_as_it_is() -> None:
    wide = ip_location("x", "10.0.0.0/8")
    assert not object_plan(NAMED_LOCATION, {"display_name": "x"}, wide).is_changed
    object_refusal(NAMED_LOCATION, {"display_name": "x", "is_trusted": True}, wide, kind=OptionError)


@pytest.mark.parametrize(
    ("options", "existing"),
    [
        ({"display_name": "Office", "countries_and_regions": ["DE"]}, ip_location()),
        ({"display_name": "Home", "ip_ranges": ["192.0.2.0/24"]}, country_location()),
    ],
)
def test_type_of_a_location_cannot_change(options: Json, existing: Json) -> None:
    error = object_refusal(NAMED_LOCATION, options, existing, kind=OptionError)
    assert existing["id"] in error.message
    assert "cannot be changed" in error.remedy


@pytest.mark.parametrize(
    "options",
    [
        {"state": "absent"},
        {"id": ids.STAFF, "display_name": "Ours"},
    ],
)
def test_location_of_an_unknown_type_is_never_written(options: Json) -> None:
    named = {"display_name": COMPLIANT_NETWORK["displayName"], **options}
    error = object_refusal(NAMED_LOCATION, named, COMPLIANT_NETWORK, kind=GuardRefused)
    assert "belongs to the service" in error.message
    assert not object_plan(NAMED_LOCATION, {"id": ids.STAFF}, COMPLIANT_NETWORK).is_changed


def test_creating_and_taking_back() -> None:
    plan = object_plan(NAMED_LOCATION, {"display_name": "x", "ip_ranges": ["2001:db8::1/32", "10.1.2.3/16"]})
    action = NAMED_LOCATION.create_action(plan, "why")
    assert (action.operation, action.collection, action.object_id) == ("create", NAMED_LOCATION.collection, None)
    assert action.body == {
        "@odata.type": "#microsoft.graph.ipNamedLocation",
        "displayName": "x",
        "ipRanges": [range_object("10.1.0.0/16"), range_object("2001:db8::/32")],
        "isTrusted": False,
    }
    assert action.undo is not None
    assert (action.undo.operation, action.undo.key, action.undo.preceded_by) == ("delete", action.key, None)


def test_trusted_location_is_taken_back_in_two_steps() -> None:
    plan = object_plan(NAMED_LOCATION, {**NEW_RANGES, "is_trusted": True})
    undo = NAMED_LOCATION.create_action(plan, "why").undo
    assert undo is not None
    assert undo.preceded_by is not None
    assert (undo.operation, undo.preceded_by.operation) == ("delete", "update")
    assert undo.preceded_by.body == {"@odata.type": "#microsoft.graph.ipNamedLocation", "isTrusted": False}
    assert undo.waits_for != ()


def test_changing_and_taking_back() -> None:
    plan = object_plan(NAMED_LOCATION, {"display_name": "Office", "ip_ranges": {"add": ["10.1.2.3/16"]}}, ip_location())
    action = NAMED_LOCATION.patch_action(plan)
    kind = "#microsoft.graph.ipNamedLocation"
    assert action.body == {
        "@odata.type": kind,
        "ipRanges": [range_object("10.1.0.0/16"), range_object("192.0.2.0/24")],
    }
    assert action.undo is not None
    assert action.undo.body == {"@odata.type": kind, "ipRanges": [range_object("192.0.2.0/24")]}


def test_removing_a_trusted_location_takes_two_steps() -> None:
    plan = object_plan(NAMED_LOCATION, {"display_name": "Office", "state": "absent"}, TRUSTED)
    prepare, remove = NAMED_LOCATION.preparing_action(plan), NAMED_LOCATION.delete_action(plan)
    assert prepare is not None
    assert (prepare.operation, prepare.object_id) == ("update", ids.OFFICE)
    assert prepare.body == {"@odata.type": "#microsoft.graph.ipNamedLocation", "isTrusted": False}
    assert (NAMED_LOCATION.prepared(plan) or {})["isTrusted"] is False
    assert (remove.operation, remove.object_id) == ("delete", ids.OFFICE)
    assert remove.undo is not None
    assert (remove.undo.operation, remove.undo.collection) == ("restore", NAMED_LOCATION.bin)


@pytest.mark.parametrize("existing", [ip_location(), country_location("Office", identifier=ids.OFFICE)])
def test_removing_any_other_takes_one(existing: Json) -> None:
    plan = object_plan(NAMED_LOCATION, {"display_name": "Office", "state": "absent"}, existing)
    assert NAMED_LOCATION.preparing_action(plan) is None
    assert NAMED_LOCATION.prepared(plan) is None


def test_what_must_be_read_back() -> None:
    plan = object_plan(NAMED_LOCATION, {"display_name": "Office", "is_trusted": True}, ip_location())
    wanted = NAMED_LOCATION.expectation(plan, plan.content)
    gone = NAMED_LOCATION.expectation(plan, None)
    for found, problem in (
        ([], "named location 'Office' is not there"),
        ([ip_location()], "named location 'Office' is not as planned"),
        ([TRUSTED], None),
    ):
        objects = [NAMED_LOCATION.current(raw) for raw in found]
        assert NAMED_LOCATION.unmet([wanted], objects, {}) == ([problem] if problem else [])
    assert NAMED_LOCATION.unmet([gone], [NAMED_LOCATION.current(TRUSTED)], {}) == [
        "named location 'Office' is still there"
    ]
    assert NAMED_LOCATION.unmet([gone], [], {}) == []


def test_new_location_is_looked_for_by_the_id_it_was_given() -> None:
    plan = object_plan(NAMED_LOCATION, {"display_name": "Office", "ip_ranges": ["192.0.2.0/24"]})
    wanted = NAMED_LOCATION.expectation(plan, plan.content)
    found = [NAMED_LOCATION.current(ip_location())]
    assert NAMED_LOCATION.unmet([wanted], found, {plan.key: ids.OFFICE.upper()}) == []
    assert NAMED_LOCATION.unmet([wanted], found, {}) != []
