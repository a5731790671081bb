# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connection options: what is missing is named, and secrets are never shown."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.connection import AUTH_METHODS, connection_from_options
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.connections import (
    SECRET,
    connection,
    options,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import TENANT


@pytest.mark.parametrize(
    ("method", "needed"),
    [
        ("client_secret", ["tenant_id", "client_id", "client_secret"]),
        ("certificate", ["tenant_id", "client_id", "certificate_path"]),
        ("federated_token", ["tenant_id", "client_id", "federated_token or federated_token_path"]),
        ("managed_identity", ["tenant_id"]),
        ("azure_cli", ["tenant_id"]),
        ("access_token", ["tenant_id", "access_token"]),
    ],
)
def test_every_missing_option_is_named_at_once(method: str, needed: list[str]) -> None:
    with pytest.raises(OptionError) as failure:
        connection_from_options({"auth_method": method, "cloud": "global"})
    assert failure.value.message == f"auth_method {method} needs {', '.join(needed)}."
    assert "environment" in failure.value.remedy


def test_every_method_is_tested_above() -> None:
    assert set(AUTH_METHODS) == {
        "client_secret",
        "certificate",
        "federated_token",
        "managed_identity",
        "azure_cli",
        "access_token",
    }


@pytest.mark.parametrize("empty", [None, ""])
def test_empty_option_is_missing(empty: str | None) -> None:
    with pytest.raises(OptionError, match=r"needs client_secret\."):
        connection(client_secret=empty)


@pytest.mark.parametrize(("given", "taken"), [(TENANT.upper(), TENANT), (" Contoso.Example ", "contoso.example")])
def test_tenant_is_an_id_or_a_domain(given: str, taken: str) -> None:
    assert connection(tenant_id=given).tenant_id == taken


@pytest.mark.parametrize("tenant", ["contoso example", "../other", "https://contoso", "a/b", "-x", "a" * 254])
def test_other_tenants_are_refused(tenant: str) -> None:
    with pytest.raises(OptionError, match=r"^tenant_id: "):
        connection(tenant_id=tenant)


@pytest.mark.parametrize(
    ("name", "method"),
    [("certificate_path", "certificate"), ("federated_token_path", "federated_token"), ("ca_path", "client_secret")],
)
def test_files_must_be_readable(name: str, method: str) -> None:
    with pytest.raises(OptionError, match=rf"^{name}: the file '/nowhere/x' cannot be read"):
        connection(method, **{name: "/nowhere/x"})


def test_files_of_other_methods_are_not_looked_at() -> None:
    assert connection(certificate_path="/nowhere/x").certificate_path == "/nowhere/x"
    assert connection("federated_token", federated_token=SECRET, federated_token_path="/nowhere/x").federated_token


def test_certificates_of_authorities_must_be_certificates(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    path.write_text("no certificate", encoding="utf-8")
    with pytest.raises(OptionError, match=r"^ca_path: .*PEM"):
        connection(ca_path=str(path))


@pytest.mark.parametrize("name", ["authority_url", "graph_url"])
@pytest.mark.parametrize("url", ["http://localhost:8443", "ftp://localhost", "//localhost"])
def test_only_tls(name: str, url: str) -> None:
    with pytest.raises(OptionError, match=f"^{name}: .*https"):
        connection(**{name: url})


@pytest.mark.parametrize("url", ["https://localhost:8443", "localhost:8443", "https://localhost:8443/"])
def test_url_with_or_without_scheme(url: str) -> None:
    assert connection(graph_url=url).cloud.graph_url == "https://localhost:8443"


@pytest.mark.parametrize(
    "secrets",
    [
        {"client_secret": SECRET},
        {"client_secret": "x", "certificate_password": SECRET},
        {"client_secret": "x", "federated_token": SECRET},
        {"client_secret": "x", "access_token": SECRET},
    ],
)
def test_secrets_are_not_in_the_representation(secrets: dict[str, t.Any]) -> None:
    found = connection(**secrets)
    assert SECRET not in repr(found)
    assert SECRET not in str(found)


def test_no_refusal_shows_a_secret() -> None:
    for broken in ({"tenant_id": "a b"}, {"ca_path": "/nowhere"}, {"graph_url": "http://x"}, {"client_id": None}):
        with pytest.raises(OptionError) as failure:
            connection_from_options(options(**broken))
        assert SECRET not in f"{failure.value}{failure.value.to_result()}"
