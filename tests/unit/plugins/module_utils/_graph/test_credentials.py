# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One credential for each method, and failures without a trace of what was sent."""

from __future__ import annotations

import time
import typing as t
from pathlib import Path

import pytest
from azure.core.exceptions import ClientAuthenticationError, ServiceRequestError

from ansible_collections.m365.entra.plugins.module_utils._graph.connection import AUTH_METHODS
from ansible_collections.m365.entra.plugins.module_utils._graph.credentials import (
    GivenToken,
    RememberingCredential,
    credential_for,
)
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    AuthenticationFailed,
    ConnectionFailed,
    OptionError,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.connections import SECRET, connection

KINDS = {
    "client_secret": "ClientSecretCredential",
    "federated_token": "ClientAssertionCredential",
    "managed_identity": "ManagedIdentityCredential",
    "azure_cli": "AzureCliCredential",
    "access_token": "GivenToken",
}


class Failing:
    """A credential that never works."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def get_token(self, *scopes: str, **options: t.Any) -> t.Any:
        """Raise the error."""
        raise self.error


@pytest.mark.parametrize(("method", "kind"), KINDS.items())
def test_method_has_its_own_credential(method: str, kind: str) -> None:
    found = credential_for(connection(method, access_token=SECRET, federated_token=SECRET))
    assert type(found._credential).__name__ == kind
    assert SECRET not in repr(found)
    assert SECRET not in repr(found._credential)


def test_every_method_is_tested() -> None:
    assert set(AUTH_METHODS) - {"certificate"} == set(KINDS)


def test_given_token_is_handed_out() -> None:
    before = int(time.time())
    found = credential_for(connection("access_token", access_token=SECRET)).get_token("scope")
    assert found.token == SECRET
    assert before < found.expires_on <= before + 600


def test_file_that_is_no_certificate(tmp_path: Path) -> None:
    path = tmp_path / "client.pem"
    path.write_text(SECRET, encoding="utf-8")
    with pytest.raises(OptionError, match=r"^certificate_path: ") as failure:
        credential_for(connection("certificate", certificate_path=str(path), certificate_password=SECRET))
    assert SECRET not in str(failure.value)
    assert "PEM" in failure.value.remedy


def test_federated_token_is_read_on_every_use(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text("first\n", encoding="utf-8")
    from ansible_collections.m365.entra.plugins.module_utils._graph import credentials

    read = credentials._federated_token(connection("federated_token", federated_token_path=str(path)))
    assert read() == "first"
    path.write_text("second", encoding="utf-8")
    assert read() == "second"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ClientAuthenticationError(f"AADSTS7000215: {SECRET}"), AuthenticationFailed),
        (ServiceRequestError(f"Failed to establish a new connection {SECRET}"), ConnectionFailed),
        (ValueError(f"malformed {SECRET}"), AuthenticationFailed),
        (PermissionError(f"{SECRET}"), AuthenticationFailed),
    ],
)
def test_failures_are_errors_for_people(error: Exception, kind: type[Exception]) -> None:
    credential = RememberingCredential(t.cast(GivenToken, Failing(error)), connection())
    with pytest.raises(kind) as failure:
        credential.get_token("scope")
    assert SECRET not in str(failure.value)
    assert failure.value.__cause__ is None


def test_other_errors_are_not_hidden() -> None:
    credential = RememberingCredential(t.cast(GivenToken, Failing(RuntimeError("a bug"))), connection())
    with pytest.raises(RuntimeError, match="a bug"):
        credential.get_token("scope")
