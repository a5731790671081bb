# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What beta has beside the v1.0 schema, in the notation of ``policy_types.py``.

Sources: facts sections 2.4 and 2.5, appendix A "Beta-only additions", and the models of msgraph-beta-sdk. ``Open`` is
an object of which no more is known, ``Any`` a value of which nothing is known.
"""

from __future__ import annotations

BETA_STRUCTURED_TYPES: dict[str, str] = {
    "continuousAccessEvaluationSessionControl": "mode:continuousAccessEvaluationMode?",
    "globalSecureAccessFilteringProfileSessionControl < conditionalAccessSessionControl": "profileId:String?",
    "systemCredentialPreferences": """
        state:advancedConfigState includeTargets:[includeTarget] excludeTargets:[excludeTarget]""",
    "reportSuspiciousActivitySettings": """
        state:advancedConfigState includeTarget:includeTarget voiceReportingCode:Int32""",
    "hardwareOathAuthenticationMethodConfiguration < authenticationMethodConfiguration": (
        "&includeTargets:[authenticationMethodTarget]?"
    ),
    "federatedIdentityCredentialAuthenticationMethodConfiguration < authenticationMethodConfiguration": """
        profiles:[Any] &includeTargets:[authenticationMethodTarget]?""",
    "strongAuthenticationRequirements": "perUserMfaState:perUserMfaState",
}

BETA_ENUMERATIONS: dict[str, str] = {
    "continuousAccessEvaluationMode": "strictEnforcement=0 disabled=1 unknownFutureValue=2 strictLocation=3",
    "perUserMfaState": "disabled=0 enabled=1 enforced=2 unknownFutureValue=3",
}

BETA_FLAGS_ENUMERATIONS: dict[str, str] = {
    "conditionalAccessAgentIdRiskLevels": "low=1 medium=2 high=4 unknownFutureValue=8",
}

# Properties by the type that has them in beta.
BETA_PROPERTIES: dict[str, str] = {
    "conditionalAccessPolicy": "partialEnablementStrategy:Any?",
    "conditionalAccessConditionSet": """
        agentIdRiskLevels:conditionalAccessAgentIdRiskLevels? agentContext:Open? agents:Open? clients:Any?
        deviceStates:Open? times:Open?""",
    "conditionalAccessApplications": "globalSecureAccess:Open? networkAccess:Open?",
    "conditionalAccessClientApplications": """
        includeAgentIdServicePrincipals:[String] excludeAgentIdServicePrincipals:[String]
        agentIdServicePrincipalFilter:conditionalAccessFilter?""",
    "conditionalAccessDevices": """
        includeDevices:[String] excludeDevices:[String] includeDeviceStates:[String] excludeDeviceStates:[String]""",
    "conditionalAccessSessionControls": """
        blockSensitiveActions:Any? continuousAccessEvaluation:continuousAccessEvaluationSessionControl?
        globalSecureAccessFilteringProfile:globalSecureAccessFilteringProfileSessionControl?
        networkAccessSecurity:Any?""",
    "authenticationMethodsPolicy": """
        microsoftAuthenticatorPlatformSettings:Open? reportSuspiciousActivitySettings:reportSuspiciousActivitySettings?
        systemCredentialPreferences:systemCredentialPreferences?""",
    "authenticationMethodsRegistrationCampaign": "enforceRegistrationAfterAllowedSnoozes:Boolean?",
    "microsoftAuthenticatorFeatureSettings": """
        companionAppAllowedState:authenticationMethodFeatureConfiguration?
        numberMatchingRequiredState:authenticationMethodFeatureConfiguration?""",
    "voiceAuthenticationMethodConfiguration": "callerIdNumber:String? isCustomGreetingEnabled:Boolean?",
    "authorizationPolicy": """
        defaultUserRoleOverrides:Any? enabledPreviewFeatures:[String]
        permissionGrantPolicyIdsAssignedToDefaultUserRole:[String]""",
}

# Members that captures of beta show and no schema declares; only their order matters, the numbers are not known.
BETA_MEMBERS: dict[str, str] = {
    "conditionalAccessGrantControl": "verifiedID=9",
    "templateScenarios": "aiAgents=64",
}

# Values of plain text properties that beta alone accepts.
BETA_KEYWORDS = frozenset({"AllAgentIdUsers", "AllAgentIdResources", "urn:user:accountrecovery"})
