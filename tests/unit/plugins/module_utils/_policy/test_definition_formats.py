# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What other tools write comes out in Graph's names: one policy, without annotations."""

from __future__ import annotations

import copy
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.definition import content_from_definition
from ansible_collections.m365.entra.plugins.module_utils._policy.definition_formats import (
    policy_of,
    without_annotations,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import everything, policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import read_back

Json = dict[str, t.Any]

STRENGTHS = "https://graph.microsoft.com/v1.0/policies/authenticationStrengthPolicies"


def canonical_of(document: t.Any) -> Json:
    """The canonical form of the policy in a document."""
    return canonical_policy(content_from_definition(policy_of(document, "definition"), {}, "definition"))


def refusal(document: t.Any) -> OptionError:
    """The error for a document that must be refused."""
    with pytest.raises(OptionError) as failure:
        policy_of(document, "policies[2].definition")
    assert failure.value.message.startswith("policies[2].definition: ")
    return failure.value


def in_pascal_case(value: t.Any) -> t.Any:
    """What PowerShell prints: every name begins with a capital."""
    if isinstance(value, dict):
        return {name[:1].upper() + name[1:]: in_pascal_case(member) for name, member in value.items()}
    if isinstance(value, list):
        return [in_pascal_case(member) for member in value]
    return value


def test_annotations_go_at_every_depth() -> None:
    annotated = {
        "@odata.context": "x",
        "@ObjectFromFile": True,
        "#CustomRef_users": "y",
        "conditions": {"users@odata.type": "y", "users": [{"@odata.id": "z", "a": 1}]},
        "#microsoft.graph.restore": {"target": "t"},
        "grantControls@odata.navigationLink": "n",
        "grantControls@Microsoft.Graph.note": "n",
    }
    assert without_annotations(annotated) == {"conditions": {"users": [{"a": 1}]}}


@pytest.mark.parametrize("wrap", [lambda one: [one], lambda one: {"value": [one]}, lambda one: {"Value": [one]}])
def test_one_policy_may_stand_in_a_list(wrap: t.Callable[[Json], t.Any]) -> None:
    assert canonical_of(wrap(everything())) == canonical_policy(everything())


@pytest.mark.parametrize("count", [0, 2, 3])
@pytest.mark.parametrize("wrap", [lambda many: many, lambda many: {"@odata.context": "c", "value": many}])
def test_several_policies_are_refused(count: int, wrap: t.Callable[[list[Json]], t.Any]) -> None:
    error = refusal(wrap([everything()] * count))
    assert f"a list of {count}" in error.message
    assert "one definition for each" in error.remedy


@pytest.mark.parametrize("document", [{}, 1, "text", None, [1], ["secret-value"]])
def test_what_is_no_policy_is_refused(document: t.Any) -> None:
    assert "secret-value" not in str(refusal(document))


@pytest.mark.parametrize("name", [1, True, None])
def test_name_that_is_no_text_is_refused_like_any_unknown_one(name: t.Any) -> None:
    """YAML reads ``on:`` as true."""
    definition = policy_of(policy(users={"includeUsers": ["All"], name: ["x"]}), "definition")
    with pytest.raises(OptionError, match=f"conditions.users.{name} is not a property"):
        content_from_definition(definition, {}, "definition")


def test_template_of_graph_is_a_policy_of_that_name() -> None:
    source = everything()
    name = source.pop("displayName")
    template = {"id": ids.POLICY_ONE, "name": name, "description": "Why.", "scenarios": "zeroTrust", "details": source}
    assert canonical_of(template) == canonical_policy(everything())


def test_names_are_matched_without_case() -> None:
    assert canonical_of(in_pascal_case(read_back(everything()))) == canonical_policy(everything())


def test_state_is_found_without_case() -> None:
    printed = in_pascal_case({**policy(), "state": "Disabled"})
    assert desired_policy({"definition": printed}).initial_state == "disabled"


@pytest.mark.parametrize(
    ("first", "second", "is_refused"),
    [
        (["All"], ["None"], True),
        (["All"], ["All"], False),
        (["All"], None, False),
        ([], ["All"], False),
    ],
)
def test_name_that_stands_in_two_cases(first: t.Any, second: t.Any, is_refused: bool) -> None:
    definition = policy(users={"includeUsers": first, "IncludeUsers": second})
    if is_refused:
        error = refusal(definition)
        assert "conditions.users.includeUsers" in error.message
        assert "All" not in error.message
    else:
        assert canonical_of(definition) == canonical_of(policy(users={"includeUsers": ["All"]}))


def test_parts_that_stand_in_two_cases_must_agree() -> None:
    definition = policy()
    definition["Conditions"] = {"Users": {"ExcludeUsers": [ids.ADA]}}
    assert "conditions stands twice" in refusal(definition).message


def test_what_powershell_prints_for_nothing_means_nothing() -> None:
    """The form of Get-MgIdentityConditionalAccessPolicy with ConvertTo-Json, values that are not set included."""
    printed = {
        "AdditionalProperties": {"@odata.context": "https://graph.microsoft.com/v1.0/$metadata"},
        "Conditions": {
            "Applications": {
                "ApplicationFilter": {"Mode": None, "Rule": None},
                "ExcludeApplications": [],
                "IncludeApplications": ["All"],
            },
            "AuthenticationFlows": {"TransferMethods": ""},
            "ClientAppTypes": ["all"],
            "ClientApplications": {
                "ExcludeServicePrincipals": None,
                "ServicePrincipalFilter": {"Mode": "", "Rule": None},
            },
            "Devices": {"DeviceFilter": {"Mode": None, "Rule": None}},
            "InsiderRiskLevels": "",
            "Locations": {"ExcludeLocations": None, "IncludeLocations": None},
            "Users": {
                "ExcludeGuestsOrExternalUsers": {
                    "ExternalTenants": {"MembershipKind": ""},
                    "GuestOrExternalUserTypes": None,
                },
                "IncludeGuestsOrExternalUsers": {
                    "ExternalTenants": {"MembershipKind": None},
                    "GuestOrExternalUserTypes": "",
                },
                "IncludeUsers": "All",
            },
            "AdditionalProperties": {},
        },
        "Description": "",
        "DisplayName": "Printed",
        "GrantControls": {
            "AuthenticationStrength": {"AllowedCombinations": None, "DisplayName": None, "Id": None, "PolicyType": ""},
            "BuiltInControls": ["mfa"],
            "_Operator": "OR",
        },
        "SessionControls": {
            "DisableResilienceDefaults": None,
            "PersistentBrowser": {"IsEnabled": None, "Mode": ""},
            "SignInFrequency": {"IsEnabled": None, "Type": None, "Value": None, "FrequencyInterval": ""},
        },
        "State": "enabled",
        "TemplateId": "",
    }
    assert canonical_of(printed) == canonical_policy(policy("Printed"))


def test_additional_properties_stand_where_they_stand() -> None:
    """The PowerShell SDK keeps the list of tenants there, since its declared type has none."""
    guests = {
        "ExternalTenants": {
            "MembershipKind": "enumerated",
            "AdditionalProperties": {
                "@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants",
                "members": [ids.OTHER_TENANT],
            },
        },
        "GuestOrExternalUserTypes": "serviceProvider",
    }
    users = canonical_of(policy(users={"IncludeUsers": ["All"], "ExcludeGuestsOrExternalUsers": guests}))["conditions"][
        "users"
    ]
    assert users["excludeGuestsOrExternalUsers"]["externalTenants"] == {
        "membershipKind": "enumerated",
        "members": [ids.OTHER_TENANT],
    }


def test_unknown_additional_property_is_refused() -> None:
    definition = policy_of({**policy(), "AdditionalProperties": {"newLimit": "x"}}, "definition")
    with pytest.raises(OptionError, match="newLimit"):
        content_from_definition(definition, {}, "definition")


@pytest.mark.parametrize(
    "grant",
    [
        {"authenticationStrength@odata.bind": f"{STRENGTHS}/{ids.MFA_STRENGTH}"},
        {"authenticationStrength@odata.bind": f"{STRENGTHS}('{ids.MFA_STRENGTH}')", "authenticationStrength": None},
        {"authenticationStrength": {"@odata.id": f"{STRENGTHS}/{ids.MFA_STRENGTH}"}},
        {"AuthenticationStrength": {"Id": ids.MFA_STRENGTH, "DisplayName": "MFA", "AllowedCombinations": ["fido2"]}},
    ],
)
def test_strength_is_found_however_it_is_written(grant: Json) -> None:
    expected = policy(grant={"operator": "OR", "authenticationStrength": {"id": ids.MFA_STRENGTH}})
    assert canonical_of(policy(grant={"operator": "OR", **grant})) == canonical_policy(expected)


def test_link_that_leads_to_no_strength_is_kept_and_not_dropped() -> None:
    """To drop it would leave the policy without the control that its author wanted."""
    link = f"https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies('{ids.POLICY_ONE}')/grantControls"
    grant = {"operator": "OR", "builtInControls": ["mfa"], "authenticationStrength@odata.bind": link}
    assert policy_of(policy(grant=grant), "definition")["grantControls"]["authenticationStrength"] == link


def test_document_is_left_alone() -> None:
    document = in_pascal_case(read_back(everything()))
    before = copy.deepcopy(document)
    policy_of(document, "definition")
    assert document == before


CASES = st.sampled_from([str.upper, str.lower, str.swapcase, lambda name: name])


@given(st.data())
def test_any_case_of_any_name_gives_the_same_policy(data: st.DataObject) -> None:
    def respelled(value: t.Any) -> t.Any:
        if isinstance(value, dict):
            return {
                name if "@" in name else data.draw(CASES)(name): respelled(member) for name, member in value.items()
            }
        return [respelled(member) for member in value] if isinstance(value, list) else value

    assert canonical_of(respelled(read_back(everything()))) == canonical_policy(everything())
