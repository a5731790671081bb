# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the user wants, from options, definition or template."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import check_names_differ, desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import current_policy, plan_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.template_catalogue import TEMPLATES
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import policy, stored

Json = dict[str, t.Any]
DEFINITION = policy("Defined")


def refusal(options: Json, option: str = "policies[1]") -> str:
    """The message for options that cannot be meant."""
    with pytest.raises(OptionError) as failure:
        desired_policy(options, option)
    return str(failure.value)


def test_options_are_only_what_was_given() -> None:
    desired = desired_policy({"display_name": "Ours", "conditions": {"users": {"exclude_users": []}}})
    assert desired.content == {"displayName": "Ours", "conditions": {"users": {"excludeUsers": []}}}
    assert not desired.is_whole
    assert desired.policy_state is None
    assert desired.initial_state == "report_only"


def test_template_is_a_whole_policy_with_a_name() -> None:
    desired = desired_policy({"template": "block_legacy_authentication"})
    assert desired.is_whole
    assert desired.name == "Block legacy authentication"
    assert desired.template == "block_legacy_authentication"
    assert desired.initial_state == "report_only"


def test_profile_chooses_the_variant() -> None:
    seed = desired_policy({"template": "require_mfa_for_all_users", "profile": "seed_2021"})
    assert seed.content["grantControls"] == {"operator": "OR", "builtInControls": ["mfa"]}


def test_options_are_laid_over_a_template() -> None:
    options: Json = {
        "template": "require_mfa_for_all_users",
        "display_name": "Ours",
        "conditions": {"users": {"exclude_groups": ["Printers"], "exclude_roles": None}},
    }
    users = desired_policy(options).content["conditions"]["users"]
    assert users == {"includeUsers": ["All"], "excludeGroups": ["Printers"], "excludeRoles": None}
    assert desired_policy(options).name == "Ours"


@pytest.mark.parametrize("definition", [DEFINITION, json.dumps(DEFINITION)])
def test_definition_as_dictionary_or_text(definition: t.Any) -> None:
    desired = desired_policy({"definition": definition})
    assert desired.is_whole
    assert desired.name == "Defined"


def test_definition_from_a_file_with_another_name(tmp_path: Path) -> None:
    path = tmp_path / "policy.json"
    path.write_text(json.dumps(DEFINITION), encoding="utf-8")
    desired = desired_policy({"definition_path": str(path), "display_name": "Ours"})
    assert desired.name == desired.content["displayName"] == "Ours"


@pytest.mark.parametrize(
    ("state", "initial"),
    [
        ("enabled", "report_only"),
        ("enabledForReportingButNotEnforced", "report_only"),
        ("Disabled", "disabled"),
        (None, "report_only"),
    ],
)
def test_state_of_a_definition_never_enforces(state: str | None, initial: str) -> None:
    desired = desired_policy({"definition": {**DEFINITION, "state": state}})
    assert desired.policy_state is None
    assert desired.initial_state == initial


def test_given_state_is_what_a_new_policy_gets() -> None:
    assert desired_policy({"display_name": "x", "policy_state": "enabled"}).initial_state == "enabled"


@pytest.mark.parametrize(("given", "excludes"), [(None, True), (True, True), (False, False)])
def test_emergency_access_is_excluded_unless_told_otherwise(given: bool | None, excludes: bool) -> None:
    assert (
        desired_policy({"display_name": "x", "exclude_emergency_access": given}).excludes_emergency_access is excludes
    )


def test_id_is_taken_in_any_case() -> None:
    assert desired_policy({"id": ids.POLICY_ONE.upper()}).identifier == ids.POLICY_ONE


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, ["policies[1].display_name", "display_name or id"]),
        ({"id": "MFA"}, ["policies[1].id", "display_name"]),
        ({"display_name": "Microsoft-managed: MFA"}, ["policies[1].display_name", "Microsoft manages"]),
        ({"display_name": " microsoft-MANAGED: MFA"}, ["policies[1].display_name"]),
        ({"definition": {**DEFINITION, "displayName": "Microsoft-managed: x"}}, ["Microsoft manages"]),
        ({"template": "block_legacy_authentication", "definition": DEFINITION}, ["template and definition exclude"]),
        ({"definition": DEFINITION, "definition_path": "x"}, ["definition and definition_path exclude"]),
        ({"definition": DEFINITION, "conditions": {}}, ["policies[1].definition", "conditions cannot stand beside"]),
        ({"definition": DEFINITION, "grant_controls": None}, ["grant_controls cannot stand beside"]),
        ({"definition": [DEFINITION, DEFINITION]}, ["policies[1].definition", "a list of 2"]),
        ({"definition": "{"}, ["policies[1].definition", "not JSON"]),
        ({"definition": {"conditions": {}}}, ["display_name or id"]),
        ({"definition": {"displayName": "x"}}, ["policies[1].conditions.users", "policies[1].grant_controls"]),
        ({"definition": {}, "display_name": "x"}, ["policies[1].definition"]),
        ({"definition": "", "display_name": "x"}, ["policies[1].definition"]),
        ({"display_name": "x", "conditions": {"users": {"include_users": 5}}}, ["include_users"]),
        ({"template": "block_legacy_authentication", "grant_controls": None}, ["policies[1].grant_controls"]),
        ({"template": "require_mfa_for_all_users", "grant_controls": {"built_in_controls": ["mfa"]}}, ["exclude each"]),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_option(options: Json, words: list[str]) -> None:
    message = refusal(options)
    assert [word for word in words if word not in message] == []


def test_everything_about_finding_a_policy_is_taken_over() -> None:
    desired = desired_policy({"display_name": "New", "previous_name": "Old", "restore": True})
    assert (desired.previous_name, desired.restores, desired.is_listed) == ("Old", True, True)
    plain = desired_policy({"display_name": "New"})
    assert (plain.previous_name, plain.restores) == (None, False)


COMPLETE: Json = {
    "display_name": "Ours",
    "complete": True,
    "conditions": {"users": {"include_users": "All"}, "applications": {"include_applications": {"set": ["All"]}}},
    "grant_controls": {"operator": "OR", "built_in_controls": ["mfa"]},
}


def test_complete_policy_is_whole() -> None:
    desired = desired_policy(COMPLETE)
    assert desired.is_whole
    assert canonical_policy(desired.content) == canonical_policy(policy("Ours"))


def test_complete_policy_is_held_against_the_rules_when_it_changes_something() -> None:
    """An export may hold a policy that breaks a rule already."""
    retired: Json = {"operator": "OR", "built_in_controls": ["approvedApplication"]}
    desired = desired_policy({**COMPLETE, "grant_controls": retired})
    existing = current_policy(stored("Ours", grant={"operator": "OR", "builtInControls": ["approvedApplication"]}))
    assert not plan_policy(desired, [existing]).is_changed
    with pytest.raises(OptionError, match="approvedApplication was retired"):
        plan_policy(desired, [])


@pytest.mark.parametrize("edit", [{"add": ["All"]}, {"add": ["All"], "remove": ["None"]}])
def test_edit_in_a_complete_policy_begins_with_nothing(edit: Json) -> None:
    desired = desired_policy({**COMPLETE, "conditions": {**COMPLETE["conditions"], "users": {"include_users": edit}}})
    assert canonical_policy(desired.content) == canonical_policy(policy("Ours"))


def test_edit_in_a_template_begins_with_the_template() -> None:
    options = {
        "template": "block_legacy_authentication",
        "conditions": {"client_app_types": {"remove": ["other"]}, "users": {"exclude_groups": {"add": ["Staff"]}}},
    }
    conditions = canonical_policy(desired_policy(options).content)["conditions"]
    assert conditions["clientAppTypes"] == ["exchangeActiveSync"]
    assert conditions["users"]["excludeGroups"] == ["Staff"]


VERIFIED: Json = {"display_name": "x", "grant_controls": {"built_in_controls": ["verifiedid"]}}


def test_preview_needs_the_beta_endpoint() -> None:
    message = refusal(VERIFIED)
    assert message.startswith("policies[1].grant_controls.built_in_controls verifiedID: ")
    assert "api_version: beta" in message
    assert desired_policy(VERIFIED, "policies[1]", "beta").preview_uses() == [
        "policies[1].grant_controls.built_in_controls verifiedID"
    ]
    assert desired_policy({**VERIFIED, "state": "absent"}).is_present is False


@pytest.mark.parametrize("direction", ["include", "exclude"])
def test_all_tenants_and_some_of_them_contradict_each_other(direction: str) -> None:
    guests = {"external_tenants": {"membership_kind": "All", "members": [ids.OTHER_TENANT]}}
    message = refusal({"display_name": "x", "conditions": {"users": {f"{direction}_guests_or_external_users": guests}}})
    assert message.startswith(f"policies[1].conditions.users.{direction}_guests_or_external_users.external_tenants: ")
    assert "enumerated" in message


def test_message_of_a_single_policy_has_no_prefix() -> None:
    assert refusal({"id": "MFA"}, "").startswith("id: ")


@pytest.mark.parametrize("direction", ["include", "exclude"])
def test_list_of_home_tenants_without_a_kind_is_not_dropped(direction: str) -> None:
    guests = {
        "guest_or_external_user_types": ["b2bCollaborationGuest"],
        "external_tenants": {"members": [ids.OTHER_TENANT]},
    }
    options = {
        "template": "block_legacy_authentication",
        "conditions": {"users": {f"{direction}_guests_or_external_users": guests}},
    }
    users = canonical_policy(desired_policy(options).content)["conditions"]["users"]
    assert users[f"{direction}GuestsOrExternalUsers"]["externalTenants"] == {
        "membershipKind": "enumerated",
        "members": [ids.OTHER_TENANT],
    }


def test_absent_policy_needs_only_a_name_and_is_not_checked() -> None:
    desired = desired_policy({"display_name": "Old", "state": "absent"})
    assert not desired.is_present
    assert not desired_policy({"definition": {"displayName": "Old"}, "state": "absent"}).is_present


def test_names_are_put_in_place_of_ids() -> None:
    desired = desired_policy({"display_name": "x", "conditions": {"users": {"include_users": ["ada", "All"]}}})
    assert [(one.kind, one.value, one.path) for one in desired.mentions()] == [
        ("user", "ada", "conditions.users.include_users[0]")
    ]
    assert desired.resolved(lambda kind, name: ids.ADA).content["conditions"]["users"]["includeUsers"] == [
        ids.ADA,
        "All",
    ]


def test_mentions_begin_with_the_option() -> None:
    options = {"display_name": "x", "conditions": {"users": {"include_groups": ["Staff"]}}}
    (mention,) = desired_policy(options, "policies[4]").mentions()
    assert mention.path == "policies[4].conditions.users.include_groups[0]"


def test_label_is_the_name_or_the_id() -> None:
    assert desired_policy({"display_name": "x"}).label == "'x'"
    assert ids.POLICY_ONE in desired_policy({"id": ids.POLICY_ONE}).label


@pytest.mark.parametrize(
    "pair",
    [
        ({"display_name": "MFA"}, {"display_name": "MFA"}),
        ({"id": ids.POLICY_ONE}, {"id": ids.POLICY_ONE.upper()}),
        ({"template": "block_legacy_authentication"}, {"display_name": "Block legacy authentication"}),
    ],
)
def test_two_entries_for_one_policy_are_refused(pair: tuple[Json, Json]) -> None:
    policies = [desired_policy(options, f"policies[{index}]") for index, options in enumerate(pair)]
    with pytest.raises(OptionError, match=r"^policies\[1\]: .*already stands at policies\[0\]"):
        check_names_differ(policies)


def test_entries_for_different_policies_are_accepted() -> None:
    check_names_differ([desired_policy({"template": name}, api_version="beta") for name in TEMPLATES])
