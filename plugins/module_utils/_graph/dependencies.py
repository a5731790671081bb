# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Python packages the collection needs on the machine that runs a task, looked for before anything is sent."""

from __future__ import annotations

from importlib.util import find_spec

from .errors import EntraError

# What we import, and the distribution that people install to get it.
_DISTRIBUTION_BY_IMPORT = {
    "azure.identity": "azure-identity",
    "httpx": "msgraph-sdk",
    "kiota_abstractions": "msgraph-sdk",
    "kiota_authentication_azure": "msgraph-sdk",
    "kiota_http": "msgraph-sdk",
    "msal": "azure-identity",
    "msgraph_core": "msgraph-sdk",
    "jsonschema": "jsonschema",
}


def _is_installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False  # its parent package is missing


def missing_distributions() -> list[str]:
    """The distributions of which something is missing, sorted."""
    return sorted({distribution for name, distribution in _DISTRIBUTION_BY_IMPORT.items() if not _is_installed(name)})


def require_dependencies() -> None:
    """Raise an EntraError that says what to install when a package is missing."""
    missing = missing_distributions()
    if missing:
        raise EntraError(
            f"Python packages are missing on the machine that runs this task: {', '.join(missing)}.",
            remedy="Install them for the Python interpreter that Ansible uses there "
            "(the collection's requirements.txt lists them).",
        )
