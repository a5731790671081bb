# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How to reach one tenant: the connection options, checked and without defaults left to guess."""

from __future__ import annotations

import os
import re
import ssl
import typing as t
from dataclasses import dataclass, field

from .clouds import Cloud, cloud_for
from .errors import OptionError
from .portal_connection import PortalConnection, portal_from_options

AUTH_METHODS = (
    "client_secret",
    "certificate",
    "federated_token",
    "managed_identity",
    "azure_cli",
    "access_token",
)

_NEEDED = {
    "client_secret": ("tenant_id", "client_id", "client_secret"),
    "certificate": ("tenant_id", "client_id", "certificate_path"),
    "federated_token": ("tenant_id", "client_id"),
    "managed_identity": ("tenant_id",),
    "azure_cli": ("tenant_id",),
    "access_token": ("tenant_id", "access_token"),
}

# In seconds; what the service makes people wait after it throttled is seldom more than a minute or two.
DEFAULT_RETRY_DEADLINE = 300

_TENANT = re.compile(r"^[0-9a-zA-Z][0-9a-zA-Z.-]{0,252}$")


@dataclass(frozen=True)
class Connection:
    """A checked connection. Secrets are kept out of its representation."""

    tenant_id: str
    auth_method: str
    cloud: Cloud
    cloud_name: str = "global"
    client_id: str | None = None
    ca_path: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    certificate_path: str | None = None
    certificate_password: str | None = field(default=None, repr=False)
    federated_token: str | None = field(default=None, repr=False)
    federated_token_path: str | None = None
    access_token: str | None = field(default=None, repr=False)
    portal: PortalConnection | None = None
    retry_deadline: float = DEFAULT_RETRY_DEADLINE


def _missing(options: t.Mapping[str, t.Any], method: str) -> list[str]:
    missing = [name for name in _NEEDED[method] if not options.get(name)]
    if method == "federated_token" and not (options.get("federated_token") or options.get("federated_token_path")):
        missing.append("federated_token or federated_token_path")
    return missing


def _check_file(options: t.Mapping[str, t.Any], name: str) -> None:
    path = options.get(name)
    if path and not os.access(path, os.R_OK):
        raise OptionError(f"{name}: the file {path!r} cannot be read.", remedy="Check the path and its permissions.")


def _check_certificates(path: str | None) -> None:
    if not path:
        return
    try:
        ssl.create_default_context(cafile=path)
    except (ssl.SSLError, OSError):
        raise OptionError(
            f"ca_path: the file {path!r} does not hold certificates in PEM form.",
            remedy="Give a file with the certificates of the authorities to trust.",
        ) from None


def _check_url(options: t.Mapping[str, t.Any], name: str) -> None:
    url = options.get(name)
    if url and "//" in url and not url.startswith("https://"):
        raise OptionError(
            f"{name}: {url!r} is not an https URL.", remedy="Tokens are only sent over TLS; use https://."
        )


def _retry_deadline(given: int | None) -> float:
    if given is not None and given < 0:
        raise OptionError(f"retry_deadline: {given} is no number of seconds.", remedy="Give 0 or more.")
    return DEFAULT_RETRY_DEADLINE if given is None else given


def tenant_of(options: t.Mapping[str, t.Any]) -> str:
    """The tenant that is named, in lower case. Raises an OptionError for what cannot be one."""
    tenant = str(options.get("tenant_id") or "").strip()
    if not _TENANT.match(tenant):
        raise OptionError("tenant_id: this is neither a tenant id (a GUID) nor a domain name of the tenant.")
    return tenant.lower()


def check_service_options(options: t.Mapping[str, t.Any]) -> None:
    """Raise an OptionError when the trust file or the address of a service cannot be used."""
    _check_file(options, "ca_path")
    _check_certificates(options.get("ca_path"))
    for name in ("authority_url", "graph_url"):
        _check_url(options, name)


def connection_from_options(options: t.Mapping[str, t.Any]) -> Connection:
    """The connection that the module options *options* describe.

    Raises an OptionError that names every option that is missing for the chosen auth_method.
    """
    method = options["auth_method"]
    missing = _missing(options, method)
    if missing:
        raise OptionError(
            f"auth_method {method} needs {', '.join(missing)}.",
            remedy="Give them as options, as module_defaults of group/m365.entra.all, or through the environment.",
        )
    tenant = tenant_of(options)
    if method == "certificate":
        _check_file(options, "certificate_path")
    if method == "federated_token" and not options.get("federated_token"):
        _check_file(options, "federated_token_path")
    check_service_options(options)
    return Connection(
        tenant_id=tenant,
        auth_method=method,
        cloud=cloud_for(options["cloud"], options.get("authority_url"), options.get("graph_url")),
        cloud_name=options["cloud"],
        client_id=options.get("client_id"),
        ca_path=options.get("ca_path"),
        client_secret=options.get("client_secret"),
        certificate_path=options.get("certificate_path"),
        certificate_password=options.get("certificate_password"),
        federated_token=options.get("federated_token"),
        federated_token_path=options.get("federated_token_path"),
        access_token=options.get("access_token"),
        portal=portal_from_options(options.get("portal"), options["cloud"]),
        retry_deadline=_retry_deadline(options.get("retry_deadline")),
    )
