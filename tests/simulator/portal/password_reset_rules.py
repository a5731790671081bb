# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of self-service password reset: their usual state and their rules (facts section 6.2)."""

from __future__ import annotations

from collections.abc import Iterator

from ..json_types import JsonObject
from ..tenant import GROUPS, Tenant

NOBODY, SELECTED_GROUP, EVERYONE = 0, 1, 2
METHODS = (
    "emailOptionEnabled",
    "mobilePhoneOptionEnabled",
    "officePhoneOptionEnabled",
    "securityQuestionsOptionEnabled",
    "mobileAppNotificationEnabled",
    "mobileAppCodeEnabled",
)
RANGES = {
    "enablementType": range(NOBODY, EVERYONE + 1),
    "numberOfAuthenticationMethodsRequired": range(1, 3),
    "numberOfQuestionsToRegister": range(3, 6),
    "numberOfQuestionsToReset": range(3, 6),
    "registrationReconfirmIntevalInDays": range(0, 731),
}
GROUP_NAME = "passwordResetEnabledGroupName"


def usual_password_reset() -> JsonObject:
    """Return the settings of a new tenant."""
    return {
        "objectId": "default",
        "enablementType": NOBODY,
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
        "skipRegistrationAllowed": True,
        "skipRegistrationMaxAllowedDays": 7,
        "customizeHelpdeskLink": False,
        "customHelpdeskEmailOrUrl": "",
        "notifyUsersOnPasswordReset": True,
        "notifyOnAdminPasswordReset": False,
        "passwordResetEnabledGroupIds": [],
        GROUP_NAME: "",
        "securityQuestions": [],
        "registrationConditionalAccessPolicies": [],
        "emailOptionAllowed": True,
        "mobilePhoneOptionAllowed": True,
        "officePhoneOptionAllowed": True,
        "securityQuestionsOptionAllowed": True,
        "mobileAppNotificationOptionAllowed": True,
        "mobileAppCodeOptionAllowed": True,
    }


def usual_writeback() -> JsonObject:
    """Return the switches of password writeback of a new tenant."""
    return {"passwordWriteBackSupported": False, "accountUnlockEnabled": False}


def violations(settings: JsonObject, tenant: Tenant, count_methods: bool) -> Iterator[str]:
    """Yield what the portal does not accept of a complete object."""
    if settings["objectId"] != "default":
        yield "objectId must be 'default'."
    for name, allowed in RANGES.items():
        if settings[name] not in allowed:
            yield f"{name} must be between {allowed.start} and {allowed.stop - 1}."
    if count_methods and sum(settings[name] for name in METHODS) < settings["numberOfAuthenticationMethodsRequired"]:
        yield "Fewer authentication methods are enabled than are required."
    if settings["enablementType"] == SELECTED_GROUP:
        yield from _group_violations(settings["passwordResetEnabledGroupIds"] or [], tenant)


def group_name(settings: JsonObject, tenant: Tenant) -> str:
    """Return the name of the group that counts: the first one."""
    for identifier in (settings["passwordResetEnabledGroupIds"] or [])[:1]:
        group = tenant[GROUPS].find_visible(str(identifier))
        return "" if group is None else str(group["displayName"])
    return ""


def _group_violations(identifiers: list[str], tenant: Tenant) -> Iterator[str]:
    if not identifiers:
        yield "A group must be selected."
    for identifier in identifiers:
        if tenant[GROUPS].find_visible(str(identifier)) is None:
            yield f"The group {identifier} does not exist."
