# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The connection and credential options that every module takes."""

from __future__ import annotations

from ansible.module_utils.basic import env_fallback

from .._graph.clouds import CLOUDS
from .._graph.connection import AUTH_METHODS, DEFAULT_RETRY_DEADLINE
from .argument_spec import ArgumentSpec, Options


def _text(environment: str | None = None, *, secret: bool = False, kind: str = "str") -> Options:
    option: Options = {"type": kind}
    if environment:
        option["fallback"] = (env_fallback, [environment])
    if secret:
        option["no_log"] = True
    return option


CONNECTION = ArgumentSpec(
    {
        "tenant_id": _text("AZURE_TENANT_ID"),
        "client_id": _text("AZURE_CLIENT_ID"),
        "auth_method": {"type": "str", "choices": list(AUTH_METHODS), "default": "client_secret"},
        "client_secret": _text("AZURE_CLIENT_SECRET", secret=True),
        "certificate_path": _text("AZURE_CLIENT_CERTIFICATE_PATH", kind="path"),
        "certificate_password": _text("AZURE_CLIENT_CERTIFICATE_PASSWORD", secret=True),
        "federated_token": _text(secret=True),
        # A path, not the token: nothing to hide.
        "federated_token_path": {**_text("AZURE_FEDERATED_TOKEN_FILE", kind="path"), "no_log": False},
        "access_token": _text(secret=True),
        "cloud": {"type": "str", "choices": list(CLOUDS), "default": "global"},
        "authority_url": _text("AZURE_AUTHORITY_HOST"),
        "graph_url": _text("ENTRA_GRAPH_URL"),
        "ca_path": _text("ENTRA_CA_PATH", kind="path"),
        "retry_deadline": {"type": "int", "default": DEFAULT_RETRY_DEADLINE},
    }
)
