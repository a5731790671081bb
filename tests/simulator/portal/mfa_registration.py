# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The MFA registration policy, at a path that is a setting (facts section 5.1).

Known of the object are include and exclude groups, a switch, ``RegistrationWindowInDays`` and a part on security
defaults with ``IsEnabled``; the other names in it stand for what is not known.
"""

from __future__ import annotations

import re

from ..json_types import JsonObject
from ..licence import has_p2
from ..messages import Response
from ..profile import Profile
from ..tenant import GROUPS, MFA_REGISTRATION, SECURITY_DEFAULTS, Tenant, stable_id
from . import errors
from .call import PortalCall
from .roles import require_role
from .whole_objects import ANOTHER_SHAPE, UNKNOWN_MEMBERS, completed

ROLES = ("Global Administrator", "Security Administrator")
LONGEST_WINDOW = 90
DISPLAY_NAME = "Multifactor authentication registration policy"


def usual_registration_policy() -> JsonObject:
    """Return the policy of a new tenant: for everyone, and not enforced."""
    return {
        "displayName": DISPLAY_NAME,
        "IsEnabled": False,
        "IncludeAllUsers": True,
        "IncludeGroups": [],
        "ExcludeGroups": [],
        "RegistrationWindowInDays": 14,
        "SecurityDefaults": {"IsEnabled": False},
    }


def policy_id(tenant: Tenant) -> str:
    return stable_id(tenant.tenant_id, "mfaRegistrationPolicy")


def is_policy_path(path: str, profile: Profile) -> bool:
    """Say whether a path is the policy's, for some tenant and some id."""
    parts = re.split(r"\{tenant_id\}|\{policy_id\}", profile.portal_mfa_registration_path)
    return re.fullmatch("[^/]+".join(map(re.escape, parts)), path) is not None


def is_list_path(path: str, profile: Profile) -> bool:
    """Say whether a path is that of the list where a client finds the policy's id."""
    folder, _slash, name = profile.portal_mfa_registration_path.rpartition("/")
    parts = folder.split("{tenant_id}")
    return name == "{policy_id}" and re.fullmatch("[^/]+".join(map(re.escape, parts)), path) is not None


def list_policies(call: PortalCall) -> Response:
    if call.profile.portal_mfa_registration == "another_shape":
        return Response(200, ANOTHER_SHAPE)
    return Response(200, {"value": [{"objectId": policy_id(call.tenant), "displayName": DISPLAY_NAME}]})


def get_policy(call: PortalCall) -> Response:
    _check_path(call)
    if call.profile.portal_mfa_registration == "another_shape":
        return Response(200, ANOTHER_SHAPE)
    return Response(200, _shown(call, call.stored(MFA_REGISTRATION)))


def write_policy(call: PortalCall) -> Response:
    """Replace the whole policy; its part on security defaults only tells about them."""
    _check_path(call)
    require_role(call, ROLES)
    if call.profile.portal_mfa_registration == "another_shape":
        raise errors.invalid("The policy has the schema 2.0.")
    before = _shown(call, call.latest(MFA_REGISTRATION))
    usual = usual_registration_policy() | {"objectId": before["objectId"]}
    policy = completed(call.json_object(), before, usual, call.profile)
    _check(call, policy)
    call.store(MFA_REGISTRATION, {name: value for name, value in policy.items() if name != "objectId"})
    return call.written(_shown(call, policy))


def _check_path(call: PortalCall) -> None:
    template = call.profile.portal_mfa_registration_path
    right = template.format(tenant_id=call.tenant.tenant_id, policy_id=policy_id(call.tenant))
    if call.request.path.lower() != right.lower():
        raise errors.not_found()


def _check(call: PortalCall, policy: JsonObject) -> None:
    if policy["objectId"] != policy_id(call.tenant):
        raise errors.invalid("objectId cannot be changed.")
    if not 0 <= policy["RegistrationWindowInDays"] <= LONGEST_WINDOW:
        raise errors.invalid(f"RegistrationWindowInDays must be between 0 and {LONGEST_WINDOW}.")
    for name in ("IncludeGroups", "ExcludeGroups"):
        for identifier in policy[name]:
            if call.tenant[GROUPS].find_visible(str(identifier)) is None:
                raise errors.invalid(f"{name} holds {identifier}, which does not exist.")
    if policy["IsEnabled"] and call.profile.portal_licence_required and not has_p2(call.tenant):
        raise errors.forbidden("The tenant has no licence for the MFA registration policy.")


def _shown(call: PortalCall, policy: JsonObject) -> JsonObject:
    added = UNKNOWN_MEMBERS if call.profile.portal_mfa_registration == "with_unknown_members" else {}
    defaults = call.tenant[SECURITY_DEFAULTS].visible()[0]
    fixed = {"objectId": policy_id(call.tenant), "SecurityDefaults": {"IsEnabled": defaults["isEnabled"]}}
    return added | policy | fixed
