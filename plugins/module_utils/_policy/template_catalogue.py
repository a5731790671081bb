# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The named policies of the baseline as data: what Microsoft says today (modern) and what the 2021 guidance said.

Identifiers are those of Microsoft's own Conditional Access templates where one exists (facts appendix D).
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._directory.roles import (
    ADMINISTRATOR_ROLES,
    DIRECTORY_SYNCHRONIZATION_ACCOUNTS,
    FURTHER_ADMINISTRATOR_ROLES,
    role_ids,
)
from .._reconcile.shape import Json
from . import vocabulary as words

PROFILES = ("modern", "seed_2021")


@dataclass(frozen=True)
class Template:
    """A named policy.

    *content* is the policy in Graph's names; *seed_content* replaces it in the profile ``seed_2021`` where the 2021
    guidance differs; *microsoft_template_id* is the id of Microsoft's template of the same meaning.
    """

    name: str
    display_name: str
    content: Json
    seed_content: Json | None = field(default=None)
    microsoft_template_id: str | None = None

    def content_for(self, profile: str) -> Json:
        """The policy's content in *profile*, with its display name."""
        content = self.seed_content if profile == "seed_2021" and self.seed_content is not None else self.content
        return {"displayName": self.display_name, **content}


_ALL_USERS: Json = {"includeUsers": ["All"]}
_ALL_USERS_BUT_SYNCHRONIZATION: Json = {**_ALL_USERS, "excludeRoles": [DIRECTORY_SYNCHRONIZATION_ACCOUNTS]}
_ADMINISTRATORS: Json = {"includeRoles": role_ids(ADMINISTRATOR_ROLES)}
_MORE_ADMINISTRATORS: Json = {"includeRoles": role_ids(ADMINISTRATOR_ROLES + FURTHER_ADMINISTRATOR_ROLES)}
# Risk remediation does not work for guests (facts section 2.6, rule 13): their home tenant owns their risk.
_ALL_USERS_BUT_GUESTS: Json = {
    **_ALL_USERS,
    "excludeGuestsOrExternalUsers": {"guestOrExternalUserTypes": list(words.GUEST_OR_EXTERNAL_USER_TYPES[1:])},
}
_ALL_APPLICATIONS: Json = {"includeApplications": ["All"]}

_MFA: Json = {"operator": "OR", "builtInControls": ["mfa"]}
_BLOCK: Json = {"operator": "OR", "builtInControls": ["block"]}
_EVERY_TIME: Json = {"signInFrequency": {"isEnabled": True, "frequencyInterval": "everyTime"}}


def _strength(identifier: str) -> Json:
    return {"operator": "AND", "authenticationStrength": identifier}


def _conditions(users: Json, applications: Json | None = None, **others: t.Any) -> Json:
    return {"users": users, "applications": applications or _ALL_APPLICATIONS, "clientAppTypes": ["all"], **others}


def _policy(conditions: Json, grant: Json | None, session: Json | None = None) -> Json:
    return {"conditions": conditions, "grantControls": grant, "sessionControls": session}


_LEGACY_CLIENTS = _conditions(_ALL_USERS, clientAppTypes=list(words.LEGACY_CLIENT_APP_TYPES))
_RISKY_SIGN_INS = _conditions(_ALL_USERS, signInRiskLevels=["high", "medium"])

TEMPLATES: dict[str, Template] = {
    template.name: template
    for template in (
        Template(
            "require_mfa_for_administrators",
            "Require multifactor authentication for administrators",
            _policy(_conditions(_ADMINISTRATORS), _MFA),
            microsoft_template_id="c7503427-338e-4c5e-902d-abe252abfb43",
        ),
        Template(
            "require_phishing_resistant_mfa_for_administrators",
            "Require phishing-resistant multifactor authentication for administrators",
            _policy(_conditions(_MORE_ADMINISTRATORS), _strength(words.PHISHING_RESISTANT_MFA_STRENGTH)),
            microsoft_template_id="76c03f19-ea37-4656-a772-a183b4ddb81d",
        ),
        Template(
            "require_mfa_for_all_users",
            "Require multifactor authentication for all users",
            _policy(_conditions(_ALL_USERS_BUT_SYNCHRONIZATION), _strength(words.MULTIFACTOR_AUTHENTICATION_STRENGTH)),
            seed_content=_policy(_conditions(_ALL_USERS), _MFA),
            microsoft_template_id="a3d0a415-b068-4326-9251-f9cdf9feeb64",
        ),
        Template(
            "block_legacy_authentication",
            "Block legacy authentication",
            _policy(_LEGACY_CLIENTS, _BLOCK),
            microsoft_template_id="0b2282f9-2862-4178-88b5-d79340b36cb8",
        ),
        Template(
            "block_clients_without_modern_authentication",
            "Block clients that do not support modern authentication",
            _policy(_LEGACY_CLIENTS, _BLOCK),
            microsoft_template_id="0b2282f9-2862-4178-88b5-d79340b36cb8",
        ),
        Template(
            "block_device_code_flow",
            "Block device code flow",
            _policy(_conditions(_ALL_USERS, authenticationFlows={"transferMethods": ["deviceCodeFlow"]}), _BLOCK),
        ),
        Template(
            "block_authentication_transfer",
            "Block authentication transfer",
            _policy(
                _conditions(_ALL_USERS, authenticationFlows={"transferMethods": ["authenticationTransfer"]}), _BLOCK
            ),
        ),
        Template(
            "secure_security_information_registration",
            "Require multifactor authentication to register security information",
            _policy(
                _conditions(
                    {
                        **_ALL_USERS,
                        "excludeUsers": ["GuestsOrExternalUsers"],
                        "excludeRoles": role_ids(("Global Administrator",)),
                    },
                    {"includeUserActions": ["urn:user:registersecurityinfo"]},
                    locations={"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]},
                ),
                _MFA,
            ),
            microsoft_template_id="b8bda7f8-6584-4446-bce9-d871480e53fa",
        ),
        Template(
            "require_mfa_for_device_registration",
            "Require multifactor authentication to register or join devices",
            _policy(_conditions(_ALL_USERS, {"includeUserActions": ["urn:user:registerdevice"]}), _MFA),
        ),
        Template(
            "require_mfa_for_risky_sign_ins",
            "Require multifactor authentication at medium or high sign-in risk",
            _policy(_RISKY_SIGN_INS, _strength(words.MULTIFACTOR_AUTHENTICATION_STRENGTH), _EVERY_TIME),
            seed_content=_policy(_RISKY_SIGN_INS, _MFA),
            microsoft_template_id="6b619f55-792e-45dc-9711-d83ec9d7ae90",
        ),
        Template(
            "require_password_change_for_high_risk_users",
            "Require high-risk users to change their password",
            _policy(
                _conditions(_ALL_USERS_BUT_GUESTS, userRiskLevels=["high"]),
                {
                    "operator": "AND",
                    "builtInControls": ["riskRemediation"],
                    "authenticationStrength": words.MULTIFACTOR_AUTHENTICATION_STRENGTH,
                },
                _EVERY_TIME,
            ),
            seed_content=_policy(
                _conditions(_ALL_USERS, userRiskLevels=["high"]),
                {"operator": "AND", "builtInControls": ["mfa", "passwordChange"]},
            ),
            microsoft_template_id="634b6de7-c38d-4357-a2c7-3842706eedd7",
        ),
        Template(
            "require_compliant_device",
            "Require a compliant device",
            _policy(
                _conditions(_ALL_USERS_BUT_SYNCHRONIZATION), {"operator": "OR", "builtInControls": ["compliantDevice"]}
            ),
            seed_content=_policy(_conditions(_ALL_USERS), {"operator": "OR", "builtInControls": ["compliantDevice"]}),
            microsoft_template_id="a297dd1a-21fe-4016-99a0-ba43ba64378c",
        ),
    )
}
