# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The form of the authentication methods policy, but for the methods themselves (facts section 4.1)."""

from __future__ import annotations

from .._reconcile.shape import Choice, Flag, Number, Part, Target, Targets
from .._reconcile.targets import ALL_USERS

MANAGED_STATES = ("default", "enabled", "disabled")
CAMPAIGN = "authenticationMethodsRegistrationCampaign"
CAMPAIGN_METHODS = ("microsoftAuthenticator", "fido2")

# Sent whole with all its lists: what a partial campaign does to the rest is not known (facts section 4.1).
_CAMPAIGN = Part(
    CAMPAIGN,
    (
        Choice("state", values=MANAGED_STATES, default="default"),
        Number("snoozeDurationInDays"),
        Targets("includeTargets", fields=(Choice("targetedAuthenticationMethod", values=CAMPAIGN_METHODS),)),
        Targets("excludeTargets"),
        Flag("enforceRegistrationAfterAllowedSnoozes", nullable=False, undecided=True, preview=True),
    ),
    complete=True,
)

AUTHENTICATION_METHODS_POLICY = Part(
    "authenticationMethodsPolicy",
    (
        Choice("policyMigrationState", values=("preMigration", "migrationInProgress", "migrationComplete")),
        Part("registrationEnforcement", (_CAMPAIGN,), lasting=True),
        Part(
            "reportSuspiciousActivitySettings",
            (
                Choice("state", values=MANAGED_STATES, default="default"),
                Target("includeTarget", everyone=ALL_USERS),
                Number("voiceReportingCode"),
            ),
            complete=True,
            preview=True,
        ),
        Part(
            "systemCredentialPreferences",
            (
                Choice("state", values=MANAGED_STATES, default="default"),
                Targets("includeTargets"),
                Targets("excludeTargets"),
            ),
            complete=True,
            preview=True,
        ),
    ),
)
