# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The form of the authorization policy, as far as it decides about sign-in security (facts section 7.1)."""

from __future__ import annotations

from .._reconcile.shape import Choice, Flag, Part

# What guests may see; the ids are the same in every tenant.
GUEST_ROLES = {
    "user": "a0b1b346-4d3e-4e8b-98f8-753987be4970",
    "guest_user": "10dae51f-b6af-4016-8d66-8c2a99b929b3",
    "restricted_guest_user": "2af84b1e-32c8-42b7-82bc-daa82404023b",
}

AUTHORIZATION_POLICY = Part(
    "authorizationPolicy",
    (
        Flag("allowedToUseSSPR", nullable=False),
        Choice(
            "allowInvitesFrom",
            values=("none", "adminsAndGuestInviters", "adminsGuestInvitersAndAllMembers", "everyone"),
        ),
        Choice("guestUserRoleId", values=tuple(GUEST_ROLES)),
        Flag("allowEmailVerifiedUsersToJoinOrganization", nullable=False),
        Flag("allowedToSignUpEmailBasedSubscriptions", nullable=False),
        Flag("allowUserConsentForRiskyApps", nullable=False),
        Flag("blockMsolPowerShell", nullable=False),
        Part(
            "defaultUserRolePermissions",
            (
                Flag("allowedToCreateApps", nullable=False),
                Flag("allowedToCreateSecurityGroups", nullable=False),
                Flag("allowedToCreateTenants", nullable=False),
                Flag("allowedToReadBitlockerKeysForOwnedDevice", nullable=False),
                Flag("allowedToReadOtherUsers", nullable=False),
            ),
            lasting=True,
        ),
    ),
)
