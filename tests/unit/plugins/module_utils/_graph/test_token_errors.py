# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Failed sign-ins: the AADSTS code with its cause and remedy, and nothing of what was sent (facts section 0.3)."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    AuthenticationFailed,
    ConnectionFailed,
    EntraError,
)
from ansible_collections.m365.entra.plugins.module_utils._graph.token_errors import (
    authentication_error,
    connection_error,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.connections import SECRET, connection
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import TENANT

TRACE = "0f0e0d0c-0b0a-4a09-8a08-0706050403aa"


def failure(text: str, method: str = "access_token") -> EntraError:
    """The error for an exception's text."""
    return authentication_error(text, connection(method, access_token=SECRET))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("7000215", "secret is wrong"),
        ("7000222", "expired"),
        ("700027", "certificate"),
        ("700024", "clock"),
        ("70021", "federated credential"),
        ("700213", "federated credential"),
        ("700016", "not present in this tenant"),
        ("90002", "no such tenant"),
        ("900023", "tenant id is not valid"),
        ("65001", "consent"),
        ("500011", "resource"),
        ("70011", "scope"),
        ("1002012", "scope"),
        ("53003", "Conditional Access policy blocked"),
        ("50076", "multifactor"),
        ("7000112", "disabled"),
    ],
)
def test_code_with_cause_and_remedy(number: str, words: str) -> None:
    found = failure(f"Authentication failed: AADSTS{number}: text {SECRET} Trace ID: {TRACE} Correlation ID: x")
    assert isinstance(found, AuthenticationFailed)
    assert found.code == f"AADSTS{number}"
    assert found.request_id == TRACE
    assert words in str(found)
    assert f"tenant {TENANT}" in found.message
    assert found.remedy
    assert SECRET not in str(found)


def test_unknown_code_is_told() -> None:
    found = failure(f"AADSTS999999: {SECRET}")
    assert "AADSTS999999" in found.message
    assert SECRET not in str(found)


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("azure_cli", "az login"),
        ("managed_identity", "managed identity"),
        ("client_secret", "credential options"),
    ],
)
def test_without_a_code_the_method_decides_the_remedy(method: str, words: str) -> None:
    found = failure(f"something {SECRET}", method)
    assert found.code == ""
    assert words in found.remedy
    assert SECRET not in str(found)


def test_trace_of_a_json_answer() -> None:
    assert failure(f"AADSTS50076 {{'trace_id': '{TRACE}'}}").request_id == TRACE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate", "not trusted"),
        ("Failed to establish a new connection: [Errno 111] Connection refused", "cannot be reached"),
        ("Max retries exceeded with url", "cannot be reached"),
        ("[Errno -2] Name or service not known", "cannot be reached"),
        ("Read timed out.", "cannot be reached"),
    ],
)
def test_network_and_trust(text: str, words: str) -> None:
    found = failure(f"{text} {SECRET}")
    assert isinstance(found, ConnectionFailed)
    assert (
        found.message.startswith("authority_url: https://login.microsoftonline.com ")
        or "authority_url" in found.message
    )
    assert words in found.message
    assert SECRET not in str(found)


def test_answer_with_a_code_is_no_network_problem() -> None:
    assert isinstance(failure("AADSTS700024: the assertion timed out"), AuthenticationFailed)


def test_other_texts_speak_of_no_connection() -> None:
    assert connection_error("something else", "https://x", "graph_url") is None
