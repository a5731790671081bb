# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task returns of an application: what it is, and what its own side needs. Nothing of it is secret."""

from __future__ import annotations

from datetime import datetime

from .._reconcile.shape import Json
from .certificate import SigningCertificate, written
from .pair import ApplicationPair
from .setting import SETTINGS
from .sign_in_addresses import SignInAddresses


def application_result(pair: ApplicationPair, addresses: SignInAddresses, now: datetime) -> Json:
    """The application as JSON values, with the addresses at which people sign in to it."""
    active = next((one for one in pair.certificates if one.thumbprint == pair.preferred_thumbprint), None)
    signs = pair.value("single_sign_on_mode") == "saml"
    return {
        "display_name": pair.name,
        "application_id": pair.application_id,
        "application_object_id": pair.registration_id or None,
        "service_principal_id": pair.principal_id,
        "template_id": pair.principal.get("applicationTemplateId"),
        **{name: pair.value(name) for name in SETTINGS if "." not in name and name != "display_name"},
        **(addresses.saml(pair.application_id) if signs else addresses.openid()),
        "certificates": [_certificate(one, one == active, now) for one in pair.certificates],
        "certificate": _certificate(active, is_active=True, now=now) if active else None,
        "roles": [str(one.get("displayName")) for one in pair.principal.get("appRoles") or () if one.get("isEnabled")],
    }


def _certificate(one: SigningCertificate, is_active: bool, now: datetime) -> Json:
    return {
        "thumbprint": one.thumbprint,
        "name": one.name,
        "starts": written(one.start),
        "expires": written(one.end),
        "days_left": max(0, (one.end - now).days),
        "is_active": is_active,
        "public": one.public,
    }
