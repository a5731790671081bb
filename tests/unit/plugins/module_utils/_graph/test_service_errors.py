# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Any body of an error answer is read: both shapes, other envelopes, pages, what was cut off, and published ones."""

from __future__ import annotations

import csv
import json
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.corpus import CORPUS, needs_corpus
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.refusals import error, shape_a, shape_b


def test_request_id_of_the_header_comes_first() -> None:
    headers = {"request-id": "header-id", "client-request-id": "ours"}
    assert error(shape_a("x"), **headers).request_id == "header-id"
    assert error(b"", 502, **headers).request_id == "header-id"


def test_our_own_request_id_is_better_than_none() -> None:
    assert error(b"", 502, **{"client-request-id": "ours"}).request_id == "ours"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"[]",
        b"[1]",
        b"null",
        b"7",
        b'"text"',
        b"plain text",
        b"{",
        b'{"error": null}',
        b'{"error": []}',
        b'{"error": {"innerError": null}}',
        b'{"error": {"innerError": "text"}}',
        b'{"error": {"innerError": ["text"]}}',
        b'{"error": {"message": null, "code": null}}',
        b'{"odata.error": null}',
        b'{"odata.error": {"message": {"lang": "en"}}}',
    ],
)
def test_any_body_makes_an_error(body: bytes) -> None:
    found = error(body, 502)
    assert found.message.startswith("POST /v1.0/x was refused by Microsoft Graph: 502. ")
    assert (found.code, found.request_id, found.status) == ("", "", 502)
    assert found.remedy


@pytest.mark.parametrize("body", [b"<html>Blocked</html>", b"\r\n<!DOCTYPE html><title>Sign in</title>"])
def test_a_web_page_is_no_answer_of_graph(body: bytes) -> None:
    found = error(body, 403)
    assert "web page" in found.message
    assert "graph_url" in found.remedy
    assert "Sign in" not in str(found)


def test_error_in_a_list() -> None:
    assert error([shape_a("1108: x")]).code == "1108"


def test_error_of_an_authorization_server() -> None:
    assert error({"error": "invalid_client", "error_description": "secret-text"}, 401).code == "invalid_client"


@pytest.mark.parametrize("shape", [shape_a, shape_b])
def test_body_that_was_cut_off(shape: t.Callable[[str], t.Any]) -> None:
    whole = json.dumps(shape('1040: NamedLocation with id 0c0c does not exist. "Try" another.'))
    for length in range(whole.index("1040") + 60, len(whole)):
        found = error(whole[:length].encode())
        assert found.code == "1040"
        assert "the named location 0c0c" in found.message


@given(body=st.binary(max_size=200) | st.text().map(lambda text: json.dumps({"error": text}).encode()))
def test_no_body_makes_the_translation_stumble(body: bytes) -> None:
    assert error(body, 500).status == 500


def test_a_long_text_is_shortened() -> None:
    assert len(error(shape_a("1007: " + "x" * 5000)).message) < 1500


# File -> code, part of the meaning, part of the remedy, request id.
PUBLISHED = {
    "1032-InvalidPasswordResetControl.json": (
        "1032",
        "1032: ConditionalActionPolicy validation failed due to InvalidPasswordResetControl",
        "controls",
        "caf2bcb8-874d-470b-a117-9da30405c780",
    ),
    "1034-invalid-applications-ServicePrincipalNotFound.json": (
        "1034",
        'invalid applications: {"499b84ac-1321-427f-aa17-267ca6975798":"ServicePrincipalNotFound"}',
        "Create its service principal",
        "4486d728-c654-4a30-bf71-bd5035f008a4",
    ),
    "1064-clientAppTypes-empty.json": (
        "1064",
        "'clientAppTypes' condition does not support []",
        "client_app_types",
        "",
    ),
    "400-Request_BadRequest-no-type-name.json": (
        "Request_BadRequest",
        "A value without a type name",
        "property names",
        "57e2944a-afe7-45a9-8180-085dea79a037",
    ),
    "403-AccessDenied-missing-scopes-2024.json": (
        "AccessDenied",
        "required scopes are missing",
        "admin consent",
        "35284efd-a0fd-4cf3-9249-0c39313edfe0",
    ),
    "403-AccessDenied-missing-scopes.json": (
        "AccessDenied",
        "required scopes are missing",
        "admin consent",
        "76d8b152-ffff-4286-8181-89a33effcc38",
    ),
    "403-securityDefaults-PATCH-AccessDenied.json": ("AccessDenied", "required scopes are missing", "consent", ""),
    "404-Request_ResourceNotFound-deleted-group.json": (
        "Request_ResourceNotFound",
        "does not exist or one of its queried",
        "deleted meanwhile",
        "9134f521-4aee-43ae-b106-fc20f900e293",
    ),
    "404-ResourceNotFound-NamedLocation.json": (
        "ResourceNotFound",
        "NamedLocation with id 00000000-0000-0000-0000-000000000000",
        "does not exist",
        "5eafd8be-6507-404c-9c9f-81b5411a3a8d",
    ),
    "429-TooManyRequests.json": (
        "TooManyRequests",
        "Too many requests",
        "fewer parallel runs",
        "7011ef39-854e-4236-b355-0c0a9d303bc2",
    ),
    "500-InternalServerError.json": ("Internal Server Error", "Error ID: f63b899c", "later", "f63b899c-*****"),
    "503-ServiceUnavailable.json": (
        "Service_ServiceUnavailable",
        "temporarily unavailable",
        "later",
        "7c974c85-e572-43ff-9633-f2dddf28725a",
    ),
    # The envelope of Azure AD Graph, which Microsoft Graph does not use.
    "legacy-odata.error-shape.json": (
        "Request_InvalidDataContractVersion",
        "The specified api-version is invalid",
        "graph_url",
        "e3a05e86-92ae-4e7e-9635-a3f62342da5b",
    ),
}


@needs_corpus
def test_every_published_error_is_expected_here() -> None:
    assert {path.name for path in (CORPUS / "errors").glob("*.json")} == set(PUBLISHED)


def published_status(name: str) -> int:
    """The status that came with a published error."""
    with (CORPUS / "errors" / "index.tsv").open(encoding="utf-8", newline="") as table:
        (row,) = [row for row in csv.DictReader(table, delimiter="\t") if row["file"] == name]
    return int(row["http_status"])


@needs_corpus
@pytest.mark.parametrize("name", PUBLISHED)
def test_published_error(name: str) -> None:
    code, meaning, remedy, request_id = PUBLISHED[name]
    found = error((CORPUS / "errors" / name).read_bytes(), published_status(name))
    assert found.code == code
    assert meaning in found.message
    assert remedy in found.remedy
    assert found.request_id == request_id
    assert request_id in str(found)


# Beginning of a message that is known as text only -> part of the remedy.
TEXTS = {
    "Security Defaults is enabled": "security_defaults.is_enabled: false",
    "1007: ": "unknownFutureValue",
    "1011: ": "include_applications",
    "1032: ": "application_enforced_restrictions",
    "1034: ": "Office365",
    "1039: ": "P2",
    "1101: ": "time based",
    "1108: ": "Keep one",
    "Invalid OData type": "@odata.type",
    "Empty Payload": "proxies",
    "ConditionalAccessPolicy with id": "deleted meanwhile",
    "Too many requests": "fewer parallel runs",
    "There was an internal server error": "later",
}


def messages() -> list[dict[str, str]]:
    """The errors that are known as text only."""
    with (CORPUS / "errors" / "messages-only.tsv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t"))


@needs_corpus
@pytest.mark.parametrize("shape", [shape_a, shape_b])
def test_every_message_that_is_known_as_text(shape: t.Callable[[str], t.Any]) -> None:
    beginnings = set()
    for row in messages():
        (beginning,) = [one for one in TEXTS if row["message"].startswith(one)]
        found = error(shape(row["message"]), int(row["http"]))
        assert TEXTS[beginning] in found.remedy
        assert row["message"].rstrip(".")[:200] in found.message
        assert found.request_id == "inner-id"
        beginnings.add(beginning)
    assert beginnings == set(TEXTS)
