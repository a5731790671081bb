# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People who sign in on another device: the codes, how they are polled, and the tokens that follow."""

from __future__ import annotations

import time
from typing import Any

import httpx
import msal
import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject
from simulator.token_service.jwt import parse_token
from simulator.token_service.people import DEVICE_CODE_GRANT
from simulator.token_service.sign_ins import DecisionError, SignIns

from .conftest import MakeClient
from .graph_client import GraphClient, http_client
from .portal_client import PERSON, PORTAL_RESOURCE, POWERSHELL

SCOPE = f"{PORTAL_RESOURCE}/.default offline_access openid profile"
KIM = {"id": PERSON, "userPrincipalName": "kim@fabrikam.example", "displayName": "Kim"}


def start(client: GraphClient, **changes: str | None) -> httpx.Response:
    """Ask for a device code; ``changes`` replace form fields, None leaves one out."""
    form: dict[str, str | None] = {"client_id": POWERSHELL, "scope": SCOPE}
    sent = {name: value for name, value in (form | changes).items() if value is not None}
    return client.http.post(f"/{client.tenant_id}/oauth2/v2.0/devicecode", data=sent)


def started(client: GraphClient) -> JsonObject:
    answer = start(client)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def poll(client: GraphClient, device_code: str, **changes: str | None) -> httpx.Response:
    form: dict[str, str | None] = {"client_id": POWERSHELL, "client_secret": None, "scope": None}
    return client.request_token(grant_type=DEVICE_CODE_GRANT, device_code=device_code, **(form | changes))


def decide(client: GraphClient, decision: str, **body: Any) -> int:
    return client.http.post(f"/_simulator/device_codes/{decision}", json=body).status_code


def redeem(client: GraphClient, refresh_token: str) -> httpx.Response:
    return client.request_token(
        grant_type="refresh_token", refresh_token=refresh_token, client_id=POWERSHELL, client_secret=None, scope=SCOPE
    )


def outcome(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]


def test_a_person_signs_in(make_client: MakeClient) -> None:
    client = make_client(state={"/users": [KIM]})
    code = started(client)
    assert code["user_code"] in code["message"]
    assert code["verification_uri"] in code["message"]
    assert (code["expires_in"], code["interval"]) == (900, 1)
    assert outcome(poll(client, code["device_code"])) == (400, "authorization_pending")
    assert decide(client, "approve", user_code=code["user_code"].lower(), user_id=PERSON) == 204
    answer = poll(client, code["device_code"])
    assert answer.status_code == 200
    claims = parse_token(answer.json()["access_token"]).claims
    assert (claims["oid"], claims["upn"], claims["appid"]) == (PERSON, "kim@fabrikam.example", POWERSHELL)
    assert (claims["aud"], claims["tid"], claims["scp"]) == (PORTAL_RESOURCE, client.tenant_id, "user_impersonation")
    assert redeem(client, answer.json()["refresh_token"]).status_code == 200
    assert outcome(poll(client, code["device_code"])) == (400, "bad_verification_code"), "good for one answer"


def test_a_person_declines(client: GraphClient, simulator: TestSimulator) -> None:
    for error in ("access_denied", "authorization_declined"):
        simulator.set_profile(device_code_denied_error=error)
        code = started(client)
        assert decide(client, "deny", user_code=code["user_code"]) == 204
        assert outcome(poll(client, code["device_code"])) == (400, error)


def test_codes_expire(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_profile(device_code_lifetime_seconds=0)
    code = started(client)
    assert outcome(poll(client, code["device_code"])) == (400, "expired_token")
    assert decide(client, "approve", user_code=code["user_code"], user_id=PERSON) == 400


def test_impatient_clients_are_told_to_slow_down(client: GraphClient) -> None:
    code = started(client)
    assert outcome(poll(client, code["device_code"])) == (400, "authorization_pending")
    assert outcome(poll(client, code["device_code"])) == (400, "slow_down")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_id": None}, "invalid_request"),
        ({"scope": None}, "invalid_request"),
        ({"scope": "https://elsewhere.example/.default"}, "invalid_resource"),
        ({"client_id": "99999999-9999-9999-9999-999999999999"}, "unauthorized_client"),
    ],
)
def test_codes_that_are_not_given(client: GraphClient, changes: dict[str, str | None], error: str) -> None:
    assert start(client, **changes).json()["error"] == error


def test_an_application_with_a_secret_gets_no_code(client: GraphClient) -> None:
    answer = start(client, client_id=client.entry["client_id"])
    assert (answer.json()["error"], answer.json()["error_codes"]) == ("invalid_client", [7000218])


def test_codes_belong_to_a_client_and_a_tenant(make_client: MakeClient) -> None:
    ours, theirs = make_client(), make_client()
    code = started(ours)
    assert outcome(poll(theirs, code["device_code"])) == (400, "bad_verification_code")
    assert outcome(poll(ours, "guessed")) == (400, "bad_verification_code")


@pytest.mark.parametrize(
    ("decision", "body", "status"),
    [
        ("approve", {"user_code": "NOSUCHONE", "user_id": PERSON}, 404),
        ("approve", {"user_code": "NOSUCHONE"}, 400),
        ("deny", {"user_code": "NOSUCHONE", "user_id": PERSON}, 400),
        ("deny", {"user_code": 1}, 400),
        ("forget", {"user_code": "NOSUCHONE"}, 404),
    ],
)
def test_decisions_that_cannot_be_taken(client: GraphClient, decision: str, body: JsonObject, status: int) -> None:
    assert decide(client, decision, **body) == status


def test_nobody_enters_a_code_twice(client: GraphClient) -> None:
    code = started(client)
    assert decide(client, "deny", user_code=code["user_code"]) == 204
    assert decide(client, "approve", user_code=code["user_code"], user_id=PERSON) == 400


def test_a_tenant_that_is_forgotten_takes_its_people_along(simulator: TestSimulator) -> None:
    document = {"tenant_id": "abcdef00-0000-0000-0000-00000000000d"}
    with http_client(simulator):
        first = GraphClient(simulator, simulator.create_tenant("forgotten", **document))
        code = started(first)
        assert decide(first, "approve", user_code=code["user_code"], user_id=PERSON) == 204
        token = poll(first, code["device_code"]).json()["refresh_token"]
        simulator.simulator.delete_tenant(first.tenant_id)
        second = GraphClient(simulator, simulator.create_tenant("remembered", **document))
        assert outcome(redeem(second, token)) == (400, "invalid_grant")
        simulator.simulator.delete_tenant(second.tenant_id)
        first.http.close()
        second.http.close()


@pytest.mark.parametrize(("renewal", "is_new", "old_is_good"), [("new", True, True), ("new_only", True, False)])
def test_refresh_tokens_are_renewed(
    client: GraphClient, simulator: TestSimulator, renewal: str, is_new: bool, old_is_good: bool
) -> None:
    code = started(client)
    assert decide(client, "approve", user_code=code["user_code"], user_id=PERSON) == 204
    old = poll(client, code["device_code"]).json()["refresh_token"]
    simulator.set_profile(refresh_token_renewal=renewal)
    new = redeem(client, old).json()["refresh_token"]
    assert (new != old) == is_new
    assert (redeem(client, old).status_code == 200) == old_is_good
    assert redeem(client, new).status_code == 200


def test_secrets_stay_out_of_the_journal(client: GraphClient, simulator: TestSimulator) -> None:
    code = started(client)
    assert decide(client, "approve", user_code=code["user_code"], user_id=PERSON) == 204
    # Microsoft's library sends the code under two names.
    token = poll(client, code["device_code"], code=code["device_code"]).json()["refresh_token"]
    redeem(client, token)
    journal = str(simulator.requests())
    assert "device_code" in journal, "the grant's name"
    assert code["device_code"] not in journal
    assert token not in journal


def test_microsofts_library_signs_a_person_in(client: GraphClient, simulator: TestSimulator) -> None:
    application = msal.PublicClientApplication(
        POWERSHELL,
        authority=f"{simulator.url}/{client.tenant_id}",
        instance_discovery=False,
        http_client=client.http,
    )
    flow = application.initiate_device_flow([f"{PORTAL_RESOURCE}/.default"])
    pending = application.acquire_token_by_device_flow(flow | {"expires_at": 0})
    assert pending["error"] == "authorization_pending"
    assert decide(client, "approve", user_code=flow["user_code"], user_id=PERSON) == 204
    answer = application.acquire_token_by_device_flow(flow)
    assert answer["refresh_token"]
    assert parse_token(answer["access_token"]).claims["oid"] == PERSON


def test_time_decides() -> None:
    now = [0.0]
    sign_ins = SignIns(clock=lambda: now[0])
    code = sign_ins.start("client", "scope", lifetime=10, interval=5)
    seen = []
    for now[0] in (0.0, 1.0, 5.9, 6.0, 11.0):
        found = sign_ins.poll(code.device_code, "client")
        assert found
        seen.append(found[0])
    assert seen == ["pending", "too_fast", "pending", "too_fast", "expired"]
    with pytest.raises(DecisionError, match="expired"):
        sign_ins.decide(code.user_code, "somebody")


def test_codes_are_hard_to_guess() -> None:
    sign_ins = SignIns(clock=time.monotonic)
    codes = [sign_ins.start("client", "scope", 10, 5) for _number in range(20)]
    assert len({code.device_code for code in codes} | {code.user_code for code in codes}) == 40
    assert min(len(code.device_code) for code in codes) >= 40
