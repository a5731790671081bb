# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""portal_sign_in: begun, waited for, kept; nothing secret comes out."""

from __future__ import annotations

import json
import stat
import typing as t
from pathlib import Path

import httpx
import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.delegated_errors import SignInNeeded
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    AuthenticationFailed,
    ConnectionFailed,
    OptionError,
)
from ansible_collections.m365.entra.plugins.module_utils._module.portal_sign_in import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.connection_options import CONNECTION
from ansible_collections.m365.entra.plugins.module_utils._spec.protocol import MakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import OTHER_TENANT, TENANT
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.token_service import (
    AUTHORITY,
    DEVICE_CODE,
    STARTED,
    Json,
    PaperTokenService,
    Reply,
    put_in_place,
    refused,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.tokens import token

REFRESH_TOKEN = "very-secret-refresh"
EXPIRED = refused("invalid_grant", "AADSTS700082: The refresh token has expired.")


def tokens(refresh_token: str | None = REFRESH_TOKEN, **claims: t.Any) -> Json:
    """The answer of the token service to a person who has signed in."""
    person = token(**{"scp": "user_impersonation", "upn": "ada@contoso.example", **claims})
    return {"access_token": person, "expires_in": 3600, **({"refresh_token": refresh_token} if refresh_token else {})}


def no_session() -> t.Any:
    """Nobody asks for a session with Microsoft Graph."""
    pytest.fail("Microsoft Graph has nothing to do with it")


class Desk:
    """Runs the module against a paper token service, with a file of its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = folder / "token"
        self.pending = folder / "token.pending"
        self._monkeypatch = monkeypatch
        self.service = PaperTokenService()

    def run(self, *replies: Reply, check_mode: bool = False, **options: t.Any) -> Json:
        """The module's result."""
        with self._monkeypatch.context() as patched:
            self.service = put_in_place(patched, *replies)
            given = {"tenant_id": TENANT, "authority_url": AUTHORITY, **options}
            given.setdefault("portal", {"refresh_token_path": str(self.path)})
            module = fake_module(SPEC.merged(CONNECTION), given, check_mode=check_mode)
            result = run(module, t.cast(MakeSession, no_session))
        said = json.dumps(result)
        assert "very-secret" not in said
        assert self.service.replies == []
        return result

    def has(self, refresh_token: str) -> None:
        """Put a refresh token into the file."""
        self.path.write_text(refresh_token, encoding="utf-8")
        self.path.chmod(0o600)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A place where nobody has signed in."""
    return Desk(tmp_path, monkeypatch)


def test_two_tasks(desk: Desk) -> None:
    begun = desk.run(STARTED)
    assert begun["changed"] is True
    told = begun["portal_sign_in"]
    assert told.pop("expires_on").endswith("Z")
    assert told == {
        "state": "pending",
        "refresh_token_path": str(desk.path),
        "user_code": STARTED["user_code"],
        "verification_uri": STARTED["verification_uri"],
        "message": STARTED["message"],
    }
    assert stat.S_IMODE(desk.pending.stat().st_mode) == 0o600
    assert not desk.path.exists()

    done = desk.run(tokens(), wait=True)
    assert done["changed"] is True
    assert done["portal_sign_in"] == {
        "state": "signed_in",
        "refresh_token_path": str(desk.path),
        "account": "ada@contoso.example",
        "tenant_id": TENANT,
    }
    assert desk.service.forms[0]["device_code"] == DEVICE_CODE
    assert desk.path.read_text(encoding="utf-8") == REFRESH_TOKEN
    assert stat.S_IMODE(desk.path.stat().st_mode) == 0o600
    assert not desk.pending.exists()


@pytest.mark.parametrize("wait", [False, True])
def test_who_is_signed_in_need_not_do_it_again(desk: Desk, wait: bool) -> None:
    desk.has(REFRESH_TOKEN)
    result = desk.run(tokens(), wait=wait)
    assert result["changed"] is False
    assert result["portal_sign_in"]["state"] == "signed_in"
    assert result["portal_sign_in"]["account"] == "ada@contoso.example"


def test_sign_in_that_waits_is_not_begun_twice(desk: Desk) -> None:
    first = desk.run(STARTED)
    second = desk.run()
    assert second == {**first, "changed": False}
    assert desk.service.urls == []


@pytest.mark.parametrize(
    "changes",
    [{"tenant_id": OTHER_TENANT}, {"portal_client_id": "another-client"}, {"authority_url": "https://other.example"}],
)
def test_sign_in_elsewhere_does_not_count(desk: Desk, changes: dict[str, str]) -> None:
    desk.run(STARTED)
    client_id = changes.pop("portal_client_id", None)
    portal = {"refresh_token_path": str(desk.path), **({"client_id": client_id} if client_id else {})}
    assert desk.run(STARTED, portal=portal, **changes)["changed"] is True


def test_expired_code_is_replaced(desk: Desk) -> None:
    desk.run({**STARTED, "expires_in": 0})
    assert desk.run(STARTED)["changed"] is True


@pytest.mark.parametrize("content", ["no JSON", "[]", '{"place": {}}', '{"flow": 1, "place": 1}'])
def test_strange_file_is_replaced(desk: Desk, content: str) -> None:
    desk.pending.write_text(content, encoding="utf-8")
    desk.pending.chmod(0o600)
    assert desk.run(STARTED)["changed"] is True


def test_expired_refresh_token_is_replaced(desk: Desk) -> None:
    desk.has("very-secret-old")
    assert desk.run(EXPIRED, STARTED)["portal_sign_in"]["state"] == "pending"
    assert desk.path.read_text(encoding="utf-8") == "very-secret-old", "until there is another one"
    desk.run(EXPIRED, tokens(), wait=True)
    assert desk.path.read_text(encoding="utf-8") == REFRESH_TOKEN


@pytest.mark.parametrize("check_mode", [False, True])
def test_renewed_token_is_kept(desk: Desk, check_mode: bool) -> None:
    desk.has("very-secret-old")
    assert desk.run(tokens(), check_mode=check_mode)["changed"] is False
    assert desk.path.read_text(encoding="utf-8") == REFRESH_TOKEN


def test_check_mode_begins_and_finishes_nothing(desk: Desk) -> None:
    assert desk.run(check_mode=True)["changed"] is True
    assert desk.run(check_mode=True, wait=True)["changed"] is True
    assert list(desk.path.parent.iterdir()) == []
    desk.run(STARTED)
    before = desk.pending.read_text(encoding="utf-8")
    assert desk.run(check_mode=True)["changed"] is False
    assert desk.run(check_mode=True, wait=True)["changed"] is True
    assert desk.pending.read_text(encoding="utf-8") == before
    assert desk.service.urls == []


def test_waiting_for_nobody(desk: Desk) -> None:
    with pytest.raises(OptionError, match=r"^wait: no sign-in .* waits") as failure:
        desk.run(wait=True)
    assert "without wait first" in failure.value.remedy


@pytest.mark.parametrize("error", ["access_denied", "expired_token"])
def test_sign_in_that_came_to_nothing_is_forgotten(desk: Desk, error: str) -> None:
    desk.run(STARTED)
    with pytest.raises(SignInNeeded):
        desk.run(refused(error), wait=True)
    assert not desk.pending.exists()
    assert not desk.path.exists()


def test_sign_in_outlives_a_lost_connection(desk: Desk) -> None:
    desk.run(STARTED)
    with pytest.raises(ConnectionFailed):
        desk.run(httpx.ConnectError("Connection refused"), wait=True)
    assert desk.run(tokens(), wait=True)["changed"] is True


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (tokens(tid=OTHER_TENANT), f"tenant {OTHER_TENANT}, not to {TENANT}"),
        (tokens(scp=None, roles=["x"]), "belongs to an application"),
        (tokens(refresh_token=None), "no refresh token"),
    ],
)
def test_wrong_person_is_not_kept(desk: Desk, answer: Json, words: str) -> None:
    desk.run(STARTED)
    with pytest.raises(AuthenticationFailed, match=words) as failure:
        desk.run(answer, wait=True)
    assert "very-secret" not in str(failure.value)
    assert not desk.path.exists()


def test_tenant_named_by_a_domain(desk: Desk) -> None:
    desk.has(REFRESH_TOKEN)
    assert desk.run(tokens(), tenant_id="contoso.example")["portal_sign_in"]["tenant_id"] == TENANT


def test_refusal_that_a_new_sign_in_would_not_mend_is_told(desk: Desk) -> None:
    desk.has(REFRESH_TOKEN)
    with pytest.raises(AuthenticationFailed, match="does not know the public client"):
        desk.run(refused("unauthorized_client", "AADSTS700016: unknown"))


def test_file_that_others_can_read_is_refused(desk: Desk) -> None:
    desk.has(REFRESH_TOKEN)
    desk.path.chmod(0o644)
    with pytest.raises(OptionError, match="mode 0644"):
        desk.run()


@pytest.mark.parametrize("portal", [{}, {"refresh_token": REFRESH_TOKEN}, {"access_token": REFRESH_TOKEN}])
def test_file_is_needed(desk: Desk, portal: dict[str, str]) -> None:
    with pytest.raises(OptionError, match=r"^portal.refresh_token_path is needed") as failure:
        desk.run(portal=portal)
    assert REFRESH_TOKEN not in str(failure.value)


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({"tenant_id": None}, "tenant_id"),
        ({"authority_url": "http://x"}, "authority_url"),
        ({"ca_path": "/x"}, "ca_path"),
    ],
)
def test_wrong_options(desk: Desk, options: dict[str, t.Any], path: str) -> None:
    with pytest.raises(OptionError, match=f"^{path}: "):
        desk.run(**options)
