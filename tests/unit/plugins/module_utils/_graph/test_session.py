# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session: paging, retry, rate, and what must never leave it."""

from __future__ import annotations

import typing as t
import uuid

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    AuthenticationFailed,
    ConnectionFailed,
    EntraError,
    GuardRefused,
    OutcomeUnknown,
    ServiceRefused,
)
from ansible_collections.m365.entra.plugins.module_utils._graph.session import GraphSession
from ansible_collections.m365.entra.plugins.module_utils._graph.transport import NoAnswer
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.connections import SECRET
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.graph_session import (
    PaperCredential,
    answer,
    paper_session,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import OTHER_TENANT, TENANT
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.tokens import token

GRAPH = "https://graph.microsoft.com/v1.0"
POLICIES = "/identity/conditionalAccess/policies"
NO_ANSWER = NoAnswer("no answer")
Write = t.Callable[[GraphSession], t.Any]
WRITES: list[t.Any] = [
    pytest.param(lambda session: session.post(POLICIES, {"a": 1}), id="post"),
    pytest.param(lambda session: session.patch(f"{POLICIES}/1", {"a": None}), id="patch"),
    pytest.param(lambda session: session.delete(f"{POLICIES}/1"), id="delete"),
]


def test_get() -> None:
    session, transport = paper_session(answer({"isEnabled": True}))
    assert session.get("/policies/x") == {"isEnabled": True}
    assert transport.sent == [("GET", f"{GRAPH}/policies/x")]


def test_reads_ask_for_new_enum_members_and_name_each_request() -> None:
    session, transport = paper_session(answer({}), answer({}))
    session.get("/x")
    session.get("/x")
    first, second = transport.headers
    assert first["Prefer"] == "include-unknown-enum-members"
    assert uuid.UUID(first["client-request-id"]) != uuid.UUID(second["client-request-id"])


def test_query_is_encoded() -> None:
    session, transport = paper_session(answer({"value": []}))
    session.list("/users", filter="userPrincipalName in ('a+b#EXT#@x.example','O''Neil & sons')", select="id,name")
    url = transport.sent[0][1]
    assert url.startswith(f"{GRAPH}/users?$filter=userPrincipalName")
    assert "('a%2Bb%23EXT%23%40x.example','O''Neil" in url
    assert "%26" in url
    assert url.endswith("&$select=id,name")
    assert " " not in url


def test_list_follows_the_pages_as_they_are_linked() -> None:
    link = f"{GRAPH}/users?$skiptoken=a%20b"
    session, transport = paper_session(
        answer({"value": [{"id": "1"}], "@odata.nextLink": link}),
        answer({"value": []}),
        answer({"value": [{"id": "2"}]}),
    )
    assert session.list("/users") == [{"id": "1"}]
    assert [url for _unused, url in transport.sent] == [f"{GRAPH}/users", link]


def test_pages_are_read_only_when_they_are_wanted() -> None:
    link = f"{GRAPH}/users?$skiptoken=2"
    session, transport = paper_session(
        answer({"value": [{"id": "1"}], "@odata.nextLink": link}), answer({"value": [{"id": "2"}]})
    )
    pages = session.pages("/users", top="999")
    assert transport.sent == []
    assert next(pages) == [{"id": "1"}]
    assert [url for _unused, url in transport.sent] == [f"{GRAPH}/users?$top=999"]
    assert list(pages) == [[{"id": "2"}]]
    assert transport.sent[1] == ("GET", link)


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/v1.0/users",
        "http://graph.microsoft.com/v1.0/users",
        "https://graph.microsoft.com:8443/v1.0/users",
        "https://graph.microsoft.com@evil.example/v1.0/users",
        "//evil.example/users",
        "/v1.0/users",
    ],
)
def test_page_on_another_host_is_not_followed(link: str) -> None:
    session, transport = paper_session(answer({"value": [], "@odata.nextLink": link}))
    with pytest.raises(EntraError, match="another host"):
        session.list("/users")
    assert len(transport.sent) == 1


def test_empty_collection() -> None:
    assert paper_session(answer({"value": []}))[0].list("/users") == []


@pytest.mark.parametrize("body", [{}, {"value": None}, {"value": {}}, {"value": ["x"]}, {"error": "x"}])
def test_answer_without_a_list_is_not_an_empty_list(body: t.Any) -> None:
    """Taken for empty, it would have everything created a second time."""
    with pytest.raises(ConnectionFailed, match=r"GET /users: .*no list") as failure:
        paper_session(answer(body, **{"request-id": "r-1"}))[0].list("/users")
    assert "graph_url" in failure.value.remedy
    assert failure.value.request_id == "r-1"


@pytest.mark.parametrize("body", [None, [], ["x"], "x", 1, False])
@pytest.mark.parametrize("read", ["get", "list"])
def test_answer_without_an_object_is_not_an_empty_one(read: str, body: t.Any) -> None:
    session, _unused = paper_session(answer(body, **{"request-id": "r-1"}))
    with pytest.raises(ConnectionFailed, match=r"GET /x: .*no JSON object.*\(request id r-1\)"):
        getattr(session, read)("/x")


@pytest.mark.parametrize("body", [None, [], {}])
def test_question_without_an_answer_is_told(body: t.Any) -> None:
    session, _unused = paper_session(answer(body, **{"request-id": "r-1"}))
    with pytest.raises(ConnectionFailed, match=r"POST /identity.*\(request id r-1\)"):
        session.ask("/identity/conditionalAccess/evaluate", {})


def test_last_request_is_known_by_the_id_that_the_service_gave_it() -> None:
    session, _unused = paper_session(answer({}, **{"request-id": "r-1"}), answer({"id": "1"}, 201))
    assert session.last_request_id == ""
    session.get("/x")
    assert session.last_request_id == "r-1"
    session.post(POLICIES, {})
    assert session.last_request_id == ""


def test_writes_carry_their_bodies() -> None:
    session, transport = paper_session(answer({"id": "1"}, 201), answer(None, 204), answer(None, 204))
    assert session.post(POLICIES, {"a": None}) == {"id": "1"}
    session.patch(f"{POLICIES}/1", {"b": []})
    session.delete(f"{POLICIES}/1")
    assert [method for method, _unused in transport.sent] == ["POST", "PATCH", "DELETE"]
    assert transport.bodies == [{"a": None}, {"b": []}, None]


@pytest.mark.parametrize("write", WRITES)
def test_read_only_session_never_writes(write: Write) -> None:
    session, transport = paper_session(read_only=True)
    session.before_first_write(lambda: pytest.fail("checked for nothing"))
    with pytest.raises(GuardRefused, match="check mode"):
        write(session)
    assert transport.sent == []


def test_check_comes_once_and_before_the_first_write_only() -> None:
    session, transport = paper_session(answer({}), answer({}, 201), answer(None, 204))
    checked: list[int] = []
    session.before_first_write(lambda: checked.append(len(transport.sent)))
    session.get("/x")
    assert checked == []
    session.post(POLICIES, {})
    session.delete(f"{POLICIES}/1")
    assert checked == [1]


def test_check_may_read() -> None:
    session, transport = paper_session(answer({"value": []}), answer({}, 201))
    session.before_first_write(lambda: t.cast(None, session.list("/organization")))
    session.post(POLICIES, {})
    assert [method for method, _unused in transport.sent] == ["GET", "POST"]


def test_what_the_check_refuses_is_never_written() -> None:
    session, transport = paper_session()

    def refuse() -> None:
        raise GuardRefused("the wrong tenant")

    session.before_first_write(refuse)
    for _unused in range(2):
        with pytest.raises(GuardRefused, match="the wrong tenant"):
            session.post(POLICIES, {})
    assert transport.sent == []


def test_reads_are_repeated_until_they_succeed() -> None:
    session, transport = paper_session(answer({}, 503), NO_ANSWER, answer({}, 429), answer({"a": 1}))
    assert session.get("/x") == {"a": 1}
    assert len(transport.slept) == 3


def test_reads_give_up() -> None:
    session, transport = paper_session(*[answer({"error": {"code": "x"}}, 503)] * 10)
    with pytest.raises(ServiceRefused) as failure:
        session.get("/x")
    assert failure.value.status == 503
    assert len(transport.sent) == 6


def test_read_without_an_answer_is_told_as_such() -> None:
    session, _unused = paper_session(*[NO_ANSWER] * 10)
    with pytest.raises(ConnectionFailed, match="no answer"):
        session.get("/x")


def test_retry_after_is_waited() -> None:
    session, transport = paper_session(answer({}, 429, **{"retry-after": "7"}), answer({}))
    session.get("/users")
    assert transport.slept == [7.0]


def test_throttled_conditional_access_is_paced_from_then_on() -> None:
    session, transport = paper_session(answer({}, 429), answer({}), answer({}), answer({}))
    session.get("/users")
    assert len(transport.slept) == 1
    session, transport = paper_session(answer({}, 429), answer({}), answer({}), answer({}))
    session.get(POLICIES)
    session.get(POLICIES)
    paced = [seconds for seconds in transport.slept if 0 < seconds <= 1.05]
    assert paced


@pytest.mark.parametrize("write", WRITES)
def test_throttled_write_is_repeated(write: Write) -> None:
    session, transport = paper_session(answer({}, 429), answer({}, 429), answer({}, 200))
    write(session)
    assert len(transport.sent) == 3


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("reply", [NO_ANSWER, answer({}, 500), answer({}, 502), answer({}, 503), answer({}, 504)])
def test_write_without_a_clear_answer_is_sent_once_and_its_outcome_is_unknown(write: Write, reply: t.Any) -> None:
    session, transport = paper_session(reply)
    with pytest.raises(OutcomeUnknown, match="not known whether") as failure:
        write(session)
    assert len(transport.sent) == 1
    assert "Run again" in failure.value.remedy


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("status", [400, 401, 403, 404, 409])
def test_refused_write_is_sent_once(write: Write, status: int) -> None:
    session, transport = paper_session(answer({"error": {"code": "x", "message": "1039: no"}}, status))
    with pytest.raises(ServiceRefused) as failure:
        write(session)
    assert (failure.value.status, failure.value.code) == (status, "1039")
    assert len(transport.sent) == 1


def test_refusal_names_the_path_without_its_query() -> None:
    session, _unused = paper_session(answer({}, 400))
    with pytest.raises(ServiceRefused, match=r"GET /v1.0/users was refused") as failure:
        session.list("/users", filter="userPrincipalName in ('ada@contoso.example')")
    assert "ada" not in str(failure.value)


def test_answer_that_is_not_json_is_told() -> None:
    session, transport = paper_session(answer({}))
    transport.replies = [type(answer())(200, {"request-id": "r-1"}, b"<html>")]
    with pytest.raises(ConnectionFailed, match=r"not JSON.*\(request id r-1\)"):
        session.get("/x")


def test_written_object_whose_answer_cannot_be_read_has_an_unknown_outcome() -> None:
    session, _unused = paper_session(type(answer())(201, {}, b"<html>"))
    with pytest.raises(OutcomeUnknown):
        session.post(POLICIES, {})


def test_one_token_for_a_session() -> None:
    credential = PaperCredential()
    session, _unused = paper_session(answer({}), answer({}), credential=credential)
    session.get("/x")
    session.get("/x")
    assert session.claims.permissions == {"Policy.Read.All"}
    assert credential.asked == [("https://graph.microsoft.com/.default",)]


def test_failed_sign_in_comes_before_any_request() -> None:
    credential = PaperCredential(error=AuthenticationFailed("wrong secret"))
    session, transport = paper_session(credential=credential)
    with pytest.raises(AuthenticationFailed, match="wrong secret"):
        session.get("/x")
    assert transport.sent == []


@pytest.mark.parametrize("claims", [{"tid": OTHER_TENANT}, {"tid": None}])
def test_token_of_another_tenant_does_not_even_read(claims: dict[str, t.Any]) -> None:
    session, transport = paper_session(credential=PaperCredential(token(**claims)))
    with pytest.raises(AuthenticationFailed, match=rf"^tenant_id: .*not to {TENANT}"):
        session.get("/x")
    assert transport.sent == []


def test_tenant_named_by_domain_is_not_compared_yet() -> None:
    session, _unused = paper_session(
        answer({}), tenant_id="contoso.example", credential=PaperCredential(token(tid=OTHER_TENANT))
    )
    assert session.get("/x") == {}
    assert session.tenant_id == "contoso.example"


def test_urls_of_another_cloud() -> None:
    session, transport = paper_session(answer({}), cloud="us_government_l4")
    session.get("/x")
    assert transport.sent == [("GET", "https://graph.microsoft.us/v1.0/x")]


def test_waiting_and_closing_go_to_the_transport() -> None:
    session, transport = paper_session()
    session.sleep(3)
    session.close()
    assert transport.slept == [3]
    assert transport.is_closed


def test_closing_a_session_that_never_opened() -> None:
    session, _unused = paper_session()
    session._transport = None
    session.close()


def test_secrets_are_not_in_representations() -> None:
    session, _unused = paper_session()
    assert SECRET not in repr(session)
    assert SECRET not in repr(vars(session))


def test_a_turn_is_waited_for_only_once_the_service_has_throttled() -> None:
    session, transport = paper_session(answer({}), answer({}, 429), answer({}), answer({}))
    session.get(POLICIES)
    session.wait_for_turn(POLICIES)
    assert transport.slept == []
    session.get(POLICIES)
    waited = len(transport.slept)
    session.wait_for_turn("/users")
    assert len(transport.slept) == waited
    session.wait_for_turn(POLICIES)
    assert len(transport.slept) == waited + 1
    # The turn that was waited for is the next request's.
    session.get(POLICIES)
    assert len(transport.slept) == waited + 1


def test_waiting_for_a_turn_gets_a_token_that_lasts() -> None:
    credential = PaperCredential()
    session, transport = paper_session(credential=credential)
    session.wait_for_turn(POLICIES)
    assert credential.held == [("https://graph.microsoft.com/.default",)]
    assert transport.sent == []
