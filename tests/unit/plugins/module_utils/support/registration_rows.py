# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of the registration report."""

from __future__ import annotations

import typing as t

Json = dict[str, t.Any]

DETAILS = "/reports/authenticationMethods/userRegistrationDetails"


def row(number: int, **changes: t.Any) -> Json:
    """The row of a member who is ready for everything but signing in without a password (facts section 9.1)."""
    return {
        "id": f"aaaaaaaa-0000-4000-8000-{number:012x}",
        "userPrincipalName": f"user{number}@contoso.example",
        "userDisplayName": f"User {number}",
        "userType": "member",
        "isAdmin": False,
        "isSsprRegistered": True,
        "isSsprEnabled": True,
        "isSsprCapable": True,
        "isMfaRegistered": True,
        "isMfaCapable": True,
        "isPasswordlessCapable": False,
        "isSystemPreferredAuthenticationMethodEnabled": True,
        "systemPreferredAuthenticationMethods": ["push"],
        "methodsRegistered": ["microsoftAuthenticatorPush"],
        "userPreferredMethodForSecondaryAuthentication": "push",
        "lastUpdatedDateTime": "2026-03-02T03:00:00Z",
        **changes,
    }
