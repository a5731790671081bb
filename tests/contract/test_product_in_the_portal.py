# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection's own way into the portal, from signing a person in to reading back what they wrote."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import GraphClient
from .portal_client import PASSWORD_RESET, PERSON, PORTAL_RESOURCE, POWERSHELL
from .whole_product import Task, imported

SCOPE = f"{PORTAL_RESOURCE}/.default"
AZURE_AD_GRAPH = "https://graph.windows.net/.default"
REFRESH = {"token": "of-kim", "user_id": PERSON, "scopes": ["user_impersonation"], "client_id": POWERSHELL}
KIM = {"id": PERSON, "userPrincipalName": "kim@fabrikam.example", "displayName": "Kim"}


@dataclass(frozen=True)
class Visitor:
    """The collection, in a tenant where a person may sign in."""

    folder: Path
    simulator: TestSimulator
    client: GraphClient

    @property
    def url(self) -> str:
        return f"{self.simulator.url}{PASSWORD_RESET}"

    @property
    def path(self) -> Path:
        return self.folder / "token"

    def part(self, name: str) -> Any:
        return imported(self.folder, name)

    def session(self, *, read_only: bool = False, tenant_id: str | None = None, **portal: str) -> Any:
        """Return a session with the tenant; ``portal`` is the credential."""
        connection = self.part("_graph.connection").connection_from_options(self._options(tenant_id, portal))
        return self.part("_graph.session").GraphSession(connection, read_only=read_only)

    def sign_in(self, *, wait: bool = False, check_mode: bool = False) -> JsonObject:
        """Return the result of portal_sign_in."""
        options = self._options(None, {"refresh_token_path": str(self.path)}) | {"wait": wait}
        return dict(self.part("_module.portal_sign_in").run(Task(options, options, check_mode), lambda: None))

    def has(self, token: str) -> None:
        self.path.write_text(token)
        self.path.chmod(0o600)

    def sent(self, service: str) -> list[str]:
        entries = self.simulator.requests(self.client.tenant_id, service)
        return [f"{entry['method']} {entry['path']}" for entry in entries]

    def _options(self, tenant_id: str | None, portal: dict[str, str]) -> JsonObject:
        here = self.simulator.url
        addresses = {"url": f"{here}/portal", "mfa_registration_policy_url": f"{here}/portal/{{tenant_id}}/x"}
        return {
            **{name: self.client.entry[name] for name in ("tenant_id", "client_id", "client_secret")},
            **({"tenant_id": tenant_id} if tenant_id else {}),
            "auth_method": "client_secret",
            "cloud": "global",
            "authority_url": here,
            "graph_url": here,
            "ca_path": str(self.simulator.ca_path),
            "portal": {**addresses, **portal},
        }


@pytest.fixture
def visitor(tmp_path: Path, simulator: TestSimulator, make_client: MakeClient) -> Visitor:
    client = make_client(application={"refresh_tokens": [REFRESH]}, state={"/users": [KIM]})
    return Visitor(tmp_path, simulator, client)


def error(visitor: Visitor, name: str) -> type[Exception]:
    found = getattr(visitor.part("_graph.errors"), name)
    assert issubclass(found, Exception)
    return found


@pytest.mark.parametrize("credential", ["refresh_token", "refresh_token_path"])
def test_reads_and_writes(visitor: Visitor, credential: str) -> None:
    visitor.has("of-kim")
    given = {"refresh_token": "of-kim", "refresh_token_path": str(visitor.path)}
    session = visitor.session(**{credential: given[credential]})
    settings = session.portal.get(visitor.url, SCOPE)
    session.portal.write("PUT", visitor.url, SCOPE, {**settings, "enablementType": 2})
    assert session.portal.get(visitor.url, SCOPE) == {**settings, "enablementType": 2}
    session.close()


def test_registration_policy_with_a_token_of_its_own(visitor: Visitor) -> None:
    session = visitor.session(refresh_token="of-kim")
    found = session.portal.get(f"{visitor.simulator.url}/portal/{visitor.client.tenant_id}/policies", AZURE_AD_GRAPH)
    policy = f"{visitor.simulator.url}/portal/{visitor.client.tenant_id}/policies/{found['value'][0]['objectId']}"
    settings = session.portal.get(policy, AZURE_AD_GRAPH)
    session.portal.write("PATCH", policy, AZURE_AD_GRAPH, {**settings, "RegistrationWindowInDays": 7})
    assert session.portal.get(policy, AZURE_AD_GRAPH)["RegistrationWindowInDays"] == 7
    session.close()


def test_tenant_named_by_its_domain(visitor: Visitor) -> None:
    domain = visitor.client.get("/organization").json()["value"][0]["verifiedDomains"][0]["name"]
    session = visitor.session(tenant_id=domain, refresh_token="of-kim")
    assert session.portal.get(visitor.url, SCOPE)["objectId"] == "default"
    session.close()


def test_read_only_session_sends_nothing_but_reads(visitor: Visitor) -> None:
    session = visitor.session(read_only=True, refresh_token="of-kim")
    settings = session.portal.get(visitor.url, SCOPE)
    with pytest.raises(error(visitor, "GuardRefused")):
        session.portal.write("PUT", visitor.url, SCOPE, settings)
    assert visitor.sent("portal") == [f"GET {PASSWORD_RESET}"]
    session.close()


def test_application_token_is_not_even_sent(visitor: Visitor) -> None:
    answer = visitor.client.request_token(scope=SCOPE)
    session = visitor.session(access_token=answer.json()["access_token"])
    with pytest.raises(error(visitor, "AuthenticationFailed"), match="belongs to an application"):
        session.portal.get(visitor.url, SCOPE)
    assert visitor.sent("portal") == []
    session.close()


def test_person_of_another_tenant_is_not_even_heard(visitor: Visitor, make_client: MakeClient) -> None:
    other = make_client(application={"refresh_tokens": [copy.deepcopy(REFRESH)]})
    answer = other.request_token(
        grant_type="refresh_token", refresh_token="of-kim", client_id=POWERSHELL, client_secret=None, scope=SCOPE
    )
    session = visitor.session(access_token=answer.json()["access_token"])
    with pytest.raises(error(visitor, "AuthenticationFailed"), match=f"tenant {other.tenant_id}, not to"):
        session.portal.get(visitor.url, SCOPE)
    assert visitor.simulator.requests(service="portal") == []
    session.close()


@pytest.mark.parametrize("renewal", ["same", "new", "new_only"])
def test_file_lasts_for_many_runs_whatever_the_service_renews(visitor: Visitor, renewal: str) -> None:
    visitor.simulator.set_profile(refresh_token_renewal=renewal)
    visitor.has("of-kim")
    for read_only in (True, False, True):
        session = visitor.session(read_only=read_only, refresh_token_path=str(visitor.path))
        assert session.portal.get(visitor.url, SCOPE)["objectId"] == "default"
        session.portal.get(f"{visitor.simulator.url}/portal/{visitor.client.tenant_id}/policies", AZURE_AD_GRAPH)
        session.close()
    assert (visitor.path.read_text() == "of-kim") == (renewal == "same")
    assert visitor.path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("setting", "words"), [("missing", "404.*No HTTP resource"), ("another_shape", "400")])
def test_service_that_is_not_what_it_was(visitor: Visitor, setting: str, words: str) -> None:
    session = visitor.session(refresh_token="of-kim")
    visitor.simulator.set_profile(portal_password_reset=setting)
    with pytest.raises(error(visitor, "ServiceRefused"), match=words):
        session.portal.write("PUT", visitor.url, SCOPE, {"objectId": "default"})
    session.close()


def test_unclear_write_is_sent_once(visitor: Visitor) -> None:
    session = visitor.session(refresh_token="of-kim")
    settings = session.portal.get(visitor.url, SCOPE)
    for action in ({"kind": "commit_then_fail", "status": 504}, {"kind": "reset"}):
        visitor.simulator.clear_requests()
        visitor.simulator.set_faults({"method": "PUT", "path": "PasswordReset", "count": 9, "action": action})
        with pytest.raises(error(visitor, "OutcomeUnknown")):
            session.portal.write("PUT", visitor.url, SCOPE, settings)
        assert visitor.sent("portal") + visitor.sent("token") == [f"PUT {PASSWORD_RESET}"]
    session.close()


def test_person_signs_in_and_reads(visitor: Visitor) -> None:
    begun = visitor.sign_in()["portal_sign_in"]
    assert begun["state"] == "pending"
    decided = visitor.client.http.post(
        "/_simulator/device_codes/approve", json={"user_code": begun["user_code"], "user_id": PERSON}
    )
    assert decided.status_code == 204
    done = visitor.sign_in(wait=True)
    assert done["changed"] is True
    assert done["portal_sign_in"]["account"] == "kim@fabrikam.example"
    assert visitor.sign_in(wait=True) == {**done, "changed": False}
    session = visitor.session(refresh_token_path=str(visitor.path))
    assert session.portal.get(visitor.url, SCOPE)["objectId"] == "default"
    session.close()
    assert visitor.sent("graph") == []


def test_person_declines(visitor: Visitor) -> None:
    begun = visitor.sign_in()["portal_sign_in"]
    visitor.client.http.post("/_simulator/device_codes/deny", json={"user_code": begun["user_code"]})
    with pytest.raises(error(visitor, "AuthenticationFailed"), match="declined"):
        visitor.sign_in(wait=True)
    assert list(visitor.folder.glob("token*")) == []


def test_check_mode_begins_nothing(visitor: Visitor) -> None:
    assert visitor.sign_in(check_mode=True)["changed"] is True
    assert visitor.sent("token") == []


def test_expired_refresh_token_leads_to_a_new_sign_in(visitor: Visitor, make_client: MakeClient) -> None:
    client = make_client(application={"refresh_tokens": [{**REFRESH, "expired": True}]})
    late = Visitor(visitor.folder, visitor.simulator, client)
    late.has("of-kim")
    with pytest.raises(error(visitor, "AuthenticationFailed"), match="AADSTS700082"):
        late.session(refresh_token_path=str(late.path)).portal.get(late.url, SCOPE)
    assert late.sign_in()["portal_sign_in"]["state"] == "pending"
