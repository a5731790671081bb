# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The authorization policy as it is kept, and how each version shows it (facts section 7.1)."""

from __future__ import annotations

from ..conditional_access.canonical import canonical_object
from ..conditional_access.merge import merged
from ..conditional_access.schema_check import Expectations, SchemaMismatch, check_object
from ..json_types import JsonObject

TYPE_NAME = "authorizationPolicy"
PERMISSIONS = "defaultUserRolePermissions"
# The same list of grants: nested in v1.0, at the top in beta. It is kept as v1.0 has it.
GRANTS_IN_V1 = "permissionGrantPoliciesAssigned"
GRANTS_IN_BETA = "permissionGrantPolicyIdsAssignedToDefaultUserRole"


def usual_authorization_policy() -> JsonObject:
    """Return the policy of a new tenant."""
    return {
        "id": "authorizationPolicy",
        "deletedDateTime": None,
        "displayName": "Authorization Policy",
        "description": "Used to manage authorization related settings across the company.",
        "allowInvitesFrom": "everyone",
        "allowedToSignUpEmailBasedSubscriptions": True,
        "allowedToUseSSPR": True,
        "allowEmailVerifiedUsersToJoinOrganization": False,
        "allowUserConsentForRiskyApps": None,
        "blockMsolPowerShell": False,
        "guestUserRoleId": "10dae51f-b6af-4016-8d66-8c2a99b929b3",
        PERMISSIONS: {
            "allowedToCreateApps": True,
            "allowedToCreateSecurityGroups": True,
            "allowedToCreateTenants": True,
            "allowedToReadBitlockerKeysForOwnedDevice": True,
            "allowedToReadOtherUsers": True,
            GRANTS_IN_V1: ["ManagePermissionGrantsForSelf.microsoft-user-default-recommended"],
        },
    }


def seeded_authorization_policy(seed: JsonObject, where: str) -> JsonObject:
    """Return the policy of a seed, as v1.0 shows it or as beta does, laid over the usual one.

    Raises:
        SchemaMismatch: naming the member that is wrong.
    """
    check_object(seed, TYPE_NAME, Expectations(beta=True), where)
    return changed_policy(usual_authorization_policy(), seed)


def changed_policy(latest: JsonObject, change: JsonObject) -> JsonObject:
    """Return the policy with a change of either version applied; its permissions are merged."""
    written = {name: value for name, value in change.items() if name != GRANTS_IN_BETA}
    if GRANTS_IN_BETA in change:
        permissions = dict(written.get(PERMISSIONS, {}))
        written[PERMISSIONS] = permissions | {GRANTS_IN_V1: change[GRANTS_IN_BETA]}
    return canonical_object(merged(latest, written, TYPE_NAME), TYPE_NAME)


def refuse_grants_of_other_version(body: JsonObject, beta: bool) -> None:
    """Refuse the list of grants where v1.0 has it in a body for beta.

    Raises:
        SchemaMismatch: the body carries it.
    """
    if beta and GRANTS_IN_V1 in (body.get(PERMISSIONS) or {}):
        raise SchemaMismatch(f"{PERMISSIONS}.{GRANTS_IN_V1}", f"is {GRANTS_IN_BETA} in beta")


def shown_policy(policy: JsonObject, beta: bool) -> JsonObject:
    """Return the policy with its grants where the version has them; ``policy`` is already presented otherwise."""
    if not beta:
        return policy
    permissions = dict(policy[PERMISSIONS])
    grants = permissions.pop(GRANTS_IN_V1)
    return policy | {PERMISSIONS: permissions, GRANTS_IN_BETA: grants}
