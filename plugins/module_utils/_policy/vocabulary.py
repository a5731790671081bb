# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The closed vocabularies of Conditional Access in Graph v1.0, in the schema's order (facts appendix A)."""

from __future__ import annotations

STATE_BY_OPTION = {
    "enabled": "enabled",
    "report_only": "enabledForReportingButNotEnforced",
    "disabled": "disabled",
}
OPTION_BY_STATE = {state: option for option, state in STATE_BY_OPTION.items()}

CLIENT_APP_TYPES = ("all", "browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "easSupported", "other")
LEGACY_CLIENT_APP_TYPES = ("exchangeActiveSync", "other")
RISK_LEVELS = ("low", "medium", "high", "hidden", "none")
INSIDER_RISK_LEVELS = ("minor", "moderate", "elevated")
DEVICE_PLATFORMS = ("android", "iOS", "windows", "windowsPhone", "macOS", "all", "linux")
TRANSFER_METHODS = ("deviceCodeFlow", "authenticationTransfer")
GUEST_OR_EXTERNAL_USER_TYPES = (
    "internalGuest",
    "b2bCollaborationGuest",
    "b2bCollaborationMember",
    "b2bDirectConnectUser",
    "otherExternalUser",
    "serviceProvider",
)
MEMBERSHIP_KINDS = ("all", "enumerated")
FILTER_MODES = ("include", "exclude")
USER_ACTIONS = ("urn:user:registersecurityinfo", "urn:user:registerdevice")
BUILT_IN_CONTROLS = (
    "block",
    "mfa",
    "compliantDevice",
    "domainJoinedDevice",
    "approvedApplication",
    "compliantApplication",
    "passwordChange",
    "riskRemediation",
)
GRANT_OPERATORS = ("AND", "OR")
CLOUD_APP_SECURITY_TYPES = ("mcasConfigured", "monitorOnly", "blockDownloads")
PERSISTENT_BROWSER_MODES = ("always", "never")
FREQUENCY_TYPES = ("days", "hours")
FREQUENCY_AUTHENTICATION_TYPES = ("primaryAndSecondaryAuthentication", "secondaryAuthentication")
FREQUENCY_INTERVALS = ("timeBased", "everyTime")

USER_KEYWORDS = ("All", "None", "GuestsOrExternalUsers")
APPLICATION_KEYWORDS = ("All", "None", "Office365", "MicrosoftAdminPortals")
LOCATION_KEYWORDS = ("All", "AllTrusted")
SERVICE_PRINCIPAL_KEYWORDS = ("ServicePrincipalsInMyTenant",)

MANAGED_NAME_PREFIX = "Microsoft-managed:"
MULTIFACTOR_AUTHENTICATION_STRENGTH = "00000000-0000-0000-0000-000000000002"
PHISHING_RESISTANT_MFA_STRENGTH = "00000000-0000-0000-0000-000000000004"
