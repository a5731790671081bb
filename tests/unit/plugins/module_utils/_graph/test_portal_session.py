# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person's session with the portal: whose token goes where, and what never leaves."""

from __future__ import annotations

import typing as t
import uuid

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    AuthenticationFailed,
    ConnectionFailed,
    GuardRefused,
    OptionError,
    OutcomeUnknown,
    ServiceRefused,
)
from ansible_collections.m365.entra.plugins.module_utils._graph.portal_connection import (
    MFA_REGISTRATION_POLICY_SCOPE,
    MFA_REGISTRATION_POLICY_URL,
    PORTAL_SCOPE,
    PORTAL_URL,
)
from ansible_collections.m365.entra.plugins.module_utils._graph.portal_session import PortalSession
from ansible_collections.m365.entra.plugins.module_utils._graph.session import GraphSession
from ansible_collections.m365.entra.plugins.module_utils._graph.transport import Answer, NoAnswer
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.graph_session import (
    PaperCredential,
    PaperTransport,
    Reply,
    answer,
    paper_session,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import OTHER_TENANT, TENANT
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.tokens import token

URL = f"{PORTAL_URL}/api/PasswordReset/PasswordResetPolicies"
POLICY_URL = MFA_REGISTRATION_POLICY_URL.format(tenant_id=TENANT, policy_id="1")
PERSON = token(scp="user_impersonation", upn="ada@contoso.example")
Send = t.Callable[[PortalSession, str], t.Any]
SENDING: list[t.Any] = [
    pytest.param(lambda portal, url: portal.get(url, PORTAL_SCOPE), id="get"),
    pytest.param(lambda portal, url: portal.write("PUT", url, PORTAL_SCOPE, {}), id="write"),
]
ADDRESSES = {"url": PORTAL_URL, "mfa_registration_policy_url": MFA_REGISTRATION_POLICY_URL}


def portal_session(
    *replies: Reply,
    person: str = PERSON,
    read_only: bool = False,
    graph_token: str | None = None,
    **options: t.Any,
) -> tuple[GraphSession, PaperTransport]:
    """A session with a person's access token, and the transport through which all requests to the portal go."""
    graph = PaperCredential(graph_token) if graph_token else PaperCredential()
    portal = {**ADDRESSES, "access_token": person, **options.pop("portal", {})}
    session, _graph_transport = paper_session(read_only=read_only, credential=graph, portal=portal, **options)
    transport = PaperTransport(list(replies))
    session.portal._transporter = t.cast(t.Any, lambda endpoint: transport)  # type: ignore[method-assign]
    return session, transport


def test_reading() -> None:
    session, transport = portal_session(answer({"objectId": "default"}), answer({"objectId": "1"}))
    assert session.portal.get(URL, PORTAL_SCOPE) == {"objectId": "default"}
    assert session.portal.get(POLICY_URL, MFA_REGISTRATION_POLICY_SCOPE) == {"objectId": "1"}
    assert transport.sent == [("GET", URL), ("GET", POLICY_URL)]


def test_requests_look_like_those_of_the_portal() -> None:
    session, transport = portal_session(answer({}), answer(None, 204))
    session.portal.get(URL, PORTAL_SCOPE)
    session.portal.write("PUT", URL, PORTAL_SCOPE, {"a": None})
    first, second = transport.headers
    for name in ("x-ms-client-request-id", "x-ms-correlation-id", "x-ms-client-session-id"):
        assert uuid.UUID(first[name])
    assert first["x-ms-client-request-id"] != second["x-ms-client-request-id"]
    assert first["x-ms-client-session-id"] == second["x-ms-client-session-id"]
    assert first["X-Requested-With"] == "XMLHttpRequest"
    assert transport.bodies == [None, {"a": None}]


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_writing(method: str) -> None:
    session, transport = portal_session(answer(None, 204), answer({"ignored": 1}, 200))
    session.portal.write(method, URL, PORTAL_SCOPE, {"a": 1})
    session.portal.write(method, URL, PORTAL_SCOPE, {"a": 2})
    assert transport.sent == [(method, URL)] * 2


def test_no_other_way_to_write() -> None:
    session, transport = portal_session()
    with pytest.raises(ValueError, match="DELETE"):
        session.portal.write("DELETE", URL, PORTAL_SCOPE, {})
    assert transport.sent == []


def test_read_only_session_never_writes() -> None:
    session, transport = portal_session(answer({}), read_only=True)
    session.portal.get(URL, PORTAL_SCOPE)
    with pytest.raises(GuardRefused, match=r"PUT /api/PasswordReset.*check mode"):
        session.portal.write("PUT", URL, PORTAL_SCOPE, {})
    assert transport.sent == [("GET", URL)]


def test_what_must_hold_before_the_first_write_holds_here_too() -> None:
    session, transport = portal_session(answer(None, 204), answer(None, 204))
    checked: list[bool] = []

    def check() -> None:
        checked.append(True)
        if len(checked) == 1:
            raise GuardRefused("not this tenant")

    session.before_first_write(check)
    with pytest.raises(GuardRefused, match="not this tenant"):
        session.portal.write("PUT", URL, PORTAL_SCOPE, {})
    assert transport.sent == []
    session.portal.write("PUT", URL, PORTAL_SCOPE, {})
    session.portal.write("PUT", URL, PORTAL_SCOPE, {})
    assert len(checked) == 2


@pytest.mark.parametrize("portal", [None, ADDRESSES])
def test_nobody_signed_in(portal: t.Any) -> None:
    session, _transport = paper_session(portal=portal)
    with pytest.raises(OptionError, match=r"^portal.refresh_token, portal.refresh_token_path or portal.access_token: "):
        session.portal  # noqa: B018 - asking for it is what fails


def test_token_of_an_application_is_refused() -> None:
    session, transport = portal_session(person=token(roles=["Policy.Read.All"]))
    with pytest.raises(AuthenticationFailed, match=r"^portal.access_token: .*application.*signed-in people"):
        session.portal.get(URL, PORTAL_SCOPE)
    assert transport.sent == []


def test_person_may_have_roles_of_an_application() -> None:
    session, _transport = portal_session(answer({}), person=token(scp="user_impersonation", roles=["x"]))
    assert session.portal.get(URL, PORTAL_SCOPE) == {}


@pytest.mark.parametrize("send", SENDING)
@pytest.mark.parametrize("tenant", [TENANT, "contoso.example"])
def test_token_of_another_tenant_is_refused(tenant: str, send: Send) -> None:
    session, transport = portal_session(person=token(tid=OTHER_TENANT, scp="user_impersonation"), tenant_id=tenant)
    with pytest.raises(AuthenticationFailed, match=f"tenant {OTHER_TENANT}, not to {TENANT}"):
        send(session.portal, URL)
    assert transport.sent == []


def test_tenant_named_by_domain_is_the_one_that_graph_is_in() -> None:
    session, transport = portal_session(
        answer({}),
        person=token(tid=OTHER_TENANT, scp="user_impersonation"),
        tenant_id="contoso.example",
        graph_token=token(tid=OTHER_TENANT, roles=["Policy.Read.All"]),
    )
    assert session.portal.get(URL, PORTAL_SCOPE) == {}
    assert len(transport.sent) == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/api",
        "http://main.iam.ad.ext.azure.com/api",
        "https://main.iam.ad.ext.azure.com:444/api",
        "https://main.iam.ad.ext.azure.com@evil.example/api",
        "/api",
    ],
)
@pytest.mark.parametrize("send", SENDING)
def test_token_goes_nowhere_else(url: str, send: Send) -> None:
    session, transport = portal_session()
    with pytest.raises(OptionError, match="not an address that the options name"):
        send(session.portal, url)
    assert transport.sent == []


def test_address_of_the_global_cloud_is_not_asked_in_another_one() -> None:
    session, _transport = portal_session(cloud="china")
    with pytest.raises(OptionError, match="cloud is china"):
        session.portal.get(URL, PORTAL_SCOPE)


@pytest.mark.parametrize("body", [None, [], "text", [{"objectId": "default"}]])
def test_answer_must_be_an_object(body: t.Any) -> None:
    session, _transport = portal_session(answer(body))
    with pytest.raises(ConnectionFailed, match="no object") as failure:
        session.portal.get(URL, PORTAL_SCOPE)
    assert "portal.url" in failure.value.remedy


def test_page_is_no_answer() -> None:
    session, _transport = portal_session(Answer(200, {}, b"<html>Sign in</html>"))
    with pytest.raises(ConnectionFailed, match=r"^portal.url: .*not JSON") as failure:
        session.portal.get(URL, PORTAL_SCOPE)
    assert "Something other than the portal's service answered" in failure.value.remedy


@pytest.mark.parametrize("status", [302, 307, 400, 401, 403, 404])
def test_refusal(status: int) -> None:
    session, transport = portal_session(answer({"Message": "No."}, status, location="https://evil.example"))
    with pytest.raises(ServiceRefused, match=f"refused by the portal's service: {status}") as failure:
        session.portal.write("PUT", URL, PORTAL_SCOPE, {})
    assert failure.value.remedy
    assert len(transport.sent) == 1


@pytest.mark.parametrize("reply", [answer(None, 500), answer(None, 503), answer(None, 504), NoAnswer("no answer")])
def test_unclear_write_is_not_repeated(reply: Reply) -> None:
    session, transport = portal_session(reply)
    with pytest.raises(OutcomeUnknown):
        session.portal.write("PUT", URL, PORTAL_SCOPE, {})
    assert len(transport.sent) == 1


def test_reads_and_throttled_writes_are_repeated() -> None:
    throttled = answer(None, 429, **{"retry-after": "3"})
    session, transport = portal_session(answer(None, 503), answer({"a": 1}), throttled, answer(None, 204))
    assert session.portal.get(URL, PORTAL_SCOPE) == {"a": 1}
    session.portal.write("PUT", URL, PORTAL_SCOPE, {})
    assert len(transport.sent) == 4
    assert transport.slept[-1] == 3


def test_closing() -> None:
    session, transport = portal_session()
    session.portal._transports[("x", "y")] = t.cast(t.Any, transport)
    session.close()
    assert transport.is_closed


def test_repeating_ends_with_the_deadline() -> None:
    session, transport = portal_session(answer(None, 503), retry_deadline=0)
    with pytest.raises(ServiceRefused):
        session.portal.get(URL, PORTAL_SCOPE)
    assert (len(transport.sent), transport.slept) == (1, [])
