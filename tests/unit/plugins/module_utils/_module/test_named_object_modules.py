# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bodies of the modules for one named object, and of those that read them."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused, OptionError
from ansible_collections.m365.entra.plugins.module_utils._module.named_object import (
    INFO_SPEC,
    body_of,
    info_body_of,
    spec_of,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.authentication_context import AUTHENTICATION_CONTEXT
from ansible_collections.m365.entra.plugins.module_utils._resources.authentication_strength_policy import (
    AUTHENTICATION_STRENGTH_POLICY,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.declaration import Resource
from ansible_collections.m365.entra.plugins.module_utils._resources.named_location import NAMED_LOCATION
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import FakeModule, fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_objects import (
    country_location,
    ip_location,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    CONTEXTS,
    LOCATIONS,
    STRENGTHS,
    FakeSession,
)

Json = dict[str, t.Any]
LOCATION: Json = {"display_name": "Site", "ip_ranges": ["203.0.113.7/24"], "is_trusted": True}
LIVES: list[tuple[Resource, str, Json, Json]] = [
    (NAMED_LOCATION, LOCATIONS, LOCATION, {"ip_ranges": {"add": ["192.0.2.1"]}}),
    (AUTHENTICATION_CONTEXT, CONTEXTS, {"id": "c5", "display_name": "Vault"}, {"is_available": True}),
    (
        AUTHENTICATION_STRENGTH_POLICY,
        STRENGTHS,
        {"display_name": "Keys", "allowed_combinations": ["fido2"]},
        {"allowed_combinations": {"add": ["sms, password"]}},
    ),
]


def task(resource: Resource, session: FakeSession, options: Json, **modes: bool) -> tuple[Json, FakeModule]:
    """One task of the module for a kind of object."""
    session.requests.clear()
    module = fake_module(spec_of(resource), options, **modes)
    session.read_only = module.check_mode
    return body_of(resource)(module, lambda: session), module


@pytest.mark.parametrize(("resource", "path", "options", "change"), LIVES, ids=lambda one: getattr(one, "noun", ""))
def test_life_of_an_object(resource: Resource, path: str, options: Json, change: Json) -> None:
    session = FakeSession()
    session.collections[path] = []
    for step in (options, {**options, **change}, {"display_name": options["display_name"], "state": "absent"}):
        checked, _module = task(resource, session, step, check_mode=True)
        assert session.writes == []
        done, _module = task(resource, session, step, diff=True)
        assert checked["plan"] == done["plan"] != []
        assert (checked["changed"], done["changed"]) == (True, True)
        assert done["diff"]["before"] != done["diff"]["after"]
        again, _module = task(resource, session, step)
        assert (again["changed"], session.requests) == (False, [("GET", path)])
        found = again[resource.noun]
        assert found == {} if step.get("state") else found["id"] == session.collections[path][0]["id"]
    assert session.collections[path] == []


def test_result_holds_the_object_in_options() -> None:
    session = FakeSession()
    session.collections[LOCATIONS] = []
    result, module = task(NAMED_LOCATION, session, LOCATION)
    assert result["named_location"]["ip_ranges"] == ["203.0.113.0/24"]
    assert result["named_location"]["is_trusted"] is True
    assert result["named_location"]["id"] == session.collections[LOCATIONS][0]["id"]
    (warning,) = [one for one in module.warnings if "rust" in one]
    assert "'Site'" in warning
    assert "AllTrusted" in warning


def test_planned_object_is_returned_in_check_mode() -> None:
    session = FakeSession()
    session.collections[LOCATIONS] = []
    result, _module = task(NAMED_LOCATION, session, LOCATION, check_mode=True)
    assert (result["named_location"]["id"], result["named_location"]["display_name"]) == (None, "Site")


def test_location_that_is_not_trusted_anyway_warns_of_nothing() -> None:
    session = FakeSession()
    session.collections[LOCATIONS] = [ip_location("Site")]
    _result, module = task(NAMED_LOCATION, session, {"display_name": "Site", "state": "absent"})
    assert module.warnings == []


def test_message_of_a_single_object_has_no_prefix() -> None:
    session = FakeSession()
    session.collections[LOCATIONS] = []
    with pytest.raises(OptionError, match=r"^ip_ranges: "):
        task(NAMED_LOCATION, session, {"display_name": "x", "ip_ranges": ["0.0.0.0/0"]})


# Reading


def read(session: FakeSession, **options: t.Any) -> list[str]:
    """The names of the locations that were asked for."""
    session.read_only = True
    result = info_body_of(NAMED_LOCATION, "named_locations")(fake_module(INFO_SPEC, options), lambda: session)
    assert result["changed"] is False
    return [one["display_name"] for one in result["named_locations"]]


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({}, ["Home", "Office", "Office"]),
        ({"display_name": "Office"}, ["Office", "Office"]),
        ({"display_name": "office"}, []),
        ({"id": ids.PORTAL.upper()}, ["Home"]),
        ({"id": ids.ADA}, []),
    ],
)
def test_objects_that_were_asked_for(options: Json, names: list[str]) -> None:
    session = FakeSession()
    session.collections[LOCATIONS] = [ip_location(), country_location(), ip_location(identifier=ids.STAFF)]
    assert read(session, **options) == names
    assert session.requests == [("GET", LOCATIONS)]


def test_permission_is_checked_first() -> None:
    session = FakeSession(permissions=frozenset({"User.Read.All"}))
    with pytest.raises(GuardRefused, match=r"Policy\.Read"):
        read(session)
    assert session.requests == []
