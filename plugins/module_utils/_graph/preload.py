# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The SDKs and what they import only when they are used, loaded ahead: a fork of this process has them at once.

In a fresh worker these imports take longer than all the requests of a quiet run.
"""

from __future__ import annotations

from importlib import import_module

from .dependencies import missing_distributions

# What a sign-in and a request import, the lazy imports of the SDKs included: a test holds this list against a run.
_MODULES = (
    "azure.core.pipeline.transport._requests_basic",
    "azure.core.rest._requests_basic",
    "azure.identity",
    "cryptography.fernet",
    "msal",
    "msal_extensions",
    "concurrent.futures.thread",
    "encodings.utf_8_sig",
    "netrc",
    "requests",
    "httpx",
    "jsonschema",
    "httpcore",
    "h2.connection",
    "anyio._backends._asyncio",
    "kiota_abstractions.method",
    "kiota_abstractions.native_response_handler",
    "kiota_abstractions.request_information",
    "kiota_authentication_azure.azure_identity_authentication_provider",
    "kiota_http.middleware.options",
    "msgraph_core",
)


def load_ahead() -> None:
    """Import what a task will need, or nothing where a distribution is missing: the task itself says which."""
    if missing_distributions():
        return
    for name in _MODULES:
        import_module(name)
