# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The MFA registration policy in the portal, at a path that is a setting (facts section 5.1)."""

from __future__ import annotations

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .portal_client import PortalClient, portal_client

STATE_PATH = "/portal/mfaRegistrationPolicy"


@pytest.fixture
def portal(make_client: MakeClient) -> PortalClient:
    return portal_client(make_client)


def path_of(portal: PortalClient) -> str:
    """Return where the policy is, as a client finds out: by the list above it."""
    folder = f"/portal/{portal.graph.tenant_id}/policies"
    (policy,) = portal.settings(folder)["value"]
    return f"{folder}/{policy['objectId']}"


def test_the_policy_is_found_and_changed(portal: PortalClient) -> None:
    path = path_of(portal)
    before = portal.settings(path)
    assert (before["IsEnabled"], before["RegistrationWindowInDays"]) == (False, 14)
    groups = [group["id"] for group in portal.graph.get("/groups").json()["value"]]
    change = {
        "IsEnabled": True,
        "IncludeAllUsers": False,
        "IncludeGroups": groups[1:],
        "ExcludeGroups": groups[:1],
        "RegistrationWindowInDays": 7,
    }
    assert portal.call("PATCH", path, before | change).status_code == 204
    assert portal.settings(path) == before | change
    assert portal.put(before, path).status_code == 204
    assert portal.settings(path) == before


def test_both_resources_let_one_in(portal: PortalClient) -> None:
    path = path_of(portal)
    for resource, status in (("https://graph.windows.net", 200), ("https://graph.microsoft.com", 401)):
        authorization = {"Authorization": f"Bearer {portal.token(resource)}"}
        assert portal.call("GET", path, headers=authorization).status_code == status


@pytest.mark.parametrize(
    "change",
    [
        {"RegistrationWindowInDays": 91},
        {"RegistrationWindowInDays": "14"},
        {"ExcludeGroups": ["99999999-9999-9999-9999-999999999999"]},
        {"IsEnabled": None},
        {"objectId": "99999999-9999-9999-9999-999999999999"},
        {"enabled": True},
    ],
)
def test_policies_that_are_refused(portal: PortalClient, change: JsonObject) -> None:
    path = path_of(portal)
    before = portal.settings(path)
    assert portal.call("PATCH", path, before | change).status_code == 400
    assert portal.settings(path) == before


def test_an_incomplete_policy_is_refused(portal: PortalClient) -> None:
    assert portal.call("PATCH", path_of(portal), {"IsEnabled": True}).status_code == 400


def test_security_defaults_are_only_told(portal: PortalClient) -> None:
    path = path_of(portal)
    portal.graph.patch("/policies/identitySecurityDefaultsEnforcementPolicy", {"isEnabled": True})
    before = portal.settings(path)
    assert before["SecurityDefaults"] == {"IsEnabled": True}
    assert portal.call("PATCH", path, before | {"SecurityDefaults": {"IsEnabled": False}}).status_code == 204
    assert portal.settings(path) == before


def test_it_needs_p2(make_client: MakeClient) -> None:
    portal = portal_client(make_client, "p1")
    path = path_of(portal)
    assert portal.call("PATCH", path, portal.settings(path) | {"IsEnabled": True}).status_code == 403


@pytest.mark.parametrize("path", ["/portal/elsewhere", "/internal/{tenant_id}/mfa"])
def test_the_path_is_a_setting(portal: PortalClient, simulator: TestSimulator, path: str) -> None:
    usual = path_of(portal)
    simulator.set_profile(portal_mfa_registration_path=path)
    assert portal.call("GET", usual).status_code == 404
    here = path.format(tenant_id=portal.graph.tenant_id)
    before = portal.settings(here)
    assert portal.put(before | {"IsEnabled": True}, here).status_code == 204
    assert portal.settings(here)["IsEnabled"] is True
    assert simulator.requests(service="portal")[-1]["path"] == here


def test_another_tenants_policy_is_not_there(portal: PortalClient) -> None:
    path = path_of(portal).replace(portal.graph.tenant_id, "99999999-9999-9999-9999-999999999999")
    assert portal.call("GET", path).status_code == 404


def test_the_endpoint_can_be_missing(portal: PortalClient, simulator: TestSimulator) -> None:
    path = path_of(portal)
    simulator.set_profile(portal_mfa_registration="missing")
    for one in (path, path.rpartition("/")[0]):
        assert portal.call("GET", one).status_code == 404


def test_the_endpoint_can_answer_another_shape(portal: PortalClient, simulator: TestSimulator) -> None:
    path = path_of(portal)
    before = portal.settings(path)
    simulator.set_profile(portal_mfa_registration="another_shape")
    assert "IsEnabled" not in portal.settings(path)
    assert portal.put(before, path).status_code == 400


def test_unknown_members_must_come_back(
    portal: PortalClient, make_client: MakeClient, simulator: TestSimulator
) -> None:
    path = path_of(portal)
    before = portal.settings(path)
    simulator.set_profile(portal_mfa_registration="with_unknown_members")
    assert set(before) < set(portal.settings(path))
    assert portal.put(before, path).status_code == 400
    seeded = portal_client(make_client, state={STATE_PATH: {"Pilot": {"Ring": 2}, "RegistrationWindowInDays": 3}})
    policy = seeded.settings(path_of(seeded))
    assert (policy["Pilot"], policy["RegistrationWindowInDays"]) == ({"Ring": 2}, 3)
