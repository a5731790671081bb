# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The v1.0 schema of the authentication methods policy and the authorization policy (facts appendix A).

The notation is that of ``policy_types.py``.
"""

from __future__ import annotations

METHOD_STRUCTURED_TYPES: dict[str, str] = {
    "authorizationPolicy < policyBase": """
        allowInvitesFrom:allowInvitesFrom? allowedToSignUpEmailBasedSubscriptions:Boolean allowedToUseSSPR:Boolean
        allowEmailVerifiedUsersToJoinOrganization:Boolean allowUserConsentForRiskyApps:Boolean?
        blockMsolPowerShell:Boolean? guestUserRoleId:Guid? defaultUserRolePermissions:defaultUserRolePermissions""",
    "defaultUserRolePermissions": """
        allowedToCreateApps:Boolean allowedToCreateSecurityGroups:Boolean allowedToCreateTenants:Boolean?
        allowedToReadBitlockerKeysForOwnedDevice:Boolean? allowedToReadOtherUsers:Boolean
        permissionGrantPoliciesAssigned:[String]?""",
    "authenticationMethodsPolicy < entity": """
        displayName:String? description:String? lastModifiedDateTime:DateTimeOffset? policyVersion:String?
        reconfirmationInDays:Int32? policyMigrationState:authenticationMethodsPolicyMigrationState?
        registrationEnforcement:registrationEnforcement?
        &authenticationMethodConfigurations:[authenticationMethodConfiguration]?""",
    "registrationEnforcement": ("authenticationMethodsRegistrationCampaign:authenticationMethodsRegistrationCampaign?"),
    "authenticationMethodsRegistrationCampaign": """
        snoozeDurationInDays:Int32 state:advancedConfigState excludeTargets:[excludeTarget]
        includeTargets:[authenticationMethodsRegistrationCampaignIncludeTarget]""",
    "authenticationMethodsRegistrationCampaignIncludeTarget": """
        id:String targetType:authenticationMethodTargetType targetedAuthenticationMethod:String?""",
    "excludeTarget": "id:String targetType:authenticationMethodTargetType",
    "includeTarget": "id:String targetType:authenticationMethodTargetType",
    "authenticationMethodConfiguration < entity abstract": """
        state:authenticationMethodState? excludeTargets:[excludeTarget]?""",
    "authenticationMethodTarget < entity": """
        targetType:authenticationMethodTargetType isRegistrationRequired:Boolean""",
    "emailAuthenticationMethodConfiguration < authenticationMethodConfiguration": """
        allowExternalIdToUseEmailOtp:externalEmailOtpState? &includeTargets:[authenticationMethodTarget]?""",
    "externalAuthenticationMethodConfiguration < authenticationMethodConfiguration": """
        appId:String displayName:String openIdConnectSetting:openIdConnectSetting
        &includeTargets:[authenticationMethodTarget]?""",
    "openIdConnectSetting": "clientId:String discoveryUrl:String",
    "fido2AuthenticationMethodConfiguration < authenticationMethodConfiguration": """
        isSelfServiceRegistrationAllowed:Boolean? isAttestationEnforced:Boolean? keyRestrictions:fido2KeyRestrictions?
        defaultPasskeyProfile:String? &includeTargets:[passkeyAuthenticationMethodTarget]?
        &passkeyProfiles:[passkeyProfile]?""",
    "fido2KeyRestrictions": """
        isEnforced:Boolean? enforcementType:fido2RestrictionEnforcementType? aaGuids:[String]?""",
    "passkeyProfile < entity": """
        name:String? passkeyTypes:passkeyTypes? attestationEnforcement:attestationEnforcement
        keyRestrictions:fido2KeyRestrictions?""",
    "passkeyAuthenticationMethodTarget < authenticationMethodTarget": "allowedPasskeyProfiles:[Guid]?",
    "microsoftAuthenticatorAuthenticationMethodConfiguration < authenticationMethodConfiguration": """
        isSoftwareOathEnabled:Boolean? featureSettings:microsoftAuthenticatorFeatureSettings?
        &includeTargets:[microsoftAuthenticatorAuthenticationMethodTarget]?""",
    "microsoftAuthenticatorFeatureSettings": """
        displayAppInformationRequiredState:authenticationMethodFeatureConfiguration?
        displayLocationInformationRequiredState:authenticationMethodFeatureConfiguration?""",
    "authenticationMethodFeatureConfiguration": """
        state:advancedConfigState? includeTarget:featureTarget? excludeTarget:featureTarget?""",
    "featureTarget": "targetType:featureTargetType? id:String?",
    "microsoftAuthenticatorAuthenticationMethodTarget < authenticationMethodTarget": (
        "authenticationMode:microsoftAuthenticatorAuthenticationMode"
    ),
    "qrCodePinAuthenticationMethodConfiguration < authenticationMethodConfiguration": """
        standardQRCodeLifetimeInDays:Int32? pinLength:Int32? &includeTargets:[authenticationMethodTarget]?""",
    "smsAuthenticationMethodConfiguration < authenticationMethodConfiguration": (
        "&includeTargets:[smsAuthenticationMethodTarget]?"
    ),
    "smsAuthenticationMethodTarget < authenticationMethodTarget": "isUsableForSignIn:Boolean",
    "softwareOathAuthenticationMethodConfiguration < authenticationMethodConfiguration": (
        "&includeTargets:[authenticationMethodTarget]?"
    ),
    "temporaryAccessPassAuthenticationMethodConfiguration < authenticationMethodConfiguration": """
        defaultLifetimeInMinutes:Int32? defaultLength:Int32? minimumLifetimeInMinutes:Int32?
        maximumLifetimeInMinutes:Int32? isUsableOnce:Boolean? &includeTargets:[authenticationMethodTarget]?""",
    "verifiableCredentialsAuthenticationMethodConfiguration < authenticationMethodConfiguration": (
        "&includeTargets:[verifiableCredentialAuthenticationMethodTarget]?"
    ),
    "verifiableCredentialAuthenticationMethodTarget < authenticationMethodTarget": "verifiedIdProfiles:[Guid]",
    "voiceAuthenticationMethodConfiguration < authenticationMethodConfiguration": """
        isOfficePhoneAllowed:Boolean? &includeTargets:[authenticationMethodTarget]?""",
    "x509CertificateAuthenticationMethodConfiguration < authenticationMethodConfiguration": """
        certificateUserBindings:[x509CertificateUserBinding]?
        certificateAuthorityScopes:[x509CertificateAuthorityScope]?
        authenticationModeConfiguration:x509CertificateAuthenticationModeConfiguration?
        issuerHintsConfiguration:x509CertificateIssuerHintsConfiguration?
        crlValidationConfiguration:x509CertificateCRLValidationConfiguration
        &includeTargets:[authenticationMethodTarget]?""",
    "x509CertificateUserBinding": """
        x509CertificateField:String? userProperty:String? priority:Int32
        trustAffinityLevel:x509CertificateAffinityLevel?""",
    "x509CertificateAuthorityScope": """
        subjectKeyIdentifier:String? publicKeyInfrastructureIdentifier:String? includeTargets:[includeTarget]?""",
    "x509CertificateAuthenticationModeConfiguration": """
        x509CertificateAuthenticationDefaultMode:x509CertificateAuthenticationMode?
        x509CertificateDefaultRequiredAffinityLevel:x509CertificateAffinityLevel? rules:[x509CertificateRule]?""",
    "x509CertificateRule": """
        x509CertificateRuleType:x509CertificateRuleType? identifier:String? issuerSubjectIdentifier:String?
        policyOidIdentifier:String? x509CertificateAuthenticationMode:x509CertificateAuthenticationMode?
        x509CertificateRequiredAffinityLevel:x509CertificateAffinityLevel?""",
    "x509CertificateIssuerHintsConfiguration": "state:x509CertificateIssuerHintsState?",
    "x509CertificateCRLValidationConfiguration": """
        state:x509CertificateCRLValidationConfigurationState
        exemptedCertificateAuthoritiesSubjectKeyIdentifiers:[String]?""",
}

METHOD_ENUMERATIONS: dict[str, str] = {
    "allowInvitesFrom": """
        none=0 adminsAndGuestInviters=1 adminsGuestInvitersAndAllMembers=2 everyone=3 unknownFutureValue=4""",
    "advancedConfigState": "default=0 enabled=1 disabled=2 unknownFutureValue=3",
    "attestationEnforcement": "disabled=0 registrationOnly=1 unknownFutureValue=2",
    "authenticationMethodState": "enabled=0 disabled=1",
    "authenticationMethodTargetType": "user=0 group=1 unknownFutureValue=2",
    "authenticationMethodsPolicyMigrationState": """
        preMigration=0 migrationInProgress=1 migrationComplete=2 unknownFutureValue=3""",
    "externalEmailOtpState": "default=0 enabled=1 disabled=2 unknownFutureValue=3",
    "featureTargetType": "group=0 administrativeUnit=1 role=2 unknownFutureValue=3",
    "fido2RestrictionEnforcementType": "allow=0 block=1 unknownFutureValue=2",
    "microsoftAuthenticatorAuthenticationMode": "deviceBasedPush=0 push=1 any=2",
    "x509CertificateAffinityLevel": "low=0 high=1 unknownFutureValue=2",
    "x509CertificateAuthenticationMode": """
        x509CertificateSingleFactor=0 x509CertificateMultiFactor=1 unknownFutureValue=2""",
    "x509CertificateCRLValidationConfigurationState": "disabled=0 enabled=1 unknownFutureValue=2",
    "x509CertificateIssuerHintsState": "disabled=0 enabled=1 unknownFutureValue=2",
    "x509CertificateRuleType": "issuerSubject=0 policyOID=1 unknownFutureValue=2 issuerSubjectAndPolicyOID=3",
}

METHOD_FLAGS_ENUMERATIONS: dict[str, str] = {
    "passkeyTypes": "deviceBound=1 synced=2 unknownFutureValue=4",
}
