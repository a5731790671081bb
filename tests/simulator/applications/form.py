# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may be written to registrations and service principals, and of which form."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..graph import errors
from ..json_types import JsonObject
from ..profile import Profile

ADDRESS = re.compile(r"(https://|http://localhost|http://127\.0\.0\.1|ms-appx-web://|[a-z][a-z0-9.+-]*://)\S*", re.I)
MAIL = re.compile(r"[^@\s]+@[^@\s]+")
MODES = ("saml", "oidc", "password", "notSupported")
Check = Callable[[Any], bool]


def is_text(value: Any) -> bool:
    return value is None or isinstance(value, str)


def is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def are_addresses(value: Any) -> bool:
    return are_texts(value) and all(ADDRESS.fullmatch(one) for one in value) and len(set(value)) == len(value)


def are_mails(value: Any) -> bool:
    return are_texts(value) and all(MAIL.fullmatch(one) for one in value)


def are_objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def part(**members: Check) -> Check:
    """Return the check of a complex property with these members."""

    def is_part(value: Any) -> bool:
        if value is None:
            return True
        return isinstance(value, dict) and all(name in members and members[name](one) for name, one in value.items())

    return is_part


APPLICATION: dict[str, Check] = {
    "displayName": lambda value: isinstance(value, str) and bool(value),
    "identifierUris": are_texts,
    "notes": is_text,
    "description": is_text,
    "tags": are_texts,
    "groupMembershipClaims": is_text,
    "web": part(
        homePageUrl=is_text,
        logoutUrl=is_text,
        redirectUris=are_addresses,
        redirectUriSettings=are_objects,
        implicitGrantSettings=part(enableIdTokenIssuance=is_flag, enableAccessTokenIssuance=is_flag),
    ),
    "spa": part(redirectUris=are_addresses),
    "publicClient": part(redirectUris=are_addresses),
}
SERVICE_PRINCIPAL: dict[str, Check] = {
    "displayName": lambda value: isinstance(value, str) and bool(value),
    "accountEnabled": is_flag,
    "appRoleAssignmentRequired": is_flag,
    "keyCredentials": are_objects,
    "loginUrl": is_text,
    "logoutUrl": is_text,
    "notes": is_text,
    "notificationEmailAddresses": are_mails,
    "passwordCredentials": are_objects,
    "preferredSingleSignOnMode": is_text,
    "preferredTokenSigningKeyThumbprint": is_text,
    "samlSingleSignOnSettings": part(relayState=is_text),
    "tags": are_texts,
}


def check_application(body: JsonObject) -> None:
    """Refuse what a registration does not have or cannot be."""
    _check(body, APPLICATION, "Application")
    web = body.get("web") or {}
    indexed = [one.get("uri") for one in web.get("redirectUriSettings") or ()]
    if "redirectUris" in web and not set(indexed) <= set(web["redirectUris"]):
        raise errors.bad_request("The uris in 'redirectUriSettings' must be among 'redirectUris'.")


def check_service_principal(body: JsonObject, profile: Profile) -> None:
    """Refuse what a service principal does not have or cannot be."""
    _check(body, SERVICE_PRINCIPAL, "ServicePrincipal")
    allowed = (*MODES, None, *(["linked"] if profile.linked_single_sign_on == "accept" else []))
    if body.get("preferredSingleSignOnMode") not in allowed:
        raise _invalid("preferredSingleSignOnMode", "ServicePrincipal")


def merged(current: JsonObject, body: JsonObject, profile: Profile) -> JsonObject:
    """Return what a change makes of an object; what becomes of a complex property is a setting."""
    changed = dict(current)
    for name, value in body.items():
        merges = profile.partial_application_parts == "merge" and isinstance(value, dict)
        changed[name] = (current.get(name) or {}) | value if merges else value
    return changed


def _check(body: JsonObject, known: dict[str, Check], type_name: str) -> None:
    for name, value in body.items():
        if name not in known:
            raise errors.bad_request(
                f"Property '{name}' is read-only and cannot be set, or does not exist on resource '{type_name}'."
            )
        if not known[name](value):
            raise _invalid(name, type_name)


def _invalid(name: str, type_name: str) -> errors.GraphError:
    return errors.bad_request(f"Invalid value specified for property '{name}' of resource '{type_name}'.")
