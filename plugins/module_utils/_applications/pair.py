# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An application as the tenant has it: a registration, and the service principal that people sign in to."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._directory.principals import Principal
from .._reconcile.shape import Json
from .certificate import SigningCertificate, certificates_of
from .setting import APPLICATION, SETTINGS

APPLICATIONS = "/applications"
SERVICE_PRINCIPALS = "/servicePrincipals"
CLAIMS_POLICIES = "/policies/claimsMappingPolicies"


@dataclass(frozen=True)
class AssignedClaims:
    """The claims-mapping policies that an application has; *is_shared* where another one has the same.

    *named* is a policy of the wanted name and definition that the application does not have yet.
    """

    assigned: tuple[Json, ...] = ()
    is_shared: bool = False
    named: Json | None = None


@dataclass(frozen=True)
class ApplicationPair:
    """One application. *registration* is None where that belongs to another tenant.

    *owners* and *claims* are what was read of them, if it was.
    """

    registration: Json | None
    principal: Json
    owners: tuple[Principal, ...] = ()
    claims: AssignedClaims = field(default_factory=AssignedClaims)

    @property
    def application_id(self) -> str:
        """What policies and the application's own side know it by."""
        return str(self.principal.get("appId") or "").lower()

    @property
    def name(self) -> str:
        """What people call it."""
        return str(self.principal.get("displayName") or "")

    @property
    def principal_id(self) -> str:
        """The id of the service principal."""
        return str(self.principal.get("id") or "").lower()

    @property
    def registration_id(self) -> str:
        """The object id of the registration; empty where there is none in this tenant."""
        return str((self.registration or {}).get("id") or "").lower()

    @property
    def certificates(self) -> tuple[SigningCertificate, ...]:
        """What Entra ID can sign with for it."""
        return certificates_of(self.principal)

    @property
    def preferred_thumbprint(self) -> str:
        """The thumbprint of the certificate that signs; empty where none does."""
        return str(self.principal.get("preferredTokenSigningKeyThumbprint") or "").upper()

    def holder(self, name: str) -> Json:
        """The object that keeps a setting."""
        return (self.registration or {}) if name == APPLICATION else self.principal

    def value(self, option: str) -> t.Any:
        """The canonical value of a setting."""
        setting = SETTINGS[option]
        return setting.read(self.holder(setting.holder))


# What there is to be read of an application before it exists.
NOTHING = ApplicationPair({}, {})
