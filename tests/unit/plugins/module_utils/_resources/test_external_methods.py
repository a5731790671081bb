# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""External methods by their names: made once, renamed once, and never taken for another."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError
from ansible_collections.m365.entra.plugins.module_utils._module import authentication_method_configuration
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_settings import (
    METHODS,
    FakeSettings,
    external,
    method,
    methods_policy,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import ADA, BOB

Json = dict[str, t.Any]
PROVIDER = {
    "app_id": "12345678-0000-4000-8000-000000000000",
    "open_id_connect_setting": {"client_id": "abc", "discovery_url": "https://fabrikam.example"},
}


def tenant(*methods: Json) -> FakeSession:
    """A tenant with Sms and these methods."""
    return FakeSession(settings=FakeSettings(methods_policy(method("Sms", "enabled"), *methods)))


def task(session: FakeSession, identifier: str, **external_options: t.Any) -> Json:
    """One task with an empty journal that wants an external method."""
    session.requests.clear()
    options = {
        "id": identifier,
        "method_state": "enabled",
        "include_targets": ["all_users"],
        "external": external_options,
    }
    module = fake_module(authentication_method_configuration.SPEC, options)
    return authentication_method_configuration.run(module, lambda: session)


def external_names(session: FakeSession) -> list[str]:
    """How the external methods of a tenant are called."""
    stored = session.settings.methods_policy["authenticationMethodConfigurations"]
    return sorted(one["displayName"] for one in stored if "displayName" in one)


def test_id_and_name_that_differ_make_one_method() -> None:
    session = tenant()
    made = task(session, "Fabrikam", display_name="Fabrikam MFA", **PROVIDER)
    assert (made["changed"], session.writes) == (True, [("POST", METHODS)])
    for _run in range(3):
        again = task(session, "Fabrikam", display_name="Fabrikam MFA", **PROVIDER)
        assert (again["changed"], session.writes) == (False, [])
    assert external_names(session) == ["Fabrikam MFA"]


@pytest.mark.parametrize("options", [{}, PROVIDER])
def test_name_is_given_once(options: Json) -> None:
    session = tenant(external("Fabrikam", ADA, openIdConnectSetting={"clientId": "abc", "discoveryUrl": "https://x"}))
    renamed = task(session, "Fabrikam", display_name="Fabrikam New", **options)
    assert (renamed["changed"], session.writes) == (True, [("PATCH", f"{METHODS}/{ADA}")])
    for identifier in ("Fabrikam", "fabrikam", ADA, "Fabrikam New"):
        again = task(session, identifier, display_name="Fabrikam New", **options)
        assert (again["changed"], session.writes) == (False, [])
        assert again["authentication_method_configuration"]["id"] == ADA
    assert external_names(session) == ["Fabrikam New"]


@pytest.mark.parametrize("identifier", ["Fabrikam", ADA])
@pytest.mark.parametrize("new_name", ["Adatum", "ADATUM"])
def test_two_methods_are_not_taken_for_one(identifier: str, new_name: str) -> None:
    session = tenant(external("Fabrikam", ADA), external("Adatum", BOB))
    with pytest.raises(EntraError, match=r"^external\.display_name: ") as refused:
        task(session, identifier, display_name=new_name)
    assert ADA in refused.value.message
    assert BOB in refused.value.message
    assert session.writes == []


def test_new_name_that_two_have() -> None:
    session = tenant(external("Adatum", ADA), external("Adatum", BOB))
    with pytest.raises(EntraError, match=rf"^external\.display_name: 2 external methods.*: {ADA}, {BOB}"):
        task(session, "Fabrikam", display_name="Adatum", **PROVIDER)
    assert session.writes == []
