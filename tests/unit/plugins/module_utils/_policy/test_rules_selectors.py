# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules for whom and what a policy applies to: policies that keep them and policies that break them."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._policy import rules_selectors
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.rules import faults_of
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import BLOCK, policy, with_value
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.rule_checks import faults, rule_names

Json = dict[str, t.Any]

REGISTER: Json = {"includeUserActions": ["urn:user:registerdevice"]}


def guests(condition: Json, direction: str = "include") -> Json:
    """A policy with a condition on guests."""
    return policy(users={"includeUsers": ["All"], f"{direction}GuestsOrExternalUsers": condition})


def tenants(*members: str) -> Json:
    """Some home tenants."""
    return {"membershipKind": "enumerated", "members": list(members)}


def contexts(*members: str) -> Json:
    """A policy for authentication contexts."""
    return policy(applications={"includeAuthenticationContextClassReferences": list(members)})


KEPT: list[tuple[str, Json]] = [
    ("needs_a_name", policy("x" * 256)),
    ("needs_a_target", policy()),
    ("needs_a_target", policy(applications={"includeApplications": ["None"]})),
    ("needs_a_target", policy(applications=REGISTER)),
    ("needs_a_target", policy(applications={"includeAuthenticationContextClassReferences": ["c1"]})),
    ("needs_a_subject", policy(users={"includeRoles": [ids.GLOBAL_ADMINISTRATOR]})),
    ("needs_a_subject", policy(users={"includeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "internalGuest"}})),
    ("needs_a_subject", policy(users={"includeUsers": ["None"]})),
    ("keywords_stand_alone", policy(users={"includeUsers": ["None"], "includeRoles": [ids.GLOBAL_ADMINISTRATOR]})),
    ("keywords_stand_alone", policy(users={"includeUsers": ["GuestsOrExternalUsers", ids.ADA]})),
    ("keywords_stand_alone", policy(applications={"includeApplications": ["Office365", ids.PORTAL]})),
    ("filters_have_rules", policy(devices={"deviceFilter": {"mode": "include", "rule": "x"}})),
    ("placeholders_of_templates", policy(users={"includeUsers": ["All"], "excludeUsers": [ids.ADA]})),
    ("needs_a_target", policy(applications={"applicationFilter": {"mode": "include", "rule": "x"}})),
    ("needs_a_target", policy(applications={"networkAccess": {"includeTrafficProfiles": "m365"}})),
    ("needs_a_subject", policy(users={}, agentIdRiskLevels="high")),
    ("needs_a_subject", policy(users={}, clientApplications={"includeServicePrincipals": [ids.PORTAL]})),
    ("keywords_stand_alone", policy(locations={"includeLocations": ["AllTrusted", ids.OFFICE]})),
    ("keywords_stand_alone", policy(platforms={"includePlatforms": ["all"], "excludePlatforms": ["iOS", "linux"]})),
    ("keywords_that_only_include", policy(users={"includeUsers": ["None"]})),
    ("keywords_that_only_include", policy(users={"includeUsers": ["All"], "excludeUsers": ["GuestsOrExternalUsers"]})),
    (
        "keywords_that_only_include",
        policy(applications={"includeApplications": ["All"], "excludeApplications": ["Office365"]}),
    ),
    ("exclusions_need_inclusions", policy()),
    (
        "exclusions_need_inclusions",
        policy(applications={"includeApplications": ["All"], "excludeApplications": [ids.PORTAL]}),
    ),
    (
        "exclusions_need_inclusions",
        policy(applications={"applicationFilter": {"mode": "include"}, "excludeApplications": [ids.PORTAL]}),
    ),
    (
        "exclusions_need_inclusions",
        policy(locations={"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}),
    ),
    ("exclusions_need_inclusions", policy(platforms={"includePlatforms": ["all"], "excludePlatforms": ["iOS"]})),
    ("guests_have_types", policy()),
    ("guests_have_types", guests({"guestOrExternalUserTypes": "internalGuest"})),
    (
        "guests_have_types",
        guests({"guestOrExternalUserTypes": "serviceProvider", "externalTenants": tenants(ids.OTHER_TENANT)}),
    ),
    *[("authentication_contexts_exist", contexts(one)) for one in ("c1", "c9", "c10", "c99", "Sensitive data", "c1a")],
    ("authentication_contexts_exist", policy()),
]

BROKEN: list[tuple[str, Json, str]] = [
    ("needs_a_name", policy(""), "display_name"),
    ("needs_a_name", policy("x" * 257), "display_name"),
    ("needs_a_target", policy(applications={}), "conditions.applications"),
    ("needs_a_target", policy(applications={"excludeApplications": [ids.PORTAL]}), "conditions.applications"),
    (
        "needs_a_target",
        policy(applications={"includeApplications": ["All"], "includeUserActions": REGISTER["includeUserActions"]}),
        "conditions.applications",
    ),
    ("needs_a_subject", policy(users={}), "conditions.users"),
    ("needs_a_subject", policy(users={"excludeUsers": [ids.ADA]}), "conditions.users"),
    ("keywords_stand_alone", policy(users={"includeUsers": ["All", ids.ADA]}), "conditions.users.include_users"),
    ("keywords_stand_alone", policy(users={"includeUsers": ["None", "All"]}), "conditions.users.include_users"),
    (
        "keywords_stand_alone",
        policy(applications={"includeApplications": ["all", ids.PORTAL]}),
        "conditions.applications.include_applications",
    ),
    ("filters_have_rules", policy(devices={"deviceFilter": {"mode": "include"}}), "conditions.devices.device_filter"),
    ("filters_have_rules", policy(devices={"deviceFilter": {"rule": "x"}}), "conditions.devices.device_filter"),
    (
        "filters_have_rules",
        policy(applications={"applicationFilter": {"mode": "include", "rule": ""}}),
        "conditions.applications.application_filter",
    ),
    (
        "filters_have_rules",
        policy(clientApplications={"servicePrincipalFilter": {"rule": "x"}}, grant=BLOCK),
        "conditions.client_applications.service_principal_filter",
    ),
    (
        "placeholders_of_templates",
        policy(users={"includeUsers": ["All"], "excludeUsers": ["Current administrator will be excluded"]}),
        "conditions.users.exclude_users",
    ),
    (
        "needs_a_target",
        policy(applications={"applicationFilter": {"mode": "exclude", "rule": "x"}}),
        "conditions.applications",
    ),
    *[
        ("keywords_stand_alone", policy(**{condition: {member: values}}), path)
        for condition, member, values, path in (
            ("locations", "includeLocations", ["all", ids.OFFICE], "conditions.locations.include_locations"),
            ("locations", "includeLocations", ["All", "AllTrusted"], "conditions.locations.include_locations"),
            ("platforms", "includePlatforms", ["all", "iOS"], "conditions.platforms.include_platforms"),
        )
    ],
    (
        "keywords_stand_alone",
        with_value(policy(), "conditions.clientAppTypes", ["all", "browser"]),
        "conditions.client_app_types",
    ),
    (
        "keywords_that_only_include",
        policy(users={"includeUsers": ["All"], "excludeUsers": ["none"]}),
        "conditions.users.exclude_users",
    ),
    *[
        (
            "keywords_that_only_include",
            policy(applications={"includeApplications": ["All"], "excludeApplications": [keyword]}),
            "conditions.applications.exclude_applications",
        )
        for keyword in ("All", "None")
    ],
    (
        "exclusions_need_inclusions",
        policy(applications={**REGISTER, "excludeApplications": [ids.PORTAL]}),
        "conditions.applications.exclude_applications",
    ),
    (
        "exclusions_need_inclusions",
        policy(locations={"excludeLocations": ["AllTrusted"]}),
        "conditions.locations.exclude_locations",
    ),
    (
        "exclusions_need_inclusions",
        policy(platforms={"excludePlatforms": ["iOS"]}),
        "conditions.platforms.exclude_platforms",
    ),
    (
        "guests_have_types",
        guests({"externalTenants": tenants(ids.OTHER_TENANT)}),
        "conditions.users.include_guests_or_external_users.guest_or_external_user_types",
    ),
    (
        "guests_have_types",
        guests({"externalTenants": tenants(ids.OTHER_TENANT)}, "exclude"),
        "conditions.users.exclude_guests_or_external_users.guest_or_external_user_types",
    ),
    (
        "guests_have_types",
        guests({"guestOrExternalUserTypes": "internalGuest", "externalTenants": tenants("contoso.example")}),
        "conditions.users.include_guests_or_external_users.external_tenants.members",
    ),
    *[
        (
            "authentication_contexts_exist",
            contexts("c1", one),
            "conditions.applications.include_authentication_context_class_references",
        )
        for one in ("c0", "c100", "C1", "c01")
    ],
    (
        "filters_have_rules",
        policy(clientApplications={"agentIdServicePrincipalFilter": {"mode": "include"}}, grant=BLOCK),
        "conditions.client_applications.agent_id_service_principal_filter",
    ),
]


@pytest.mark.parametrize(("rule", "raw"), KEPT)
def test_policy_that_keeps_the_rule(rule: str, raw: Json) -> None:
    assert faults(rules_selectors, rule, raw) == []


@pytest.mark.parametrize(("rule", "raw", "path"), BROKEN)
def test_policy_that_breaks_the_rule(rule: str, raw: Json, path: str) -> None:
    found = faults(rules_selectors, rule, raw)
    assert path in [fault.path for fault in found]
    assert all(fault.remedy for fault in found)


def test_every_rule_is_tested_both_ways() -> None:
    assert {rule for rule, _unused in KEPT} == rule_names(rules_selectors)
    assert {rule for rule, _unused, _unused in BROKEN} == rule_names(rules_selectors)


@pytest.mark.parametrize("raw", [raw for _unused, raw, _unused in BROKEN])
def test_no_rule_stumbles_over_a_broken_policy(raw: Json) -> None:
    assert faults_of(canonical_policy(raw)) != []
