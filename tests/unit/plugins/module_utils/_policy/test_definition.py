# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Definitions: exports, placeholders, and what must never be dropped silently."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.definition import (
    content_from_definition,
    fill_placeholders,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.definition_formats import policy_of
from ansible_collections.m365.entra.plugins.module_utils._policy.definition_noise import NOT_SUPPORTED
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    everything,
    policy,
    with_value,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import read_back

Json = dict[str, t.Any]


def content_of(definition: Json, placeholders: dict[str, str] | None = None, option: str = "definition") -> Json:
    """The content of a definition that may hold annotations."""
    return content_from_definition(policy_of(definition, option), placeholders or {}, option)


def refusal(definition: Json, **placeholders: str) -> OptionError:
    """The error for a definition that must be refused."""
    with pytest.raises(OptionError) as failure:
        content_of(definition, placeholders, "policies[2].definition")
    assert failure.value.message.startswith("policies[2].definition: ")
    return failure.value


def test_placeholders_are_filled_at_every_depth_the_longest_first() -> None:
    value = {"a": ["<Group>-<GroupOfAll>"], "b": {"c": "<Group>"}, "<Group>": 1}
    filled = fill_placeholders(value, {"<Group>": "G", "<GroupOfAll>": "A"})
    assert filled == {"a": ["G-A"], "b": {"c": "G"}, "<Group>": 1}


def test_ids_of_another_tenant_can_be_replaced() -> None:
    definition = policy(users={"includeUsers": ["All"], "excludeGroups": [ids.STAFF]})
    content = content_of(definition, {ids.STAFF: "Emergency access"})
    assert content["conditions"]["users"]["excludeGroups"] == ["Emergency access"]


def test_export_is_accepted_as_it_is() -> None:
    exported = {
        "@odata.context": "https://graph.microsoft.com/v1.0/$metadata",
        "id": ids.POLICY_ONE,
        "state": "enabled",
        "partialEnablementStrategy": None,
        **read_back(everything()),
    }
    exported["conditions"].update({"times": None, "deviceStates": [], "agents": {"include": []}})
    content = content_of(exported)
    assert canonical_policy(content) == canonical_policy(everything())
    assert set(content) == {"displayName", "description", "conditions", "grantControls", "sessionControls"}


def test_what_a_definition_does_not_mention_is_empty() -> None:
    content = content_of({"displayName": "Short"})
    assert content == {
        "displayName": "Short",
        "description": None,
        "conditions": {},
        "grantControls": None,
        "sessionControls": None,
    }


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("newProperty", "secret-value"),
        ("conditions.newCondition", ["secret-value"]),
        ("conditions.users.includePets", ["secret-value"]),
        ("conditions.newCondition", {"deep": {"deeper": "secret-value"}}),
        ("grantControls.newFlag", True),
        ("sessionControls.signInFrequency.newNumber", 0),
        ("sessionControls.signInFrequency.newText", "secret-value"),
    ],
)
def test_unknown_property_with_a_value_is_refused_by_path_and_not_by_value(path: str, value: t.Any) -> None:
    error = refusal(with_value(everything(), path, value))
    assert path in error.message
    assert "secret-value" not in str(error)


@pytest.mark.parametrize("nothing", [None, [], {}, False, {"a": None, "b": {"c": []}}])
def test_unknown_property_without_a_value_is_let_pass(nothing: t.Any) -> None:
    content_of(with_value(everything(), "conditions.newCondition", nothing))


@pytest.mark.parametrize("path", NOT_SUPPORTED)
def test_what_the_shape_does_not_have_is_refused_as_such(path: str) -> None:
    error = refusal(with_value(everything(), path, {"mode": "x"}))
    assert path in error.message
    assert NOT_SUPPORTED[path] in error.message
    assert "Remove" in error.remedy


def test_case_does_not_hide_what_the_shape_does_not_have() -> None:
    printed = policy(DeviceStates={"IncludeStates": ["All"], "AdditionalProperties": {}})
    assert NOT_SUPPORTED["conditions.deviceStates"] in refusal(printed).message


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("conditions.agentIdRiskLevels", "high"),
        ("conditions.times", {"all": True}),
        ("conditions.applications.globalSecureAccess", {"mode": "x"}),
        ("conditions.clientApplications.includeAgentIdServicePrincipals", ["All"]),
        ("sessionControls.continuousAccessEvaluation", {"mode": "disabled"}),
    ],
)
def test_what_only_beta_has_is_kept(path: str, value: t.Any) -> None:
    """Whether it may be written is decided where the API version is known."""
    content: t.Any = content_of(with_value(everything(), path, value))
    for step in path.split("."):
        content = content[step]
    assert content == value


def test_service_defaults_of_unknown_members_are_let_pass() -> None:
    mode = "sessionControls.secureSignInSession.secureAppSessionMode"
    assert content_of(with_value(everything(), mode, "notEnforced")) == content_of(everything())
    assert mode in refusal(with_value(everything(), mode, "enforced")).message


@pytest.mark.parametrize("name", ["LocationInfo", "locationInfo", "AuthContextInfo", "GUID", "templateId", "Id"])
def test_what_exporters_lay_beside_a_policy_is_no_part_of_it(name: str) -> None:
    assert content_of({**everything(), name: [{"displayName": "Headquarters"}]}) == content_of(everything())


@pytest.mark.parametrize(
    ("written", "content"),
    [
        ({"id": ids.MFA_STRENGTH, "displayName": "Multifactor authentication"}, ids.MFA_STRENGTH),
        ({"id": None, "displayName": "Passwordless MFA"}, "Passwordless MFA"),
        ({"displayName": "Passwordless MFA"}, "Passwordless MFA"),
        ("Passwordless MFA", "Passwordless MFA"),
        ({"id": None, "displayName": None, "allowedCombinations": []}, None),
        ({"allowedCombinations": ["fido2"]}, {"allowedCombinations": ["fido2"]}),
    ],
)
def test_expanded_reference_becomes_its_id_or_name(written: t.Any, content: t.Any) -> None:
    definition = policy(grant={"operator": "OR", "authenticationStrength": written})
    assert content_of(definition)["grantControls"]["authenticationStrength"] == content


@pytest.mark.parametrize("token", ["<Group>", "%Group%", "{{ group }}", "{{group}}"])
def test_unfilled_placeholder_is_named_with_its_place(token: str) -> None:
    error = refusal(policy(users={"includeUsers": ["All"], "excludeGroups": [ids.STAFF, token]}))
    assert "conditions.users.excludeGroups[1]" in error.message
    assert token in error.message
    assert "placeholders" in error.remedy


@pytest.mark.parametrize("name", ["createdDateTime", "id", "state"])
def test_placeholders_in_what_the_service_writes_mean_nothing(name: str) -> None:
    assert content_of({**everything(), name: "%CreatedDateTime%"}) == content_of(everything())


def test_placeholder_that_stands_for_something_like_a_placeholder_is_filled() -> None:
    content = content_of(policy("<RING> policy"), {"<RING>": "<Ring 1>"})
    assert content["displayName"] == "<Ring 1> policy"


def test_description_may_hold_what_looks_like_a_placeholder() -> None:
    assert content_of({**policy(), "description": "See <CA001>"})["description"] == "See <CA001>"


def test_all_faults_are_named_at_once() -> None:
    definition = policy("<Ring> policy", users={"includeUsers": ["<Users>"]}, newCondition=["x"])
    message = refusal(definition).message
    assert [word for word in ("<Ring>", "<Users>", "conditions.newCondition") if word not in message] == []


def test_filters_may_hold_what_looks_like_a_placeholder() -> None:
    rule = "device.displayName -ne <x> and a > b"
    definition = policy(devices={"deviceFilter": {"mode": "include", "rule": rule}})
    content = content_of(definition)
    assert content["conditions"]["devices"]["deviceFilter"]["rule"] == rule


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("conditions.users", ["secret-value"]),
        ("grantControls", "secret-value"),
        ("conditions.clientAppTypes", {"secret-value": 1}),
        ("displayName", {"secret-value": 1}),
    ],
)
def test_wrong_kind_of_value_is_refused_by_path(path: str, value: t.Any) -> None:
    error = refusal(with_value(everything(), path, value))
    assert path in error.message
    assert "secret-value" not in str(error)


@pytest.mark.parametrize(
    ("control", "is_on"),
    [
        ({"isEnabled": None, "mode": "never"}, True),
        ({"mode": "never"}, True),
        ({"isEnabled": True, "mode": "never"}, True),
        ({"isEnabled": False, "mode": "never"}, False),
        ({"mode": None}, False),
        (None, False),
    ],
)
def test_session_control_with_settings_is_meant_to_be_on(control: Json | None, is_on: bool) -> None:
    content = content_of(policy(session={"persistentBrowser": control}))
    assert bool(canonical_policy(content)["sessionControls"]) is is_on


@pytest.mark.parametrize("direction", ["includeGuestsOrExternalUsers", "excludeGuestsOrExternalUsers"])
def test_list_of_home_tenants_is_never_dropped(direction: str) -> None:
    """Without the list the policy would reach, or spare, the guests of all tenants."""
    guests = {
        "guestOrExternalUserTypes": "b2bCollaborationGuest",
        "externalTenants": {
            "@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants",
            "members": [ids.OTHER_TENANT],
        },
    }
    definition = policy(users={"includeUsers": ["All"], direction: guests})
    users = canonical_policy(content_of(definition))["conditions"]["users"]
    assert users[direction]["externalTenants"] == {"membershipKind": "enumerated", "members": [ids.OTHER_TENANT]}


@pytest.mark.parametrize("direction", ["includeGuestsOrExternalUsers", "excludeGuestsOrExternalUsers"])
@pytest.mark.parametrize(
    "tenants",
    [
        {"membershipKind": "enumerated", "members": []},
        {"MembershipKind": "Enumerated"},
        {"@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants", "members": None},
    ],
)
def test_list_of_home_tenants_that_was_lost_is_not_taken_for_all_tenants(direction: str, tenants: Json) -> None:
    """As the PowerShell SDK prints it, when somebody removed its AdditionalProperties."""
    guests = {"guestOrExternalUserTypes": "serviceProvider", "externalTenants": tenants}
    error = refusal(policy(users={"includeUsers": ["All"], direction: guests}))
    assert f"conditions.users.{direction}.externalTenants" in error.message
    assert "members" in error.remedy


def test_all_tenants_need_no_list() -> None:
    tenants = {"@odata.type": "#microsoft.graph.conditionalAccessAllExternalTenants", "membershipKind": "all"}
    guests = {"guestOrExternalUserTypes": "serviceProvider", "externalTenants": tenants}
    users = canonical_policy(content_of(policy(users={"includeGuestsOrExternalUsers": guests})))["conditions"]["users"]
    assert users["includeGuestsOrExternalUsers"]["externalTenants"] is None
