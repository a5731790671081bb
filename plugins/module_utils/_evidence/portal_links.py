# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Deep links into the admin center of each cloud, where they are known to lead somewhere."""

from __future__ import annotations

# The DoD cloud shares the admin center of the other US Government tenants.
_ADMIN_CENTERS = {
    "global": "https://entra.microsoft.com",
    "us_government_l4": "https://entra.microsoft.us",
    "us_government_l5": "https://entra.microsoft.us",
    "china": "https://entra.microsoftonline.cn",
}
_PASSWORD_RESET = "PasswordResetMenuBlade"
# China has neither the authentication methods policy nor Identity Protection (facts section 4.1).
_NOT_IN_CHINA = ("AuthenticationMethodsMenuBlade", "IdentityProtectionMenuBlade")

PROPERTIES = f"{_PASSWORD_RESET}/~/Properties"
AUTHENTICATION_METHODS = f"{_PASSWORD_RESET}/~/AuthenticationMethods"
REGISTRATION = f"{_PASSWORD_RESET}/~/Registration"
NOTIFICATIONS = f"{_PASSWORD_RESET}/~/Notifications"
# No public page names the address of Customization: Properties opens the same menu, which leads there.
CUSTOMIZATION = PROPERTIES
METHODS_POLICY = "AuthenticationMethodsMenuBlade/~/AdminAuthMethods"
MFA_REGISTRATION = "IdentityProtectionMenuBlade/~/MfaPolicy"


def link(cloud: str, page: str) -> str | None:
    """The address of *page* in the admin center of *cloud*, or None where none is known."""
    base = _ADMIN_CENTERS.get(cloud)
    if base is None or (cloud == "china" and page.startswith(_NOT_IN_CHINA)):
        return None
    return f"{base}/#view/Microsoft_AAD_IAM/{page}"
