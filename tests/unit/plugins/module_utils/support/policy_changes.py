# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes of a policy with everything that mean something: each makes it another policy."""

from __future__ import annotations

import typing as t

from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids

_USERS = "conditions.users"
_GUESTS = f"{_USERS}.includeGuestsOrExternalUsers"
_APPLICATIONS = "conditions.applications"
_WORKLOADS = "conditions.clientApplications"
_SESSION = "sessionControls"
_FREQUENCY = f"{_SESSION}.signInFrequency"

Changed = list[tuple[str, t.Any]]

# Another value of one property: its path in Graph's names, and the value.
OF_ONE_PROPERTY: Changed = [
    ("displayName", "everything"),
    ("description", None),
    ("description", "another text"),
    *[
        (f"{_USERS}.{name}", [ids.POLICY_ONE])
        for name in ("includeUsers", "excludeUsers", "includeGroups", "excludeGroups", "includeRoles", "excludeRoles")
    ],
    (f"{_USERS}.includeUsers", ["All"]),
    (f"{_USERS}.includeUsers", [ids.ADA]),
    (f"{_USERS}.excludeUsers", []),
    (f"{_USERS}.excludeUsers", [ids.BOB, "GuestsOrExternalUsers"]),
    (f"{_GUESTS}.guestOrExternalUserTypes", "internalGuest"),
    (f"{_GUESTS}.externalTenants.members", [ids.TENANT]),
    (f"{_GUESTS}.externalTenants.members", [ids.TENANT, ids.OTHER_TENANT]),
    (f"{_USERS}.excludeGuestsOrExternalUsers.guestOrExternalUserTypes", "b2bCollaborationGuest,b2bCollaborationMember"),
    (f"{_APPLICATIONS}.includeApplications", ["All"]),
    (f"{_APPLICATIONS}.excludeApplications", None),
    (f"{_APPLICATIONS}.includeUserActions", ["urn:user:registerdevice"]),
    (f"{_APPLICATIONS}.includeAuthenticationContextClassReferences", ["c2"]),
    (f"{_APPLICATIONS}.applicationFilter.mode", "exclude"),
    (f"{_APPLICATIONS}.applicationFilter.rule", "other"),
    (f"{_APPLICATIONS}.globalSecureAccess", {"trafficProfile": "m365"}),
    (f"{_APPLICATIONS}.networkAccess", None),
    (f"{_WORKLOADS}.includeServicePrincipals", [ids.PORTAL]),
    (f"{_WORKLOADS}.excludeServicePrincipals", []),
    (f"{_WORKLOADS}.servicePrincipalFilter.mode", "include"),
    (f"{_WORKLOADS}.servicePrincipalFilter.rule", "other"),
    (f"{_WORKLOADS}.includeAgentIdServicePrincipals", [ids.OFFICE]),
    (f"{_WORKLOADS}.excludeAgentIdServicePrincipals", []),
    (f"{_WORKLOADS}.agentIdServicePrincipalFilter.mode", "exclude"),
    (f"{_WORKLOADS}.agentIdServicePrincipalFilter.rule", "other"),
    ("conditions.clientAppTypes", ["all"]),
    ("conditions.clientAppTypes", []),
    ("conditions.clientAppTypes", ["browser"]),
    ("conditions.platforms.includePlatforms", ["iOS"]),
    ("conditions.platforms.excludePlatforms", ["linux"]),
    ("conditions.locations.includeLocations", ["AllTrusted"]),
    ("conditions.locations.excludeLocations", ["AllTrusted"]),
    ("conditions.devices.deviceFilter.mode", "include"),
    ("conditions.devices.deviceFilter.rule", "device.isCompliant -eq False"),
    ("conditions.authenticationFlows.transferMethods", "deviceCodeFlow,authenticationTransfer"),
    ("conditions.signInRiskLevels", ["high", "medium"]),
    ("conditions.userRiskLevels", []),
    ("conditions.servicePrincipalRiskLevels", ["high"]),
    ("conditions.insiderRiskLevels", "moderate"),
    ("conditions.insiderRiskLevels", None),
    ("conditions.agentIdRiskLevels", "high"),
    ("conditions.agents.includeAgentUsers", [ids.BOB]),
    ("conditions.agents.excludeAgentUsers", []),
    ("conditions.agents.agentFilter.mode", "include"),
    ("conditions.agents.agentFilter.rule", "other"),
    ("conditions.agentContext.includeAgentContexts", ["onBehalfOf", "other"]),
    ("conditions.agentContext.excludeAgentContexts", None),
    ("conditions.times", {"includedRanges": [{"days": ["monday", "tuesday"], "from": "08:00"}]}),
    ("conditions.times", None),
    ("grantControls.operator", "OR"),
    ("grantControls.builtInControls", ["mfa"]),
    ("grantControls.customAuthenticationFactors", []),
    ("grantControls.termsOfUse", None),
    ("grantControls.authenticationStrength", {"id": ids.PHISHING_RESISTANT_STRENGTH}),
    ("grantControls.authenticationStrength", None),
    (f"{_SESSION}.cloudAppSecurity.cloudAppSecurityType", "monitorOnly"),
    (f"{_SESSION}.persistentBrowser.mode", "always"),
    (f"{_FREQUENCY}.type", "days"),
    (f"{_FREQUENCY}.value", 5),
    (f"{_FREQUENCY}.authenticationType", "secondaryAuthentication"),
    (f"{_SESSION}.disableResilienceDefaults", False),
    (f"{_SESSION}.continuousAccessEvaluation.mode", "strictEnforcement"),
    (f"{_SESSION}.globalSecureAccessFilteringProfile.profileId", ids.STAFF),
    (f"{_SESSION}.networkAccessSecurity.policyId", "lax"),
]

# Another value of a part, which changes what is in it.
OF_A_PART: Changed = [
    (_GUESTS, None),
    (f"{_GUESTS}.externalTenants", None),
    (f"{_GUESTS}.externalTenants", {"membershipKind": "all"}),
    (f"{_USERS}.excludeGuestsOrExternalUsers", {}),
    (f"{_APPLICATIONS}.applicationFilter", None),
    (f"{_WORKLOADS}.servicePrincipalFilter", None),
    (f"{_WORKLOADS}.agentIdServicePrincipalFilter", {}),
    (_WORKLOADS, None),
    ("conditions.platforms", None),
    ("conditions.locations", {"includeLocations": [], "excludeLocations": None}),
    ("conditions.devices", {"deviceFilter": None}),
    ("conditions.authenticationFlows", None),
    ("grantControls", None),
    (f"{_SESSION}.applicationEnforcedRestrictions.isEnabled", False),
    (f"{_SESSION}.persistentBrowser.isEnabled", False),
    (f"{_SESSION}.secureSignInSession", None),
    (f"{_SESSION}.continuousAccessEvaluation", None),
    (f"{_SESSION}.globalSecureAccessFilteringProfile", {"isEnabled": False}),
    (f"{_SESSION}.networkAccessSecurity", None),
    ("conditions.agents", None),
    ("conditions.agents.agentFilter", {}),
    ("conditions.agentContext", {}),
    (f"{_FREQUENCY}.frequencyInterval", "everyTime"),
    (_SESSION, {}),
]
