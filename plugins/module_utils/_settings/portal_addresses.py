# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the portal's services are, as the option portal says."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from .._graph.portal_connection import PORTAL_SCOPE

_POLICY_ID = "{policy_id}"


@dataclass(frozen=True)
class PortalAddresses:
    """*url* is the portal's host; the address of the MFA registration policy may hold ``{tenant_id}`` and
    ``{policy_id}``.
    """

    url: str
    mfa_registration_policy_url: str
    mfa_registration_policy_scope: str

    @property
    def password_reset(self) -> str:
        """Where the settings of password reset are (facts section 6.2)."""
        return f"{self.url.rstrip('/')}/api/PasswordReset/PasswordResetPolicies"

    @property
    def password_reset_scope(self) -> str:
        """What a token for them is asked for."""
        return PORTAL_SCOPE

    @property
    def policy_id_is_sought(self) -> bool:
        """Whether the id of the MFA registration policy has to be found first."""
        return _POLICY_ID in self.mfa_registration_policy_url

    def mfa_registration_policies(self, tenant_id: str) -> str:
        """Where all policies are listed, among them the one that is sought."""
        parts = urlsplit(self._of_tenant(tenant_id))
        return urlunsplit(parts._replace(path=parts.path.partition(f"/{_POLICY_ID}")[0]))

    def mfa_registration_policy(self, tenant_id: str, policy_id: str) -> str:
        """Where the policy is."""
        return self._of_tenant(tenant_id).replace(_POLICY_ID, quote(policy_id, safe=""))

    def _of_tenant(self, tenant_id: str) -> str:
        return self.mfa_registration_policy_url.replace("{tenant_id}", tenant_id)


def portal_addresses(options: t.Mapping[str, t.Any]) -> PortalAddresses:
    """The addresses in the option portal, with its defaults."""
    return PortalAddresses(
        options["url"], options["mfa_registration_policy_url"], options["mfa_registration_policy_scope"]
    )
