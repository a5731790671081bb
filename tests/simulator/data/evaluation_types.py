# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The v1.0 schema of what evaluate takes (facts section 2.10 and appendix A).

The notation is that of ``policy_types.py``.
"""

from __future__ import annotations

_EXTENSIONS = " ".join(f"extensionAttribute{number}:String?" for number in range(1, 16))

EVALUATION_STRUCTURED_TYPES: dict[str, str] = {
    "signInIdentity abstract": "",
    "userSignIn < signInIdentity": """
        externalTenantId:String? externalUserType:conditionalAccessGuestOrExternalUserTypes userId:String?""",
    "servicePrincipalSignIn < signInIdentity": "servicePrincipalId:String?",
    "signInContext abstract": "",
    "applicationContext < signInContext": "includeApplications:[String]",
    "authContext < signInContext": "authenticationContextValue:String?",
    "userActionContext < signInContext": "userAction:userAction?",
    "signInConditions": """
        authenticationFlow:authenticationFlow? clientAppType:conditionalAccessClientApp? country:String?
        deviceInfo:deviceInfo? devicePlatform:conditionalAccessDevicePlatform? insiderRiskLevel:insiderRiskLevel?
        ipAddress:String? servicePrincipalRiskLevel:riskLevel? signInRiskLevel:riskLevel? userRiskLevel:riskLevel?""",
    "authenticationFlow": "transferMethod:conditionalAccessTransferMethods?",
    "deviceInfo": f"""
        deviceId:String? displayName:String? enrollmentProfileName:String? {_EXTENSIONS}
        isCompliant:Boolean? manufacturer:String? mdmAppId:String? model:String? operatingSystem:String?
        operatingSystemVersion:String? ownership:String? physicalIds:[String]? profileType:String?
        systemLabels:[String]? trustType:String?""",
}

EVALUATION_ENUMERATIONS: dict[str, str] = {
    "insiderRiskLevel": "none=0 minor=1 moderate=2 elevated=3 unknownFutureValue=4",
    "userAction": "registerSecurityInformation=0 registerOrJoinDevices=1 unknownFutureValue=2",
}

EVALUATION_FLAGS_ENUMERATIONS: dict[str, str] = {
    "whatIfAnalysisReasons": """
        notSet=0 notEnoughInformation=1 invalidCondition=2 users=4 workloadIdentities=8 application=16 userActions=32
        authenticationContext=64 devicePlatform=128 devices=256 clientApps=512 location=1024 signInRisk=2048
        emptyPolicy=4096 invalidPolicy=8192 policyNotEnabled=16384 userRisk=32768 time=65536 insiderRisk=131072
        authenticationFlow=262144 unknownFutureValue=524288""",
}
