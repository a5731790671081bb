# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How to reach the portal's services as a signed-in person, as the option portal says (facts sections 5.1 and 6.2)."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .errors import OptionError

# A public client that may ask for tokens of the portal's services: Azure PowerShell (facts section 6.2).
PUBLIC_CLIENT = "1950a258-227b-4e31-a9cf-717495945fc2"
PORTAL_URL = "https://main.iam.ad.ext.azure.com"
PORTAL_SCOPE = "74658136-14ec-4630-ad9b-26e160ff0fc6/.default"
MFA_REGISTRATION_POLICY_URL = (
    "https://graph.windows.net/{tenant_id}/policies/{policy_id}?api-version=1.6-internal"  # facts section 5.1
)
MFA_REGISTRATION_POLICY_SCOPE = "https://graph.windows.net/.default"

CREDENTIALS = ("refresh_token", "refresh_token_path", "access_token")
_ADDRESSES = ("url", "mfa_registration_policy_url")
_OF_THE_GLOBAL_CLOUD = (PORTAL_URL, MFA_REGISTRATION_POLICY_URL)


@dataclass(frozen=True)
class PortalConnection:
    """The option portal, checked. Secrets are kept out of its representation.

    *addresses* are the hosts that requests may go to, each with the option that names it. At most one of the three
    credentials is given.
    """

    client_id: str
    addresses: t.Mapping[str, str]
    refresh_token: str | None = field(default=None, repr=False)
    refresh_token_path: str | None = None
    access_token: str | None = field(default=None, repr=False)

    @property
    def credential_option(self) -> str:
        """The option path of the credential, empty when there is none."""
        given = next((name for name in CREDENTIALS if getattr(self, name)), None)
        return f"portal.{given}" if given else ""


def origin_of(url: str) -> str:
    """The scheme, host and port of *url*."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def portal_from_options(options: t.Mapping[str, t.Any] | None, cloud_name: str) -> PortalConnection | None:
    """The connection that the option portal describes, or None for a module without it.

    An address that was left at its default is known for the global cloud only; elsewhere it is none. Raises an
    OptionError for an address that is not https, or when several credentials are given.
    """
    if options is None:
        return None
    given = [name for name in CREDENTIALS if options.get(name)]
    if len(given) > 1:
        raise OptionError(
            f"portal: {' and '.join(given)} exclude each other.", remedy="Give the one that is to be used."
        )
    return PortalConnection(
        client_id=str(options.get("client_id") or PUBLIC_CLIENT).lower(),
        addresses=_addresses(options, cloud_name),
        refresh_token=options.get("refresh_token"),
        refresh_token_path=options.get("refresh_token_path"),
        access_token=options.get("access_token"),
    )


def _addresses(options: t.Mapping[str, t.Any], cloud_name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _ADDRESSES:
        url = options.get(name)
        if not url or (cloud_name != "global" and url in _OF_THE_GLOBAL_CLOUD):
            continue
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or "{" in parts.netloc:
            raise OptionError(
                f"portal.{name}: {url!r} is not an https URL with the name of a host.",
                remedy="Tokens are only sent over TLS, and to hosts that are named; use https://.",
            )
        found.setdefault(origin_of(url), f"portal.{name}")
    return found
