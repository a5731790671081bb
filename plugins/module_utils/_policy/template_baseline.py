# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The named policies of the baseline: what Microsoft says today (modern) and what the 2021 guidance said.

Where the baseline asks for more than Microsoft's template of the same id - a strength instead of mfa, which newer
methods need, and risk remediation, which also serves users without a password - it deliberately differs.
"""

from __future__ import annotations

from .._directory.roles import ADMINISTRATOR_ROLES, FURTHER_ADMINISTRATOR_ROLES, role_ids
from .._reconcile.shape import Json
from . import vocabulary as words
from .template import (
    ADMINISTRATORS,
    ALL_USERS,
    ALL_USERS_BUT_SYNCHRONIZATION,
    BLOCK,
    EVERY_TIME,
    MFA,
    Template,
    all_of,
    conditions,
    one_of,
    policy,
    strength,
)

_MORE_ADMINISTRATORS: Json = {"includeRoles": role_ids(ADMINISTRATOR_ROLES + FURTHER_ADMINISTRATOR_ROLES)}
# Risk remediation does not work for guests (facts section 2.6, rule 13): their home tenant owns their risk.
_ALL_USERS_BUT_GUESTS: Json = {
    **ALL_USERS,
    "excludeGuestsOrExternalUsers": {"guestOrExternalUserTypes": list(words.GUEST_OR_EXTERNAL_USER_TYPES[1:])},
}
_LEGACY_CLIENTS = conditions(ALL_USERS, clientAppTypes=list(words.LEGACY_CLIENT_APP_TYPES))
_RISKY_SIGN_INS = conditions(ALL_USERS, signInRiskLevels=["high", "medium"])

BASELINE_TEMPLATES: tuple[Template, ...] = (
    Template(
        "require_mfa_for_administrators",
        "Require multifactor authentication for administrators",
        policy(conditions(ADMINISTRATORS), MFA),
        microsoft_template_id="c7503427-338e-4c5e-902d-abe252abfb43",
    ),
    Template(
        "require_phishing_resistant_mfa_for_administrators",
        "Require phishing-resistant multifactor authentication for administrators",
        policy(conditions(_MORE_ADMINISTRATORS), strength(words.PHISHING_RESISTANT_MFA_STRENGTH)),
        microsoft_template_id="76c03f19-ea37-4656-a772-a183b4ddb81d",
    ),
    Template(
        "require_mfa_for_all_users",
        "Require multifactor authentication for all users",
        policy(conditions(ALL_USERS_BUT_SYNCHRONIZATION), strength(words.MULTIFACTOR_AUTHENTICATION_STRENGTH)),
        seed_content=policy(conditions(ALL_USERS), MFA),
        microsoft_template_id="a3d0a415-b068-4326-9251-f9cdf9feeb64",
    ),
    Template(
        "block_legacy_authentication",
        "Block legacy authentication",
        policy(_LEGACY_CLIENTS, BLOCK),
        microsoft_template_id="0b2282f9-2862-4178-88b5-d79340b36cb8",
    ),
    Template(
        "block_clients_without_modern_authentication",
        "Block clients that do not support modern authentication",
        policy(_LEGACY_CLIENTS, BLOCK),
        microsoft_template_id="0b2282f9-2862-4178-88b5-d79340b36cb8",
    ),
    Template(
        "block_device_code_flow",
        "Block device code flow",
        policy(conditions(ALL_USERS, authenticationFlows={"transferMethods": ["deviceCodeFlow"]}), BLOCK),
    ),
    Template(
        "block_authentication_transfer",
        "Block authentication transfer",
        policy(conditions(ALL_USERS, authenticationFlows={"transferMethods": ["authenticationTransfer"]}), BLOCK),
    ),
    Template(
        "secure_security_information_registration",
        "Require multifactor authentication to register security information",
        policy(
            conditions(
                {
                    **ALL_USERS,
                    "excludeUsers": ["GuestsOrExternalUsers"],
                    "excludeRoles": role_ids(("Global Administrator",)),
                },
                {"includeUserActions": ["urn:user:registersecurityinfo"]},
                locations={"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]},
            ),
            MFA,
        ),
        microsoft_template_id="b8bda7f8-6584-4446-bce9-d871480e53fa",
    ),
    Template(
        "require_mfa_for_device_registration",
        "Require multifactor authentication to register or join devices",
        policy(conditions(ALL_USERS, {"includeUserActions": ["urn:user:registerdevice"]}), MFA),
    ),
    Template(
        "require_mfa_for_risky_sign_ins",
        "Require multifactor authentication at medium or high sign-in risk",
        policy(_RISKY_SIGN_INS, strength(words.MULTIFACTOR_AUTHENTICATION_STRENGTH), EVERY_TIME),
        seed_content=policy(_RISKY_SIGN_INS, MFA),
        microsoft_template_id="6b619f55-792e-45dc-9711-d83ec9d7ae90",
    ),
    Template(
        "require_password_change_for_high_risk_users",
        "Require high-risk users to change their password",
        policy(
            conditions(_ALL_USERS_BUT_GUESTS, userRiskLevels=["high"]),
            {
                "operator": "AND",
                "builtInControls": ["riskRemediation"],
                "authenticationStrength": words.MULTIFACTOR_AUTHENTICATION_STRENGTH,
            },
            EVERY_TIME,
        ),
        seed_content=policy(
            conditions(ALL_USERS, userRiskLevels=["high"]),
            all_of("mfa", "passwordChange"),
        ),
        microsoft_template_id="634b6de7-c38d-4357-a2c7-3842706eedd7",
    ),
    Template(
        "require_compliant_device",
        "Require a compliant device",
        policy(conditions(ALL_USERS_BUT_SYNCHRONIZATION), one_of("compliantDevice")),
        seed_content=policy(conditions(ALL_USERS), one_of("compliantDevice")),
        microsoft_template_id="a297dd1a-21fe-4016-99a0-ba43ba64378c",
    ),
)
