# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CISA's controls: the published cases are decided as published, and the templates are held against them."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.roles import role_ids
from ansible_collections.m365.entra.plugins.module_utils._policy.definition_formats import policy_of
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import CurrentPolicy, current_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.secure_cloud_controls import (
    HIGHLY_PRIVILEGED_ROLES,
    Exemptions,
    blocks_legacy_authentication,
    requires_mfa_of_everyone,
    requires_phishing_resistant_mfa_of_roles,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.template_catalogue import TEMPLATES
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.corpus import CORPUS, needs_corpus
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import policy

Json = dict[str, t.Any]

LEGACY, MFA_OF_EVERYONE, PRIVILEGED = "MS.AAD.1.1v1", "MS.AAD.3.2v2", "MS.AAD.3.6v1"
CASES = sorted((CORPUS / "scuba").glob("*/*.json"))
GENERAL_MFA = ["fido2", "password,microsoftAuthenticatorPush"]


def exemptions_of(case: Json, control: str) -> Exemptions:
    """What the tenant's owner allows a policy to leave out."""
    settings = case.get("scuba_config", {}).get("Aad", {}).get(control, {}).get("CapExclusions", {})
    return Exemptions(
        frozenset(settings.get("Users", [])),
        frozenset(settings.get("Groups", [])),
        frozenset(settings.get("Applications", [])),
        frozenset(settings.get("GuestUserTypes", [])),
    )


def is_met(control: str, found: CurrentPolicy, exempt: Exemptions, roles: list[str]) -> bool:
    """Whether a policy meets a control."""
    if control == LEGACY:
        return blocks_legacy_authentication(found, exempt)
    if control == MFA_OF_EVERYONE:
        return requires_mfa_of_everyone(found, exempt)
    assert control == PRIVILEGED
    return requires_phishing_resistant_mfa_of_roles(found, roles, exempt)


@needs_corpus
def test_all_published_cases_are_here() -> None:
    assert len(CASES) == 92
    assert {path.parent.name for path in CASES} == {LEGACY, MFA_OF_EVERYONE, PRIVILEGED}


@needs_corpus
@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem[5:]}")
def test_case_is_decided_as_published(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    control, source = case["control"], case["input"]
    exempt = exemptions_of(source, control)
    roles = [role["RoleTemplateId"] for role in source.get("privileged_roles", [])]
    policies = [current_policy(policy_of(one, "case")) for one in source["conditional_access_policies"]]
    assert any(is_met(control, one, exempt, roles) for one in policies) is case["expectedRequirementMet"]


def enforced(template: str, combinations: list[str] | None = None, profile: str = "modern") -> CurrentPolicy:
    """A template as the service shows it once it is enforced, its strength expanded."""
    content = TEMPLATES[template].content_for(profile)
    strength = {"id": content["grantControls"].get("authenticationStrength"), "allowedCombinations": combinations}
    grant = {**content["grantControls"], "authenticationStrength": strength if combinations else None}
    return current_policy({**content, "grantControls": grant, "state": "enabled"})


def test_template_blocks_legacy_authentication() -> None:
    assert blocks_legacy_authentication(enforced("block_legacy_authentication"))
    assert not blocks_legacy_authentication(enforced("block_device_code_flow"))


def test_template_requires_mfa_of_everyone_where_it_leaves_out_no_role() -> None:
    """The baseline asks for no excluded role; Microsoft's template and the profile modern leave out synchronization."""
    assert requires_mfa_of_everyone(enforced("require_mfa_for_all_users", profile="seed_2021"))
    assert not requires_mfa_of_everyone(enforced("require_mfa_for_all_users", GENERAL_MFA))
    assert not requires_mfa_of_everyone(enforced("microsoft_require_mfa_for_all_users"))


def test_template_requires_phishing_resistant_mfa_of_all_highly_privileged_roles_but_one() -> None:
    """Microsoft's template does not name the hybrid identity administrator."""
    found = enforced("require_phishing_resistant_mfa_for_administrators", ["fido2", "windowsHelloForBusiness"])
    named = tuple(role for role in HIGHLY_PRIVILEGED_ROLES if role != "Hybrid Identity Administrator")
    assert requires_phishing_resistant_mfa_of_roles(found, role_ids(named))
    assert not requires_phishing_resistant_mfa_of_roles(found, role_ids(HIGHLY_PRIVILEGED_ROLES))


@pytest.mark.parametrize(
    ("users", "exempt", "is_held"),
    [
        ({}, Exemptions(), True),
        ({"excludeUsers": [ids.ADA]}, Exemptions(), False),
        ({"excludeUsers": [ids.ADA.upper()]}, Exemptions(users=frozenset({ids.ADA})), True),
        ({"excludeGroups": [ids.STAFF]}, Exemptions(users=frozenset({ids.STAFF})), False),
        ({"excludeGroups": [ids.STAFF]}, Exemptions(groups=frozenset({ids.STAFF.upper()})), True),
        ({"excludeRoles": [ids.GLOBAL_ADMINISTRATOR]}, Exemptions(users=frozenset({ids.GLOBAL_ADMINISTRATOR})), False),
        ({"excludeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "internalGuest"}}, Exemptions(), False),
        (
            {"excludeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "internalGuest,serviceProvider"}},
            Exemptions(guest_types=frozenset({"internalGuest", "serviceProvider"})),
            True,
        ),
    ],
)
def test_nobody_is_left_out_without_an_exemption(users: Json, exempt: Exemptions, is_held: bool) -> None:
    found = current_policy({**policy(users={"includeUsers": ["All"], **users}), "state": "enabled"})
    assert requires_mfa_of_everyone(found, exempt) is is_held


@pytest.mark.parametrize("state", ["disabled", "enabledForReportingButNotEnforced"])
def test_only_what_is_enforced_counts(state: str) -> None:
    assert not requires_mfa_of_everyone(current_policy({**policy(), "state": state}))
