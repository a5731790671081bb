# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The addresses of Entra ID that an application's own side is told (facts section 12; SAML ones general knowledge)."""

from __future__ import annotations

from dataclasses import dataclass

from .._graph.clouds import CLOUDS
from .._reconcile.shape import Json

_ISSUERS = {"china": "https://sts.chinacloudapi.cn"}
_USUAL_ISSUER = "https://sts.windows.net"


@dataclass(frozen=True)
class SignInAddresses:
    """Those of one tenant in one of Microsoft's clouds. What the metadata say counts where anything differs."""

    tenant_id: str
    cloud: str = "global"

    def saml(self, application_id: str) -> Json:
        """For an application that signs in by SAML."""
        base = self._base
        return {
            "federation_metadata_url": f"{base}/federationmetadata/2007-06/federationmetadata.xml"
            f"?appid={application_id}",
            "login_url": f"{base}/saml2",
            "logout_url": f"{base}/saml2",
            "issuer": f"{_ISSUERS.get(self.cloud, _USUAL_ISSUER)}/{self.tenant_id}/",
        }

    def openid(self) -> Json:
        """For an application that signs in by OpenID Connect, and where nothing is said of how it does."""
        base = self._base
        return {
            "federation_metadata_url": f"{base}/v2.0/.well-known/openid-configuration",
            "login_url": f"{base}/oauth2/v2.0/authorize",
            "logout_url": f"{base}/oauth2/v2.0/logout",
            "issuer": f"{base}/v2.0",
        }

    @property
    def _base(self) -> str:
        return f"{CLOUDS[self.cloud].authority_url}/{self.tenant_id}"
