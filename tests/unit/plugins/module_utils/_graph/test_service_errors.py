# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Refusals of Microsoft Graph in both shapes: number or code, meaning, remedy and request id."""

from __future__ import annotations

import csv
import json
import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ServiceRefused
from ansible_collections.m365.entra.plugins.module_utils._graph.service_errors import service_error
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.corpus import CORPUS, needs_corpus

GENERIC = "The server could not process the request because it is malformed or incorrect."


def error(body: t.Any, status: int = 400, **headers: str) -> ServiceRefused:
    """The error for an answer."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return service_error("POST", "/v1.0/x", status, headers, content)


def shape_a(message: str, code: str = "BadRequest") -> dict[str, t.Any]:
    """The number stands in the message."""
    return {"error": {"code": code, "message": message, "innerError": {"request-id": "inner-id"}}}


def shape_b(message: str) -> dict[str, t.Any]:
    """The number stands in the inner message."""
    inner = {"message": message, "request-id": "inner-id"}
    return {"error": {"code": "BadRequest", "message": GENERIC, "innerError": inner}}


@pytest.mark.parametrize("shape", [shape_a, shape_b])
@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1007", "schema"),
        ("1011", "include_applications"),
        ("1032", "controls"),
        ("1034", "application"),
        ("1037", "preview"),
        ("1038", "preview"),
        ("1039", "P2"),
        ("1040", "named location"),
        ("1064", "client_app_types"),
        ("1108", "authentication strength"),
    ],
)
def test_numbered_refusal(shape: t.Callable[[str], t.Any], number: str, words: str) -> None:
    found = error(shape(f"{number}: something is wrong."))
    assert found.code == number
    assert found.status == 400
    assert found.request_id == "inner-id"
    assert words in found.remedy
    assert (
        found.message == f"POST /v1.0/x was refused by Microsoft Graph: 400 BadRequest: {number}: something is wrong."
    )


def test_unknown_number_is_still_told() -> None:
    found = error(shape_b("4711: new rule"))
    assert found.code == "4711"
    assert "4711: new rule" in found.message
    assert found.remedy == ""


def test_security_defaults_have_no_number() -> None:
    message = "Security Defaults is enabled in the tenant. You must disable Security defaults before enabling a policy."
    found = error(shape_a(message))
    assert found.code == "BadRequest"
    assert "security_defaults.is_enabled: false" in found.remedy


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (401, "InvalidAuthenticationToken", "graph_url"),
        (403, "AccessDenied", "admin consent"),
        (403, "Authorization_RequestDenied", "admin consent"),
        (403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", "P1 or P2"),
        (404, "ResourceNotFound", "does not exist"),
        (429, "TooManyRequests", "throttling"),
        (400, "Request_UnsupportedQuery", "query"),
        (418, "Teapot", ""),
    ],
)
def test_remedy_by_code_or_status(status: int, code: str, words: str) -> None:
    found = error(shape_a("No.", code), status)
    assert found.code == code
    assert words in found.remedy
    assert bool(found.remedy) is bool(words)


def test_request_id_of_the_header_comes_first() -> None:
    assert error(shape_a("x"), **{"request-id": "header-id"}).request_id == "header-id"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"\xff",
        b"[]",
        b"null",
        b'{"error": null}',
        b'{"error": "invalid_client"}',
        b'{"error": {"innerError": null}}',
        b'{"error": {"innerError": "text"}}',
        b'{"error": {"innerError": ["text"]}}',
        b'{"error": {"message": null, "code": null}}',
    ],
)
def test_any_body_makes_an_error(body: bytes) -> None:
    found = error(body, 502)
    assert found.message == "POST /v1.0/x was refused by Microsoft Graph: 502."
    assert (found.code, found.request_id, found.status) == ("", "", 502)


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
        "not present in the tenant",
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
        "",
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
        "throttling",
        "7011ef39-854e-4236-b355-0c0a9d303bc2",
    ),
    "500-InternalServerError.json": ("Internal Server Error", "Error ID: f63b899c", "", "f63b899c-*****"),
    "503-ServiceUnavailable.json": (
        "Service_ServiceUnavailable",
        "temporarily unavailable",
        "",
        "7c974c85-e572-43ff-9633-f2dddf28725a",
    ),
    # The envelope of Azure AD Graph, which Microsoft Graph does not use: only the status is told.
    "legacy-odata.error-shape.json": ("", "400", "", ""),
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
    assert bool(found.remedy) is bool(remedy)
    assert found.request_id.strip() == request_id


def test_text_without_a_number_is_found_in_the_inner_error() -> None:
    """The second shape: the outer message says nothing, the cause stands inside (facts section 0.2)."""
    cause = "Security Defaults is enabled in the tenant. You must disable Security defaults before enabling a policy."
    generic = "The server could not process the request because it is malformed or incorrect."
    body = {"error": {"code": "BadRequest", "message": generic, "innerError": {"message": cause}}}
    error = service_error("PATCH", "/v1.0/x", 400, {}, json.dumps(body).encode())
    assert cause.rstrip(".") in error.message
    assert "tenant_configuration" in error.remedy
