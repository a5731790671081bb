# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The closed vocabularies of Conditional Access in Graph, in the schema's order (facts section 2.5 and appendix A).

What begins with PREVIEW exists only in the beta endpoint.
"""

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
AGENT_RISK_LEVELS = ("low", "medium", "high")
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
USER_ACTIONS = ("urn:user:registersecurityinfo", "urn:user:registerdevice", "urn:user:accountrecovery")
PREVIEW_USER_ACTIONS = ("urn:user:accountrecovery",)
BUILT_IN_CONTROLS = (
    "block",
    "mfa",
    "compliantDevice",
    "domainJoinedDevice",
    "approvedApplication",
    "compliantApplication",
    "passwordChange",
    "riskRemediation",
    "verifiedID",
)
PREVIEW_BUILT_IN_CONTROLS = ("verifiedID",)
GRANT_OPERATORS = ("AND", "OR")
CLOUD_APP_SECURITY_TYPES = ("mcasConfigured", "monitorOnly", "blockDownloads")
PERSISTENT_BROWSER_MODES = ("always", "never")
FREQUENCY_TYPES = ("days", "hours")
FREQUENCY_AUTHENTICATION_TYPES = ("primaryAndSecondaryAuthentication", "secondaryAuthentication")
FREQUENCY_INTERVALS = ("timeBased", "everyTime")
CONTINUOUS_ACCESS_EVALUATION_MODES = ("strictEnforcement", "disabled", "strictLocation")

USER_KEYWORDS = ("All", "None", "GuestsOrExternalUsers", "AllAgentIdUsers")
PREVIEW_USER_KEYWORDS = ("AllAgentIdUsers",)
APPLICATION_KEYWORDS = ("All", "None", "Office365", "MicrosoftAdminPortals", "AllAgentIdResources")
PREVIEW_APPLICATION_KEYWORDS = ("AllAgentIdResources",)
LOCATION_KEYWORDS = ("All", "AllTrusted")
SERVICE_PRINCIPAL_KEYWORDS = ("ServicePrincipalsInMyTenant",)
AGENT_KEYWORDS = ("All",)

MANAGED_NAME_PREFIX = "Microsoft-managed:"
MULTIFACTOR_AUTHENTICATION_STRENGTH = "00000000-0000-0000-0000-000000000002"
PHISHING_RESISTANT_MFA_STRENGTH = "00000000-0000-0000-0000-000000000004"
