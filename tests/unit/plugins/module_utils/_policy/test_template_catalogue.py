# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The named policies against Microsoft's templates (facts appendix D).

Those of the baseline are written out by hand: where the profile modern asks for more than Microsoft's template (a
strength instead of mfa, signing in every time, risk remediation), that is what is written here.
"""

from __future__ import annotations

import copy
import json
import typing as t
from pathlib import Path

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_shape import POLICY
from ansible_collections.m365.entra.plugins.module_utils._policy.rules import faults_of
from ansible_collections.m365.entra.plugins.module_utils._policy.template_baseline import BASELINE_TEMPLATES
from ansible_collections.m365.entra.plugins.module_utils._policy.template_catalogue import PROFILES, TEMPLATES
from ansible_collections.m365.entra.plugins.module_utils._policy.template_comparison import comparisons
from ansible_collections.m365.entra.plugins.module_utils._policy.template_microsoft import MICROSOFT_TEMPLATES
from ansible_collections.m365.entra.plugins.module_utils._reconcile.content_check import check_content
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import (
    GLOBAL_ADMINISTRATOR,
    MFA_STRENGTH,
    PHISHING_RESISTANT_STRENGTH,
    SYNCHRONIZATION_ACCOUNTS,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import BLOCK, MFA, policy

Json = dict[str, t.Any]

# Global, Security, SharePoint, Exchange, Conditional Access, Helpdesk, Billing, User, Authentication, Application,
# Cloud Application, Password, Privileged Authentication, Privileged Role administrators.
FOURTEEN_ROLES = [
    "62e90394-69f5-4237-9190-012177145e10",
    "194ae4cb-b126-40b2-bd5b-6091b380977d",
    "f28a1f50-f6e7-4571-818b-6a12f2af6b6c",
    "29232cdf-9323-42fd-ade2-1d097af3e4de",
    "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9",
    "729827e3-9c14-49f7-bb1b-9608f156bbb8",
    "b0f54661-2d74-4c50-afa3-1ec803f12efe",
    "fe930be7-5e62-47db-91af-98c3a49a38b1",
    "c4e39bd9-1100-46d3-8c65-fb160da0071f",
    "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
    "158c047a-c907-4556-b7ef-446551a6b5f7",
    "966707d0-3269-4727-9be2-8c3a10f19b9d",
    "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
    "e8611ab8-c189-46e8-94e1-60213ab1f814",
]
# Compliance, Compliance Data, Intune, Dynamics 365, Power Platform.
FIVE_MORE_ROLES = [
    "17315797-102d-40b4-93e0-432062caca18",
    "e6d1a23a-da11-4be4-9570-befc86d067a7",
    "3a2c62db-5318-420d-8d74-23affee5d9d5",
    "44367163-eba1-44c3-98af-f5787879f96a",
    "11648597-926c-4cf3-9c36-bcebb0ba8dcc",
]
EVERY_TIME: Json = {"signInFrequency": {"isEnabled": True, "frequencyInterval": "everyTime"}}
MFA_BY_STRENGTH: Json = {"operator": "OR", "authenticationStrength": {"id": MFA_STRENGTH}}
COMPLIANT: Json = {"operator": "OR", "builtInControls": ["compliantDevice"]}
BUT_SYNCHRONIZATION: Json = {"includeUsers": ["All"], "excludeRoles": [SYNCHRONIZATION_ACCOUNTS]}
LEGACY: Json = {"clientAppTypes": ["exchangeActiveSync", "other"]}


def blocked(**conditions: t.Any) -> Json:
    """All users are blocked under these conditions."""
    found = policy("", grant=BLOCK)
    found["conditions"].update(conditions)
    return found


REGISTRATION = policy(
    "",
    users={
        "includeUsers": ["All"],
        "excludeUsers": ["GuestsOrExternalUsers"],
        "excludeRoles": [GLOBAL_ADMINISTRATOR],
    },
    applications={"includeUserActions": ["urn:user:registersecurityinfo"]},
    locations={"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]},
)
ADMINISTRATORS = policy("", users={"includeRoles": FOURTEEN_ROLES})
PHISHING_RESISTANT = policy(
    "",
    users={"includeRoles": [*FOURTEEN_ROLES, *FIVE_MORE_ROLES]},
    grant={"operator": "AND", "authenticationStrength": {"id": PHISHING_RESISTANT_STRENGTH}},
)
REMEDIATION = policy(
    "",
    users={
        "includeUsers": ["All"],
        "excludeGuestsOrExternalUsers": {
            "guestOrExternalUserTypes": "b2bCollaborationGuest,b2bCollaborationMember,b2bDirectConnectUser,"
            "otherExternalUser,serviceProvider"
        },
    },
    grant={
        "operator": "AND",
        "builtInControls": ["riskRemediation"],
        "authenticationStrength": {"id": MFA_STRENGTH},
    },
    session=EVERY_TIME,
    userRiskLevels=["high"],
)
PASSWORD_CHANGE = policy(
    "", grant={"operator": "AND", "builtInControls": ["mfa", "passwordChange"]}, userRiskLevels=["high"]
)
DEVICE_REGISTRATION = policy("", applications={"includeUserActions": ["urn:user:registerdevice"]}, grant=MFA)
RISKY = ["high", "medium"]

# name -> (Microsoft's template id, modern, seed_2021)
EXPECTED: dict[str, tuple[str | None, Json, Json]] = {
    "require_mfa_for_administrators": ("c7503427-338e-4c5e-902d-abe252abfb43", ADMINISTRATORS, ADMINISTRATORS),
    "require_phishing_resistant_mfa_for_administrators": (
        "76c03f19-ea37-4656-a772-a183b4ddb81d",
        PHISHING_RESISTANT,
        PHISHING_RESISTANT,
    ),
    "require_mfa_for_all_users": (
        "a3d0a415-b068-4326-9251-f9cdf9feeb64",
        policy("", users=BUT_SYNCHRONIZATION, grant=MFA_BY_STRENGTH),
        policy(""),
    ),
    "block_legacy_authentication": ("0b2282f9-2862-4178-88b5-d79340b36cb8", blocked(**LEGACY), blocked(**LEGACY)),
    "block_clients_without_modern_authentication": (
        "0b2282f9-2862-4178-88b5-d79340b36cb8",
        blocked(**LEGACY),
        blocked(**LEGACY),
    ),
    "block_device_code_flow": (
        None,
        blocked(authenticationFlows={"transferMethods": "deviceCodeFlow"}),
        blocked(authenticationFlows={"transferMethods": "deviceCodeFlow"}),
    ),
    "block_authentication_transfer": (
        None,
        blocked(authenticationFlows={"transferMethods": "authenticationTransfer"}),
        blocked(authenticationFlows={"transferMethods": "authenticationTransfer"}),
    ),
    "secure_security_information_registration": (
        "b8bda7f8-6584-4446-bce9-d871480e53fa",
        REGISTRATION,
        REGISTRATION,
    ),
    "require_mfa_for_device_registration": (None, DEVICE_REGISTRATION, DEVICE_REGISTRATION),
    "require_mfa_for_risky_sign_ins": (
        "6b619f55-792e-45dc-9711-d83ec9d7ae90",
        policy("", grant=MFA_BY_STRENGTH, session=EVERY_TIME, signInRiskLevels=RISKY),
        policy("", signInRiskLevels=RISKY),
    ),
    "require_password_change_for_high_risk_users": (
        "634b6de7-c38d-4357-a2c7-3842706eedd7",
        REMEDIATION,
        PASSWORD_CHANGE,
    ),
    "require_compliant_device": (
        "a297dd1a-21fe-4016-99a0-ba43ba64378c",
        policy("", users=BUT_SYNCHRONIZATION, grant=COMPLIANT),
        policy("", grant=COMPLIANT),
    ),
}

BASELINE = [(name, profile) for name in EXPECTED for profile in PROFILES]
ALL = [(name, profile) for name in TEMPLATES for profile in PROFILES]

# What the service offers, as it was recorded (facts appendix D).
OFFERED = json.loads(
    (Path(__file__).resolve().parents[4] / "simulator" / "data" / "templates.json").read_text(encoding="utf-8")
)["templates"]
NEEDING_BETA = {
    "require_identity_verification_for_account_recovery",
    "block_high_risk_agent_identities",
    "block_agent_identities",
    "block_agent_users",
}


def test_every_template_of_the_baseline_is_expected_here() -> None:
    assert {template.name for template in BASELINE_TEMPLATES} == set(EXPECTED)
    assert len(TEMPLATES) == len(BASELINE_TEMPLATES) + len(MICROSOFT_TEMPLATES)


@pytest.mark.parametrize("microsoft", OFFERED, ids=lambda one: one["name"][:60])
def test_every_template_of_microsoft_is_a_named_policy(microsoft: Json) -> None:
    nearest = comparisons(microsoft, TEMPLATES.values())[0]
    assert nearest.differences == ()


def test_microsofts_templates_are_all_here_and_no_others() -> None:
    known = {template.microsoft_template_id for template in TEMPLATES.values()} - {None}
    assert known == {microsoft["id"] for microsoft in OFFERED}
    assert len(OFFERED) == 21


@pytest.mark.parametrize("template", MICROSOFT_TEMPLATES, ids=lambda one: one.name)
def test_further_templates_are_microsofts_and_nothing_else(template: t.Any) -> None:
    (microsoft,) = [one for one in OFFERED if one["id"] == template.microsoft_template_id]
    assert comparisons(microsoft, [template])[0].differences == ()
    assert template.seed_content is None


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_needs_beta_says_so_and_is_refused_without(name: str) -> None:
    assert TEMPLATES[name].needs_beta is (name in NEEDING_BETA)
    assert desired_policy({"template": name}, api_version="beta").template == name
    if name in NEEDING_BETA:
        with pytest.raises(OptionError, match="only in Graph's beta endpoint"):
            desired_policy({"template": name})
    else:
        desired_policy({"template": name})


@pytest.mark.parametrize(("name", "profile"), BASELINE)
def test_content_is_what_is_written_by_hand(name: str, profile: str) -> None:
    expected = copy.deepcopy(EXPECTED[name][1 if profile == "modern" else 2])
    expected["displayName"] = TEMPLATES[name].display_name
    assert canonical_policy(TEMPLATES[name].content_for(profile)) == canonical_policy(expected)


@pytest.mark.parametrize("name", EXPECTED)
def test_template_ids_are_microsofts(name: str) -> None:
    assert TEMPLATES[name].microsoft_template_id == EXPECTED[name][0]


@pytest.mark.parametrize(("name", "profile"), ALL)
def test_every_template_passes_schema_and_rules(name: str, profile: str) -> None:
    content = TEMPLATES[name].content_for(profile)
    check_content(POLICY, content, "template")
    assert faults_of(canonical_policy(content)) == []


def test_display_names_differ() -> None:
    names = [template.display_name for template in TEMPLATES.values()]
    assert len(set(names)) == len(names)


def test_laying_options_over_a_template_leaves_the_catalogue_alone() -> None:
    before = copy.deepcopy(TEMPLATES["require_mfa_for_all_users"].content)
    desired_policy(
        {
            "template": "require_mfa_for_all_users",
            "display_name": "Ours",
            "conditions": {"users": {"include_users": ["ada@contoso.example"]}, "locations": {"include_locations": []}},
            "grant_controls": None,
            "session_controls": {"persistent_browser": {"mode": "never"}},
        }
    )
    assert TEMPLATES["require_mfa_for_all_users"].content == before
