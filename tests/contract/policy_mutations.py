# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Single changes to policies, within the schema and with no regard to the rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .sample_policies import EVERY_TIME, EXCHANGE, GLOBAL_ADMINISTRATOR, STRENGTH_MULTIFACTOR

USER = "aaaaaaaa-0000-4000-8000-000000000001"
GROUP = "bbbbbbbb-0000-4000-8000-000000000001"
LOCATION = "cccccccc-0000-4000-8000-000000000001"
PRINCIPAL = "dddddddd-0000-4000-8000-000000000001"
AGREEMENT = "eeeeeeee-0000-4000-8000-000000000001"
TENANT = "ffffffff-0000-4000-8000-000000000001"

INCLUDING = {"mode": "include", "rule": 'CustomSecurityAttribute.Kind_Of -eq "one"'}
EXCLUDING = {"mode": "exclude", "rule": 'CustomSecurityAttribute.Kind_Of -eq "one"'}
SOME_GUESTS = {
    "guestOrExternalUserTypes": "internalGuest,serviceProvider",
    "externalTenants": {
        "@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants",
        "membershipKind": "enumerated",
        "members": [TENANT],
    },
}
SWITCHED_ON = {"isEnabled": True}
HOURLY = {"isEnabled": True, "type": "hours", "value": 4}

# Values by the path at which ``varied`` puts them.
VALUES: dict[str, tuple[Any, ...]] = {
    "displayName": ("One", " ", "x" * 256, "x" * 257),
    "state": ("enabled", "disabled", "enabledForReportingButNotEnforced"),
    "conditions__users": (None, {}),
    "conditions__users__includeUsers": (
        [],
        ["All"],
        ["None"],
        [USER],
        ["GuestsOrExternalUsers"],
        ["All", USER],
        ["None", USER],
        ["AllAgentIdUsers"],
    ),
    "conditions__users__excludeUsers": ([], [USER], ["GuestsOrExternalUsers"], ["All"], ["None"]),
    "conditions__users__includeGroups": ([], [GROUP]),
    "conditions__users__excludeGroups": ([], [GROUP]),
    "conditions__users__includeRoles": ([], [GLOBAL_ADMINISTRATOR]),
    "conditions__users__excludeRoles": ([], [GLOBAL_ADMINISTRATOR]),
    "conditions__users__includeGuestsOrExternalUsers": (
        None,
        SOME_GUESTS,
        {"guestOrExternalUserTypes": "none"},
        SOME_GUESTS | {"guestOrExternalUserTypes": "none"},
    ),
    "conditions__users__excludeGuestsOrExternalUsers": (None, SOME_GUESTS),
    "conditions__applications": (None, {}),
    "conditions__applications__includeApplications": (
        [],
        ["All"],
        ["None"],
        ["Office365"],
        [EXCHANGE],
        ["MicrosoftAdminPortals"],
        ["All", EXCHANGE],
        ["None", EXCHANGE],
        ["Office365", "MicrosoftAdminPortals"],
    ),
    "conditions__applications__excludeApplications": ([], [EXCHANGE], ["Office365"], ["All"], ["None"]),
    "conditions__applications__includeUserActions": (
        [],
        ["urn:user:registersecurityinfo"],
        ["urn:user:registerdevice"],
        ["urn:user:registerdevice", "urn:user:registersecurityinfo"],
    ),
    "conditions__applications__includeAuthenticationContextClassReferences": ([], ["c1"], ["c1", "c99"]),
    "conditions__applications__applicationFilter": (None, INCLUDING, EXCLUDING, {"mode": "include"}),
    "conditions__applications__networkAccess": (None, {"trafficProfiles": ["internet"]}),
    "conditions__clientApplications": (None, {}),
    "conditions__clientApplications__includeServicePrincipals": (
        [],
        ["ServicePrincipalsInMyTenant"],
        [PRINCIPAL],
        ["ServicePrincipalsInMyTenant", PRINCIPAL],
    ),
    "conditions__clientApplications__excludeServicePrincipals": ([], [PRINCIPAL]),
    "conditions__clientApplications__servicePrincipalFilter": (None, INCLUDING, EXCLUDING),
    "conditions__clientApplications__includeAgentIdServicePrincipals": ([], ["All"], [PRINCIPAL]),
    "conditions__clientApplications__excludeAgentIdServicePrincipals": ([], [PRINCIPAL]),
    "conditions__clientApplications__agentIdServicePrincipalFilter": (None, INCLUDING, EXCLUDING),
    "conditions__clientAppTypes": (
        [],
        ["all"],
        ["browser"],
        ["exchangeActiveSync", "other"],
        ["all", "browser"],
    ),
    "conditions__platforms": (None, {}),
    "conditions__platforms__includePlatforms": ([], ["all"], ["iOS", "android"], ["all", "iOS"]),
    "conditions__platforms__excludePlatforms": ([], ["windows"]),
    "conditions__locations": (None, {}),
    "conditions__locations__includeLocations": ([], ["All"], ["AllTrusted"], [LOCATION], ["All", LOCATION]),
    "conditions__locations__excludeLocations": ([], ["AllTrusted"], [LOCATION]),
    "conditions__devices": (
        None,
        {"deviceFilter": {"mode": "exclude", "rule": "device.isCompliant -eq True"}},
        {"deviceFilter": {"mode": "exclude", "rule": ""}},
    ),
    "conditions__authenticationFlows": (None, {"transferMethods": "deviceCodeFlow"}),
    "conditions__signInRiskLevels": ([], ["high"], ["medium", "high"]),
    "conditions__userRiskLevels": ([], ["high"], ["low", "medium"]),
    "conditions__servicePrincipalRiskLevels": ([], ["high"]),
    "conditions__insiderRiskLevels": (None, "elevated", "minor,moderate"),
    "conditions__agentIdRiskLevels": (None, "high"),
    "conditions__times": (None, {"includedRanges": [{"daysOfWeek": ["monday"]}]}),
    "grantControls": (None, {"operator": "OR"}),
    "grantControls__operator": ("AND", "OR"),
    "grantControls__builtInControls": (
        [],
        ["block"],
        ["mfa"],
        ["compliantDevice"],
        ["approvedApplication", "compliantApplication"],
        ["passwordChange"],
        ["riskRemediation"],
        ["mfa", "passwordChange"],
        ["mfa", "riskRemediation"],
        ["passwordChange", "riskRemediation"],
        ["mfa", "compliantDevice", "domainJoinedDevice"],
        ["block", "mfa"],
        ["verifiedID"],
    ),
    "grantControls__authenticationStrength": (None, {"id": STRENGTH_MULTIFACTOR}),
    "grantControls__termsOfUse": ([], [AGREEMENT]),
    "grantControls__customAuthenticationFactors": ([], ["RequireDuoMfa"]),
    "sessionControls": (None, {}),
    "sessionControls__applicationEnforcedRestrictions": (None, SWITCHED_ON, {"isEnabled": False}),
    "sessionControls__cloudAppSecurity": (
        None,
        SWITCHED_ON,
        {"isEnabled": True, "cloudAppSecurityType": "blockDownloads"},
        {"isEnabled": False, "cloudAppSecurityType": "monitorOnly"},
    ),
    "sessionControls__persistentBrowser": (None, SWITCHED_ON, {"isEnabled": True, "mode": "never"}),
    "sessionControls__secureSignInSession": (None, SWITCHED_ON),
    "sessionControls__signInFrequency": (
        None,
        SWITCHED_ON,
        EVERY_TIME,
        HOURLY,
        EVERY_TIME | {"authenticationType": "secondaryAuthentication"},
        EVERY_TIME | {"type": "hours", "value": 1},
        HOURLY | {"value": 0},
        HOURLY | {"value": 24},
        {"isEnabled": True, "type": "days", "value": 365},
        {"isEnabled": True, "type": "days", "value": 366},
        {"isEnabled": True, "value": 3},
    ),
    "sessionControls__disableResilienceDefaults": (None, True, False),
    "sessionControls__continuousAccessEvaluation": (None, {"mode": "strictLocation"}, {"mode": None}),
    "sessionControls__globalSecureAccessFilteringProfile": (
        None,
        SWITCHED_ON,
        {"isEnabled": True, "profileId": PRINCIPAL},
    ),
}


def mutations() -> Iterator[tuple[str, Any]]:
    """Return every single change: where, and what stands there then."""
    return ((path, value) for path, values in VALUES.items() for value in values)
