# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Refusals of the portal's services, whose shape nobody recorded."""

from __future__ import annotations

import json
import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.portal_errors import portal_error

PATH = "/api/PasswordReset/PasswordResetPolicies"


@pytest.mark.parametrize(
    "body",
    [
        {"Message": "No way."},
        {"message": "No way."},
        {"error": {"code": "x", "message": "No way."}},
        {"odata.error": {"code": "x", "message": {"lang": "en", "value": "No way."}}},
        {"error": "No way."},
    ],
)
def test_message_is_found_in_any_wrapping(body: t.Any) -> None:
    found = portal_error("PUT", PATH, 400, {}, json.dumps(body).encode())
    assert found.message == f"PUT {PATH} was refused by the portal's service: 400: No way."
    assert "lane: evidence" in found.remedy


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"\xff", b"[]", b'"x"'[:1], b'{"a": 1}', b'{"Message": {"value": 1}}']
)
def test_body_without_a_message(body: bytes) -> None:
    assert portal_error("GET", PATH, 500, {}, body).message == f"GET {PATH} was refused by the portal's service: 500."


def test_long_message_is_cut() -> None:
    found = portal_error("GET", PATH, 400, {}, json.dumps({"Message": "x" * 5000}).encode())
    assert len(found.message) < 700


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "portal_sign_in"),
        (403, "Global Administrator"),
        (404, "check the address in the option portal"),
        (302, "another address"),
        (307, "never sent"),
    ],
)
def test_remedies(status: int, words: str) -> None:
    found = portal_error("GET", PATH, status, {"x-ms-request-id": "abc"}, b"")
    assert words in found.remedy
    assert (found.status, found.request_id) == (status, "abc")
