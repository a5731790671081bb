# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Python packages the collection needs on the machine that runs a task, imported in one guarded place."""

from __future__ import annotations

import traceback

from .errors import EntraError

try:
    import azure.identity  # noqa: F401
    import httpx  # noqa: F401
    import jsonschema  # noqa: F401
    import kiota_abstractions  # noqa: F401
    import kiota_authentication_azure  # noqa: F401
    import kiota_http  # noqa: F401
    import msgraph_core  # noqa: F401
except ImportError as error:
    MISSING: str = str(error.name or error)
    MISSING_TRACEBACK: str = traceback.format_exc()
else:
    MISSING = ""
    MISSING_TRACEBACK = ""


def require_dependencies() -> None:
    """Raise an EntraError that says what to install when a package is missing."""
    if MISSING:
        raise EntraError(
            f"The Python package that provides {MISSING!r} is missing on the machine that runs this task.",
            remedy="Install azure-identity, msgraph-sdk and jsonschema for the Python interpreter that Ansible uses "
            "there (the collection's requirements.txt lists them).",
        )
