# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Self-service password reset in the portal (facts section 6.2)."""

from __future__ import annotations

import time

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .portal_client import PASSWORD_RESET, PERSON, POWERSHELL, WRITEBACK, PortalClient, portal_client

RECORDED = {
    "objectId",
    "enablementType",
    "numberOfAuthenticationMethodsRequired",
    "emailOptionEnabled",
    "mobilePhoneOptionEnabled",
    "officePhoneOptionEnabled",
    "securityQuestionsOptionEnabled",
    "mobileAppNotificationEnabled",
    "mobileAppCodeEnabled",
    "numberOfQuestionsToRegister",
    "numberOfQuestionsToReset",
    "registrationRequiredOnSignIn",
    "registrationReconfirmIntevalInDays",
    "skipRegistrationAllowed",
    "skipRegistrationMaxAllowedDays",
    "customizeHelpdeskLink",
    "customHelpdeskEmailOrUrl",
    "notifyUsersOnPasswordReset",
    "notifyOnAdminPasswordReset",
    "passwordResetEnabledGroupIds",
    "passwordResetEnabledGroupName",
    "securityQuestions",
    "registrationConditionalAccessPolicies",
    "emailOptionAllowed",
    "mobilePhoneOptionAllowed",
    "officePhoneOptionAllowed",
    "securityQuestionsOptionAllowed",
    "mobileAppNotificationOptionAllowed",
    "mobileAppCodeOptionAllowed",
}
ADMINISTRATOR: JsonObject = {
    "id": "55555555-5555-5555-5555-555555555555",
    "principalId": PERSON,
    "roleDefinitionId": "62e90394-69f5-4237-9190-012177145e10",
}


@pytest.fixture
def portal(make_client: MakeClient) -> PortalClient:
    return portal_client(make_client)


def group_of(portal: PortalClient) -> JsonObject:
    return dict(portal.graph.get("/groups").json()["value"][0])


def test_the_object_is_the_recorded_one(portal: PortalClient) -> None:
    settings = portal.settings()
    assert set(settings) == RECORDED
    assert settings["objectId"] == "default"


def test_a_group_is_selected(portal: PortalClient) -> None:
    group = group_of(portal)
    change = {"enablementType": 1, "passwordResetEnabledGroupIds": [group["id"]]}
    before = portal.settings()
    answer = portal.put(before | change)
    assert (answer.status_code, answer.content) == (204, b"")
    assert portal.settings() == before | change | {"passwordResetEnabledGroupName": group["displayName"]}
    without_name = portal.call("GET", f"{PASSWORD_RESET}?getPasswordResetEnabledGroup=false").json()
    assert without_name["passwordResetEnabledGroupName"] == ""


def test_everyone_is_selected(portal: PortalClient) -> None:
    everyone = {"enablementType": 2, "passwordResetEnabledGroupIds": ["00000000-0000-0000-0000-000000000000"]}
    assert portal.put(portal.settings() | everyone).status_code == 204
    assert portal.settings()["enablementType"] == 2


def test_a_write_may_be_answered_with_the_object(portal: PortalClient, simulator: TestSimulator) -> None:
    simulator.set_profile(portal_write_status=200)
    answer = portal.put(portal.settings() | {"notifyOnAdminPasswordReset": True})
    assert (answer.status_code, answer.json()) == (200, portal.settings())


@pytest.mark.parametrize(
    "change",
    [
        {"enablementType": 3},
        {"enablementType": "all"},
        {"enablementType": None},
        {"enablementType": 1},
        {"enablementType": 1, "passwordResetEnabledGroupIds": ["99999999-9999-9999-9999-999999999999"]},
        {"numberOfAuthenticationMethodsRequired": 3},
        {"numberOfQuestionsToRegister": 2},
        {"registrationReconfirmIntevalInDays": 731},
        {"emailOptionEnabled": None},
        {"emailOptionEnabled": 1},
        {"objectId": "other"},
        {"registrationReconfirmIntervalInDays": 90},
        {"emailOptionEnabled": False, "mobilePhoneOptionEnabled": False},
    ],
)
def test_objects_that_are_refused(portal: PortalClient, change: JsonObject) -> None:
    before = portal.settings()
    assert portal.put(before | change).status_code == 400
    assert portal.settings() == before


def test_the_count_of_methods_can_be_passed_by(portal: PortalClient) -> None:
    none = portal.settings() | {"emailOptionEnabled": False, "mobilePhoneOptionEnabled": False}
    assert portal.put(none, params={"byPassMethodCountCheck": "true"}).status_code == 204


def test_what_is_allowed_is_only_told(portal: PortalClient) -> None:
    before = portal.settings()
    assert portal.put(before | {"emailOptionAllowed": False}).status_code == 204
    assert portal.settings() == before


def test_members_that_nobody_knows_must_come_back(make_client: MakeClient) -> None:
    unknown = {"isPasskeyAllowed": True, "rollout": {"rings": [1, 2]}}
    portal = portal_client(make_client, state={PASSWORD_RESET: unknown, "/groups": []})
    before = portal.settings()
    assert {name: before[name] for name in unknown} == unknown
    known = {name: value for name, value in before.items() if name not in unknown}
    assert portal.put(known).status_code == 400
    assert portal.put(before | {"notifyOnAdminPasswordReset": True}).status_code == 204
    assert portal.settings() == before | {"notifyOnAdminPasswordReset": True}


def test_members_can_be_lost(make_client: MakeClient, simulator: TestSimulator) -> None:
    portal = portal_client(make_client, state={PASSWORD_RESET: {"isPasskeyAllowed": True}})
    portal.put(portal.settings() | {"customHelpdeskEmailOrUrl": "https://help.example"})
    simulator.set_profile(portal_incomplete_objects="reset")
    assert portal.put({"objectId": "default", "enablementType": 2}).status_code == 204
    settings = portal.settings()
    assert "isPasskeyAllowed" not in settings
    assert (settings["enablementType"], settings["customHelpdeskEmailOrUrl"]) == (2, "")


def test_the_simulator_can_add_unknown_members(portal: PortalClient, simulator: TestSimulator) -> None:
    known = portal.settings()
    simulator.set_profile(portal_password_reset="with_unknown_members")
    settings = portal.settings()
    assert set(known) < set(settings)
    assert portal.put(known).status_code == 400
    assert portal.put(settings | {"enablementType": 2}).status_code == 204
    assert portal.settings() == settings | {"enablementType": 2}


def test_the_endpoint_can_be_missing(portal: PortalClient, simulator: TestSimulator) -> None:
    settings = portal.settings()
    simulator.set_profile(portal_password_reset="missing")
    assert portal.call("GET", PASSWORD_RESET).status_code == 404
    assert portal.put(settings).status_code == 404
    assert portal.call("GET", WRITEBACK).status_code == 404


def test_the_endpoint_can_answer_another_shape(portal: PortalClient, simulator: TestSimulator) -> None:
    settings = portal.settings()
    simulator.set_profile(portal_password_reset="another_shape")
    assert "objectId" not in portal.settings()
    assert portal.put(settings | {"enablementType": 2}).status_code == 400
    simulator.set_profile(portal_password_reset="known")
    assert portal.settings() == settings


def test_who_is_let_in(portal: PortalClient) -> None:
    graph = portal.graph
    of_application = graph.request_token(scope="74658136-14ec-4630-ad9b-26e160ff0fc6/.default").json()["access_token"]
    for token, status in (
        ("abc", 401),
        (graph.token, 401),
        (portal.token("https://graph.microsoft.com"), 401),
        (portal.token("https://graph.windows.net"), 401),
        (of_application, 403),
    ):
        answer = portal.call("GET", PASSWORD_RESET, headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, set(answer.json())) == (status, {"Message"})
    assert graph.get("/organization", headers={"Authorization": f"Bearer {portal.token()}"}).status_code == 401


def test_the_request_needs_an_id(portal: PortalClient) -> None:
    for identifier in ("", "one"):
        answer = portal.call("GET", PASSWORD_RESET, headers={"x-ms-client-request-id": identifier})
        assert answer.status_code == 400
    assert portal.call("POST", PASSWORD_RESET, {}).status_code == 405


def test_a_public_client_redeems_its_own_tokens_only(portal: PortalClient) -> None:
    form = {"grant_type": "refresh_token", "scope": "74658136-14ec-4630-ad9b-26e160ff0fc6/.default"}
    for changes in ({"refresh_token": "of-kim"}, {"refresh_token": "other", "client_id": POWERSHELL}):
        answer = portal.graph.request_token(**form, **changes)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    answer = portal.graph.request_token(client_id=POWERSHELL, client_secret=None)
    assert answer.json()["error"] == "unauthorized_client"


@pytest.mark.parametrize(
    ("state", "status"), [({}, 403), ({"/roleManagement/directory/roleAssignments": [ADMINISTRATOR]}, 204)]
)
def test_a_role_can_be_required(
    make_client: MakeClient, simulator: TestSimulator, state: JsonObject, status: int
) -> None:
    simulator.set_profile(portal_roles_required=True)
    portal = portal_client(make_client, state=state)
    assert portal.put(portal.settings() | {"notifyOnAdminPasswordReset": True}).status_code == status


def test_reset_for_users_needs_a_licence(make_client: MakeClient, simulator: TestSimulator) -> None:
    portal = portal_client(make_client, "free")
    assert portal.put(portal.settings()).status_code == 204
    assert portal.put(portal.settings() | {"enablementType": 2}).status_code == 403
    simulator.set_profile(portal_licence_required=False)
    assert portal.put(portal.settings() | {"enablementType": 2}).status_code == 204


def test_the_switches_of_writeback_are_written_one_by_one(portal: PortalClient) -> None:
    assert portal.settings(WRITEBACK) == {"passwordWriteBackSupported": False, "accountUnlockEnabled": False}
    assert portal.put({"passwordWriteBackSupported": True}, WRITEBACK).status_code == 204
    assert portal.put({"passwordWriteBackSupported": True, "accountUnlockEnabled": True}, WRITEBACK).status_code == 400
    assert portal.settings(WRITEBACK)["passwordWriteBackSupported"] is True


def test_readers_see_the_old_object_for_a_while(portal: PortalClient, simulator: TestSimulator) -> None:
    before = portal.settings()
    simulator.set_profile(consistency_delay_seconds=0.3)
    portal.put(before | {"enablementType": 2})
    assert portal.settings() == before
    time.sleep(0.3)
    assert portal.settings()["enablementType"] == 2


def test_the_journal_tells_the_portal_apart(portal: PortalClient, simulator: TestSimulator) -> None:
    portal.put(portal.settings())
    entries = simulator.requests(tenant=portal.graph.tenant_id, service="portal")
    assert [(entry["method"], entry["path"]) for entry in entries] == [("GET", PASSWORD_RESET), ("PUT", PASSWORD_RESET)]
    assert "of-kim" not in str(simulator.requests())


def test_a_dump_holds_the_object(portal: PortalClient, simulator: TestSimulator) -> None:
    portal.put(portal.settings() | {"enablementType": 2})
    assert simulator.state(portal.graph.tenant_id)[PASSWORD_RESET] == portal.settings()
