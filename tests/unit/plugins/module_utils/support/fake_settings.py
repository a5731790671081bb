# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of a tenant over dictionaries: what Graph has of them, and what only the portal has."""

from __future__ import annotations

import copy
import typing as t
from dataclasses import dataclass, field

from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_objects import refused
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import merge_patch

Json = dict[str, t.Any]

METHODS_POLICY = "/policies/authenticationMethodsPolicy"
CONFIGURATIONS = "authenticationMethodConfigurations"
METHODS = f"{METHODS_POLICY}/{CONFIGURATIONS}"
AUTHORIZATION_POLICY = "/policies/authorizationPolicy"
REQUIREMENTS = "/authentication/requirements"

PORTAL = "https://portal.example"
PASSWORD_RESET = f"{PORTAL}/api/PasswordReset/PasswordResetPolicies"
REGISTRATION_POLICIES = "https://graph.example/{tenant_id}/policies"
EVERYONE: Json = {"id": "all_users", "targetType": "group"}
NO_GROUP: Json = {"id": "00000000-0000-0000-0000-000000000000", "targetType": "group"}


def method(kind: str, state: str = "disabled", identifier: str = "", **members: t.Any) -> Json:
    """An authentication method as the service has it; *kind* is its id and, but for its first letter, its type."""
    type_name = f"{kind[0].lower()}{kind[1:]}AuthenticationMethodConfiguration"
    return {
        "@odata.type": f"#microsoft.graph.{type_name}",
        "id": identifier or kind,
        "state": state,
        "excludeTargets": [],
        "includeTargets": [{**EVERYONE, "isRegistrationRequired": False}],
        **members,
    }


def feature(state: str = "default", **members: t.Any) -> Json:
    """A feature of Microsoft Authenticator."""
    return {"state": state, "includeTarget": EVERYONE, "excludeTarget": NO_GROUP, **members}


def external(name: str = "Adatum", identifier: str = "dddddddd-0000-4000-8000-0000000000ad", **members: t.Any) -> Json:
    """An external method as the service has it."""
    provider = {"clientId": "abc", "discoveryUrl": "https://adatum.example/.well-known"}
    own = {
        "displayName": name,
        "appId": "12345678-0000-4000-8000-000000000000",
        "openIdConnectSetting": provider,
    }
    return method("external", "enabled", identifier, **{**own, **members})


def campaign(state: str = "default", **members: t.Any) -> Json:
    """A registration campaign."""
    target = {**EVERYONE, "targetedAuthenticationMethod": "microsoftAuthenticator"}
    return {"state": state, "snoozeDurationInDays": 1, "includeTargets": [target], "excludeTargets": [], **members}


def methods_policy(*methods: Json, **members: t.Any) -> Json:
    """The authentication methods policy with its methods in line, as both versions of Graph together have it."""
    features = ("displayAppInformationRequiredState", "displayLocationInformationRequiredState")
    return {
        "id": "authenticationMethodsPolicy",
        "displayName": "Authentication Methods Policy",
        "policyVersion": "1.5",
        "reconfirmationInDays": None,
        "policyMigrationState": "migrationComplete",
        "registrationEnforcement": {"authenticationMethodsRegistrationCampaign": campaign()},
        CONFIGURATIONS: list(methods)
        or [
            method("Fido2", keyRestrictions=None, isSelfServiceRegistrationAllowed=True, isAttestationEnforced=True),
            method("MicrosoftAuthenticator", "enabled", featureSettings={name: feature() for name in features}),
            method("Sms"),
            method("Voice", isOfficePhoneAllowed=False),
        ],
        **members,
    }


def authorization_policy(**members: t.Any) -> Json:
    """The authorization policy of a new tenant."""
    return {
        "id": "authorizationPolicy",
        "displayName": "Authorization Policy",
        "allowedToUseSSPR": True,
        "allowInvitesFrom": "everyone",
        "guestUserRoleId": "10dae51f-b6af-4016-8d66-8c2a99b929b3",
        "allowEmailVerifiedUsersToJoinOrganization": False,
        "allowedToSignUpEmailBasedSubscriptions": True,
        "allowUserConsentForRiskyApps": None,
        "blockMsolPowerShell": False,
        "defaultUserRolePermissions": {
            "allowedToCreateApps": True,
            "allowedToCreateSecurityGroups": True,
            "allowedToCreateTenants": None,
            "allowedToReadBitlockerKeysForOwnedDevice": True,
            "allowedToReadOtherUsers": True,
            "permissionGrantPoliciesAssigned": ["microsoft-user-default-legacy"],
        },
        **members,
    }


def password_reset(**members: t.Any) -> Json:
    """The portal's object for password reset, with a member that nobody knows."""
    return {
        "objectId": "default",
        "enablementType": 0,
        "numberOfAuthenticationMethodsRequired": 1,
        "emailOptionEnabled": True,
        "mobilePhoneOptionEnabled": True,
        "officePhoneOptionEnabled": False,
        "securityQuestionsOptionEnabled": False,
        "mobileAppNotificationEnabled": False,
        "mobileAppCodeEnabled": False,
        "numberOfQuestionsToRegister": 5,
        "numberOfQuestionsToReset": 3,
        "registrationRequiredOnSignIn": True,
        "registrationReconfirmIntevalInDays": 180,
        "customizeHelpdeskLink": False,
        "customHelpdeskEmailOrUrl": "",
        "notifyUsersOnPasswordReset": True,
        "notifyOnAdminPasswordReset": False,
        "passwordResetEnabledGroupIds": [],
        "passwordResetEnabledGroupName": "",
        "ring": {"name": "2026-11"},
        **members,
    }


def registration_policy(**members: t.Any) -> Json:
    """The portal's object for the MFA registration policy, with a member that nobody knows."""
    return {
        "objectId": "one",
        "displayName": "Multifactor authentication registration policy",
        "IsEnabled": False,
        "IncludeAllUsers": True,
        "IncludeGroups": [],
        "ExcludeGroups": [],
        "RegistrationWindowInDays": 14,
        "SecurityDefaults": {"IsEnabled": False},
        "ring": {"name": "2026-11"},
        **members,
    }


@dataclass
class FakeSettings:
    """What a tenant has of settings; *portal* holds the portal's objects by address."""

    methods_policy: Json = field(default_factory=methods_policy)
    authorization_policy: Json = field(default_factory=authorization_policy)
    per_user_mfa: dict[str, str] = field(default_factory=dict)
    portal: dict[str, Json] = field(default_factory=lambda: {PASSWORD_RESET: password_reset()})

    def has(self, path: str) -> bool:
        """Whether a path of Graph is that of a setting."""
        return path.startswith((METHODS_POLICY, AUTHORIZATION_POLICY)) or path.endswith(REQUIREMENTS)

    def read(self, path: str) -> Json:
        """What is at *path*."""
        if path == METHODS_POLICY:
            return copy.deepcopy(self.methods_policy)
        if path == AUTHORIZATION_POLICY:
            return copy.deepcopy(self.authorization_policy)
        state = self.per_user_mfa.get(path.split("/")[2], "disabled")
        return {"perUserMfaState": state}

    def write(self, verb: str, path: str, body: Json) -> Json | None:
        """Carry out one write: objects merge, lists are replaced whole (facts sections 4.1, 4.2 and 7.1)."""
        if path.startswith(METHODS):
            return self._write_method(verb, path.removeprefix(METHODS).strip("/"), body)
        assert verb == "PATCH", verb
        if path == METHODS_POLICY:
            self.methods_policy = merge_patch(self.methods_policy, body)
        elif path == AUTHORIZATION_POLICY:
            self.authorization_policy = merge_patch(self.authorization_policy, body)
        else:
            self.per_user_mfa[path.split("/")[2]] = body["perUserMfaState"]
        return None

    def method(self, identifier: str) -> Json:
        """The stored method of that id or of that name."""
        return self._methods[self._position(identifier)]

    @property
    def _methods(self) -> list[Json]:
        return t.cast("list[Json]", self.methods_policy[CONFIGURATIONS])

    def _position(self, identifier: str) -> int:
        for position, one in enumerate(self._methods):
            if identifier in (one["id"], one.get("displayName")):
                return position
        raise refused(404, f"404 ResourceNotFound: {identifier} does not exist.")

    def _write_method(self, verb: str, identifier: str, body: Json) -> Json | None:
        if verb != "DELETE" and "@odata.type" not in body:
            raise refused(400, "400 BadRequest: the type of the method must be named.")
        if verb == "POST":
            created = {"id": f"dddddddd-0000-4000-8000-{len(self._methods):012x}", **copy.deepcopy(body)}
            self._methods.append(created)
            return copy.deepcopy(created)
        position = self._position(identifier)
        if verb == "DELETE":
            del self._methods[position]
        else:
            self._methods[position] = merge_patch(self._methods[position], body)
        return None
