# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection options: secrets are marked, and the environment is read where it is promised."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.clouds import CLOUDS
from ansible_collections.m365.entra.plugins.module_utils._graph.connection import AUTH_METHODS
from ansible_collections.m365.entra.plugins.module_utils._spec.connection_options import CONNECTION

OPTIONS = CONNECTION.options


@pytest.mark.parametrize("name", ["client_secret", "certificate_password", "federated_token", "access_token"])
def test_secrets_are_marked(name: str) -> None:
    assert OPTIONS[name]["no_log"] is True


def test_nothing_else_is_hidden() -> None:
    assert {name for name, option in OPTIONS.items() if option.get("no_log")} == {
        "client_secret",
        "certificate_password",
        "federated_token",
        "access_token",
    }


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("tenant_id", "AZURE_TENANT_ID"),
        ("client_id", "AZURE_CLIENT_ID"),
        ("client_secret", "AZURE_CLIENT_SECRET"),
        ("certificate_path", "AZURE_CLIENT_CERTIFICATE_PATH"),
        ("federated_token_path", "AZURE_FEDERATED_TOKEN_FILE"),
        ("authority_url", "AZURE_AUTHORITY_HOST"),
        ("graph_url", "ENTRA_GRAPH_URL"),
        ("ca_path", "ENTRA_CA_PATH"),
    ],
)
def test_environment(name: str, variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "from the environment")
    fallback, variables = OPTIONS[name]["fallback"]
    assert fallback(*variables) == "from the environment"


def test_choices() -> None:
    assert OPTIONS["auth_method"]["choices"] == list(AUTH_METHODS)
    assert OPTIONS["auth_method"]["default"] == "client_secret"
    assert OPTIONS["cloud"]["choices"] == list(CLOUDS)
    assert OPTIONS["cloud"]["default"] == "global"
