# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Microsoft's own templates that the baseline does not use as they are (facts appendix D).

Their content is Microsoft's, but for the text about the current administrator in excludeUsers: the emergency access
accounts of a task take its place.
"""

from __future__ import annotations

from .._reconcile.shape import Json
from . import vocabulary as words
from .template import (
    ADMINISTRATORS,
    ALL_USERS,
    ALL_USERS_BUT_SYNCHRONIZATION,
    BLOCK,
    EVERY_TIME,
    MFA,
    NO_USERS,
    OFFICE_365,
    Template,
    all_of,
    conditions,
    one_of,
    policy,
    strength,
)

_AZURE_MANAGEMENT: Json = {"includeApplications": ["797f4846-ba00-4fd7-ba43-dac1f8f63013"]}
_ADMIN_PORTALS: Json = {"includeApplications": ["MicrosoftAdminPortals"]}
_ACCOUNT_RECOVERY: Json = {"includeUserActions": ["urn:user:accountrecovery"]}
_EVERY_AGENT: Json = {"includeAgentIdServicePrincipals": ["All"]}
_EVERY_HOUR: Json = {
    "isEnabled": True,
    "frequencyInterval": "timeBased",
    "type": "hours",
    "value": 1,
}


def _but_guests(*kinds: str) -> Json:
    return {**ALL_USERS, "excludeGuestsOrExternalUsers": {"guestOrExternalUserTypes": list(kinds)}}


# The baseline has a policy of its own for each of these three; here stands what Microsoft offers.
_VARIANTS = (
    Template(
        "microsoft_require_mfa_for_all_users",
        "Require multifactor authentication for all users (Microsoft template)",
        policy(conditions(ALL_USERS_BUT_SYNCHRONIZATION), MFA),
        microsoft_template_id="a3d0a415-b068-4326-9251-f9cdf9feeb64",
    ),
    Template(
        "microsoft_require_mfa_for_risky_sign_ins",
        "Require multifactor authentication for risky sign-ins (Microsoft template)",
        policy(conditions(ALL_USERS, signInRiskLevels=["high", "medium"]), MFA, EVERY_TIME),
        microsoft_template_id="6b619f55-792e-45dc-9711-d83ec9d7ae90",
    ),
    Template(
        "microsoft_require_password_change_for_high_risk_users",
        "Require password change for high-risk users (Microsoft template)",
        policy(conditions(ALL_USERS, userRiskLevels=["high"]), all_of("mfa", "passwordChange"), EVERY_TIME),
        microsoft_template_id="634b6de7-c38d-4357-a2c7-3842706eedd7",
    ),
)

_USERS_AND_APPLICATIONS = (
    Template(
        "require_mfa_for_guests",
        "Require multifactor authentication for guest access",
        policy(conditions({"includeUsers": ["GuestsOrExternalUsers"]}), MFA),
        microsoft_template_id="a4072ac0-722b-4991-981b-7f9755daef14",
    ),
    Template(
        "require_mfa_for_azure_management",
        "Require multifactor authentication for Azure management",
        policy(conditions(ALL_USERS, _AZURE_MANAGEMENT), MFA),
        microsoft_template_id="d8c51a9a-e6b1-454d-86af-554e7872e2c1",
    ),
    Template(
        "require_mfa_for_microsoft_admin_portals",
        "Require multifactor authentication for Microsoft admin portals",
        policy(conditions(ADMINISTRATORS, _ADMIN_PORTALS), strength(words.MULTIFACTOR_AUTHENTICATION_STRENGTH)),
        microsoft_template_id="6364131e-bc4a-47c4-a20b-33492d1fff6c",
    ),
    Template(
        "block_office_365_at_elevated_insider_risk",
        "Block access to Office 365 apps for users with insider risk",
        policy(
            conditions(
                _but_guests("b2bDirectConnectUser", "otherExternalUser", "serviceProvider"),
                OFFICE_365,
                insiderRiskLevels=["elevated"],
            ),
            BLOCK,
        ),
        microsoft_template_id="16aaa400-bfdf-4756-a420-ad2245d4cde8",
    ),
    Template(
        "require_identity_verification_for_account_recovery",
        "Secure account recovery with identity verification",
        policy(
            conditions(_but_guests(*words.GUEST_OR_EXTERNAL_USER_TYPES[1:]), _ACCOUNT_RECOVERY), all_of("verifiedID")
        ),
        microsoft_template_id="6acdf4c3-6815-485c-a57d-2c349d517ba0",
    ),
)

_DEVICES = (
    Template(
        "require_compliant_or_hybrid_joined_device_for_administrators",
        "Require compliant or hybrid joined device for administrators",
        policy(conditions({**NO_USERS, **ADMINISTRATORS}), one_of("compliantDevice", "domainJoinedDevice")),
        microsoft_template_id="c26a510a-3b8b-4023-8c44-d4f4c854e9f9",
    ),
    Template(
        "require_compliant_or_hybrid_joined_device_or_mfa",
        "Require compliant or hybrid joined device or multifactor authentication for all users",
        policy(conditions(ALL_USERS_BUT_SYNCHRONIZATION), one_of("mfa", "compliantDevice", "domainJoinedDevice")),
        microsoft_template_id="927c884e-7888-4e81-abc4-bd56ded28985",
    ),
    Template(
        "block_unknown_device_platforms",
        "Block access for unknown or unsupported device platform",
        policy(
            conditions(
                ALL_USERS,
                platforms={
                    "includePlatforms": ["all"],
                    "excludePlatforms": ["android", "iOS", "windows", "macOS", "linux", "windowsPhone"],
                },
            ),
            BLOCK,
        ),
        microsoft_template_id="4e39a309-931e-4cb1-a371-e2beea168002",
    ),
)

_SESSIONS = (
    Template(
        "no_persistent_browser_session",
        "No persistent browser session on unmanaged devices",
        policy(
            conditions(
                ALL_USERS,
                devices={
                    "deviceFilter": {
                        "mode": "include",
                        "rule": 'device.trustType -ne "ServerAD" -or device.isCompliant -ne True',
                    }
                },
            ),
            None,
            {"signInFrequency": _EVERY_HOUR, "persistentBrowser": {"isEnabled": True, "mode": "never"}},
        ),
        microsoft_template_id="62e51ccc-c9c3-4554-ac70-066172c81007",
    ),
    Template(
        "use_application_enforced_restrictions_for_office_365",
        "Use application enforced restrictions for Office 365 apps",
        policy(conditions(ALL_USERS, OFFICE_365), None, {"applicationEnforcedRestrictions": {"isEnabled": True}}),
        microsoft_template_id="81fd2072-4876-42b6-8157-c6000693046b",
    ),
)

_AGENTS = (
    Template(
        "block_high_risk_agent_identities",
        "Block high risk agent identities from accessing resources",
        policy(conditions(NO_USERS, clientApplications=_EVERY_AGENT, agentIdRiskLevels=["high"]), BLOCK),
        microsoft_template_id="6bdcbbb7-ebd1-4f8f-a02f-652db0e3665d",
    ),
    Template(
        "block_agent_identities",
        "Block all agent identities from accessing resources",
        policy(conditions(NO_USERS, clientApplications=_EVERY_AGENT), BLOCK),
        microsoft_template_id="c5bf9137-a43c-48e1-9d13-8258b31b855d",
    ),
    Template(
        "block_agent_users",
        "Block all agent users from accessing resources",
        policy(conditions({"includeUsers": ["AllAgentIdUsers"]}), BLOCK),
        microsoft_template_id="376d9923-7f15-40c2-830b-3312120f1eed",
    ),
)

MICROSOFT_TEMPLATES: tuple[Template, ...] = (
    *_VARIANTS,
    *_USERS_AND_APPLICATIONS,
    *_DEVICES,
    *_SESSIONS,
    *_AGENTS,
)
