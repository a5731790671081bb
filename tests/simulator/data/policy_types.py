# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The v1.0 schema of the policy services, as a table (facts section 2.5 and appendix A).

Notation of a type: ``name < base`` (``abstract`` where no object may have it) -> its properties as ``name:Type``;
``?`` = nullable, ``[T]`` = collection, ``&`` = navigation property. Notation of an enumeration: ``member=number``.
"""

from __future__ import annotations

STRUCTURED_TYPES: dict[str, str] = {
    "policyDeletableItem abstract": "deletedDateTime:DateTimeOffset?",
    "conditionalAccessPolicy < policyDeletableItem": """
        id:String templateId:String? displayName:String description:String?
        createdDateTime:DateTimeOffset? modifiedDateTime:DateTimeOffset?
        state:conditionalAccessPolicyState conditions:conditionalAccessConditionSet
        grantControls:conditionalAccessGrantControls? sessionControls:conditionalAccessSessionControls?""",
    "conditionalAccessConditionSet": """
        userRiskLevels:[riskLevel] signInRiskLevels:[riskLevel] clientAppTypes:[conditionalAccessClientApp]
        servicePrincipalRiskLevels:[riskLevel] insiderRiskLevels:conditionalAccessInsiderRiskLevels?
        platforms:conditionalAccessPlatforms? locations:conditionalAccessLocations?
        devices:conditionalAccessDevices? clientApplications:conditionalAccessClientApplications?
        authenticationFlows:conditionalAccessAuthenticationFlows?
        applications:conditionalAccessApplications? users:conditionalAccessUsers?""",
    "conditionalAccessApplications": """
        includeApplications:[String] excludeApplications:[String] includeUserActions:[String]
        includeAuthenticationContextClassReferences:[String] applicationFilter:conditionalAccessFilter?""",
    "conditionalAccessUsers": """
        includeUsers:[String] excludeUsers:[String] includeGroups:[String] excludeGroups:[String]
        includeRoles:[String] excludeRoles:[String]
        includeGuestsOrExternalUsers:conditionalAccessGuestsOrExternalUsers?
        excludeGuestsOrExternalUsers:conditionalAccessGuestsOrExternalUsers?""",
    "conditionalAccessGuestsOrExternalUsers": """
        guestOrExternalUserTypes:conditionalAccessGuestOrExternalUserTypes
        externalTenants:conditionalAccessExternalTenants?""",
    "conditionalAccessExternalTenants abstract": "membershipKind:conditionalAccessExternalTenantsMembershipKind?",
    "conditionalAccessAllExternalTenants < conditionalAccessExternalTenants": "",
    "conditionalAccessEnumeratedExternalTenants < conditionalAccessExternalTenants": "members:[String]",
    "conditionalAccessClientApplications": """
        includeServicePrincipals:[String] excludeServicePrincipals:[String]
        servicePrincipalFilter:conditionalAccessFilter?""",
    "conditionalAccessPlatforms": """
        includePlatforms:[conditionalAccessDevicePlatform] excludePlatforms:[conditionalAccessDevicePlatform]""",
    "conditionalAccessLocations": "includeLocations:[String] excludeLocations:[String]",
    "conditionalAccessDevices": "deviceFilter:conditionalAccessFilter?",
    "conditionalAccessFilter": "mode:filterMode rule:String",
    "conditionalAccessAuthenticationFlows": "transferMethods:conditionalAccessTransferMethods",
    "conditionalAccessGrantControls": """
        operator:String? builtInControls:[conditionalAccessGrantControl] customAuthenticationFactors:[String]
        termsOfUse:[String] &authenticationStrength:authenticationStrengthPolicy?""",
    "conditionalAccessSessionControls": """
        disableResilienceDefaults:Boolean?
        applicationEnforcedRestrictions:applicationEnforcedRestrictionsSessionControl?
        cloudAppSecurity:cloudAppSecuritySessionControl? signInFrequency:signInFrequencySessionControl?
        persistentBrowser:persistentBrowserSessionControl? secureSignInSession:secureSignInSessionControl?""",
    "conditionalAccessSessionControl abstract": "isEnabled:Boolean?",
    "applicationEnforcedRestrictionsSessionControl < conditionalAccessSessionControl": "",
    "secureSignInSessionControl < conditionalAccessSessionControl": "",
    "cloudAppSecuritySessionControl < conditionalAccessSessionControl": (
        "cloudAppSecurityType:cloudAppSecuritySessionControlType?"
    ),
    "persistentBrowserSessionControl < conditionalAccessSessionControl": "mode:persistentBrowserSessionMode?",
    "signInFrequencySessionControl < conditionalAccessSessionControl": """
        value:Int32? type:signinFrequencyType? authenticationType:signInFrequencyAuthenticationType?
        frequencyInterval:signInFrequencyInterval?""",
    "namedLocation < policyDeletableItem": """
        id:String displayName:String createdDateTime:DateTimeOffset? modifiedDateTime:DateTimeOffset?""",
    "ipNamedLocation < namedLocation": "isTrusted:Boolean ipRanges:[ipRange]",
    "countryNamedLocation < namedLocation": """
        countriesAndRegions:[String] includeUnknownCountriesAndRegions:Boolean
        countryLookupMethod:countryLookupMethodType?""",
    "ipRange abstract": "",
    "iPv4CidrRange < ipRange": "cidrAddress:String",
    "iPv6CidrRange < ipRange": "cidrAddress:String",
    "iPv4Range < ipRange": "lowerAddress:String upperAddress:String",
    "iPv6Range < ipRange": "lowerAddress:String upperAddress:String",
    "authenticationStrengthPolicy < entity": """
        createdDateTime:DateTimeOffset modifiedDateTime:DateTimeOffset displayName:String description:String?
        policyType:authenticationStrengthPolicyType requirementsSatisfied:authenticationStrengthRequirements
        allowedCombinations:[authenticationMethodModes]
        &combinationConfigurations:[authenticationCombinationConfiguration]?""",
    "authenticationCombinationConfiguration < entity abstract": "appliesToCombinations:[authenticationMethodModes]",
    "fido2CombinationConfiguration < authenticationCombinationConfiguration": "allowedAAGUIDs:[String]",
    "x509CertificateCombinationConfiguration < authenticationCombinationConfiguration": """
        allowedIssuerSkis:[String] allowedPolicyOIDs:[String]""",
    "authenticationStrengthRoot < entity": """
        combinations:[authenticationMethodModes] &authenticationMethodModes:[authenticationMethodModeDetail]?
        &policies:[authenticationStrengthPolicy]?""",
    "authenticationMethodModeDetail < entity": "authenticationMethod:baseAuthenticationMethod displayName:String",
    "updateAllowedCombinationsResult": """
        previousCombinations:[authenticationMethodModes] currentCombinations:[authenticationMethodModes]
        conditionalAccessReferences:[String]? additionalInformation:String?""",
    "authenticationStrengthUsage": "&mfa:[conditionalAccessPolicy]? &none:[conditionalAccessPolicy]?",
    "authenticationContextClassReference < entity": """
        displayName:String? description:String? isAvailable:Boolean?""",
    "entity abstract": "id:String",
    "directoryObject < entity": "deletedDateTime:DateTimeOffset?",
    "policyBase < directoryObject abstract": "displayName:String? description:String?",
    "identitySecurityDefaultsEnforcementPolicy < policyBase": "isEnabled:Boolean",
    "conditionalAccessTemplate < entity": """
        name:String description:String scenarios:templateScenarios details:conditionalAccessPolicyDetail""",
    "conditionalAccessPolicyDetail": """
        conditions:conditionalAccessConditionSet grantControls:conditionalAccessGrantControls?
        sessionControls:conditionalAccessSessionControls?""",
}

ENUMERATIONS: dict[str, str] = {
    "conditionalAccessPolicyState": "enabled=0 disabled=1 enabledForReportingButNotEnforced=2",
    "riskLevel": "low=0 medium=1 high=2 hidden=3 none=4 unknownFutureValue=5",
    "conditionalAccessClientApp": """
        all=0 browser=1 mobileAppsAndDesktopClients=2 exchangeActiveSync=3 easSupported=4 other=5
        unknownFutureValue=6""",
    "conditionalAccessDevicePlatform": """
        android=0 iOS=1 windows=2 windowsPhone=3 macOS=4 all=5 unknownFutureValue=6 linux=7""",
    "filterMode": "include=0 exclude=1",
    "conditionalAccessGrantControl": """
        block=0 mfa=1 compliantDevice=2 domainJoinedDevice=3 approvedApplication=4 compliantApplication=5
        passwordChange=6 unknownFutureValue=7 riskRemediation=8""",
    "conditionalAccessExternalTenantsMembershipKind": "all=0 enumerated=1 unknownFutureValue=2",
    "cloudAppSecuritySessionControlType": "mcasConfigured=0 monitorOnly=1 blockDownloads=2 unknownFutureValue=3",
    "persistentBrowserSessionMode": "always=0 never=1",
    "signInFrequencyAuthenticationType": """
        primaryAndSecondaryAuthentication=0 secondaryAuthentication=1 unknownFutureValue=2""",
    "signInFrequencyInterval": "timeBased=0 everyTime=1 unknownFutureValue=2",
    "signinFrequencyType": "days=0 hours=1",
    "countryLookupMethodType": "clientIpAddress=0 authenticatorAppGps=1 unknownFutureValue=2",
    "authenticationStrengthPolicyType": "builtIn=0 custom=1 unknownFutureValue=2",
    "baseAuthenticationMethod": """
        password=1 voice=2 hardwareOath=3 softwareOath=4 sms=5 fido2=6 windowsHelloForBusiness=7
        microsoftAuthenticator=8 temporaryAccessPass=9 email=10 x509Certificate=11 federation=12
        unknownFutureValue=13 qrCodePin=14""",
}

FLAGS_ENUMERATIONS: dict[str, str] = {
    "conditionalAccessInsiderRiskLevels": "minor=1 moderate=2 elevated=4 unknownFutureValue=8",
    "conditionalAccessTransferMethods": "none=0 deviceCodeFlow=1 authenticationTransfer=2 unknownFutureValue=4",
    "conditionalAccessGuestOrExternalUserTypes": """
        none=0 internalGuest=1 b2bCollaborationGuest=2 b2bCollaborationMember=4 b2bDirectConnectUser=8
        otherExternalUser=16 serviceProvider=32 unknownFutureValue=64""",
    "authenticationStrengthRequirements": "none=0 mfa=1 unknownFutureValue=2",
    "authenticationMethodModes": """
        password=1 voice=2 hardwareOath=4 softwareOath=8 sms=16 fido2=32 windowsHelloForBusiness=64
        microsoftAuthenticatorPush=128 deviceBasedPush=256 temporaryAccessPassOneTime=512
        temporaryAccessPassMultiUse=1024 email=2048 x509CertificateSingleFactor=4096
        x509CertificateMultiFactor=8192 federatedSingleFactor=16384 federatedMultiFactor=32768
        unknownFutureValue=65536 qrCodePin=131072""",
    "templateScenarios": """
        new=0 secureFoundation=1 zeroTrust=2 remoteWork=4 protectAdmins=8 emergingThreats=16
        unknownFutureValue=32""",
}
