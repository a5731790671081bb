# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON Schema of a policy, and faults told by option path and never by value."""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_shape import POLICY
from ansible_collections.m365.entra.plugins.module_utils._reconcile.content_check import check_content
from ansible_collections.m365.entra.plugins.module_utils._reconcile.shape_schema import (
    shape_schema,
    spelled,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    everything,
    everything_in_preview,
    policy,
    with_value,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policy_strategies import policies

Json = dict[str, t.Any]
SECRET = "secret-value"


def complaint(content: Json, option: str = "") -> str:
    """The text of the refusal."""
    with pytest.raises(OptionError) as failure:
        check_content(POLICY, content, option)
    return failure.value.message


def test_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(shape_schema(POLICY))


def test_schema_has_every_property_of_the_service() -> None:
    def paths(schema: Json, prefix: str = "") -> set[str]:
        found = set()
        for name, member in schema.get("properties", {}).items():
            found |= {f"{prefix}{name}"} | paths(member, f"{prefix}{name}.")
        return found

    def written(value: t.Any, prefix: str = "") -> set[str]:
        if not isinstance(value, dict) or "id" in value:
            return set()
        return {f"{prefix}{name}" for name in value} | {
            path for name, member in value.items() for path in written(member, f"{prefix}{name}.")
        }

    opaque = {"conditions.applications.globalSecureAccess", "conditions.applications.networkAccess", "conditions.times"}
    told = {path for path in written(everything_in_preview()) if path.rsplit(".", 1)[0] not in opaque}
    told = {path for path in told if not path.endswith("@odata.type")}
    assert told <= paths(shape_schema(POLICY))
    assert paths(shape_schema(POLICY)) - told == {
        "conditions.users.excludeGuestsOrExternalUsers.externalTenants",
        "conditions.users.excludeGuestsOrExternalUsers.externalTenants.membershipKind",
        "conditions.users.excludeGuestsOrExternalUsers.externalTenants.members",
    }


@given(policies)
def test_random_policies_and_their_canonical_forms_pass(raw: Json) -> None:
    check_content(POLICY, raw, "definition")
    check_content(POLICY, canonical_policy(raw), "definition")


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"conditions": None},
        everything(),
        everything_in_preview(),
        policy(grant={"operator": "OR", "authenticationStrength": "Phishing-resistant MFA"}),
        policy(grant={"operator": "OR", "authenticationStrength": {"displayName": "Ours", "id": None}}),
        with_value(policy(), "conditions.clientAppTypes", ["ALL"]),
        policy(platforms={"includePlatforms": ["IOS"]}),
        policy(insiderRiskLevels="Elevated, minor"),
        policy(insiderRiskLevels=["Elevated"]),
    ],
)
def test_accepted(content: Json) -> None:
    check_content(POLICY, content, "definition")


@pytest.mark.parametrize(
    ("path", "value", "told", "complained"),
    [
        ("displayName", 5, "display_name", "string"),
        ("conditions.users.includeUsers", SECRET, "conditions.users.include_users", "array"),
        ("conditions.users.includeUsers", [ids.ADA, 5], "conditions.users.include_users[1]", "string"),
        ("conditions.users.includeUsers", [""], "conditions.users.include_users[0]", "must not be empty"),
        ("conditions.clientAppTypes", ["all", SECRET], "conditions.client_app_types[1]", "mobileAppsAndDesktopClients"),
        ("conditions.signInRiskLevels", "high", "conditions.sign_in_risk_levels", "array"),
        ("conditions.insiderRiskLevels", SECRET, "conditions.insider_risk_levels[0]", "moderate"),
        ("grantControls.operator", SECRET, "grant_controls.operator", "AND, OR"),
        ("grantControls.builtInControls", ["mfa", SECRET], "grant_controls.built_in_controls[1]", "block, mfa"),
        ("grantControls.authenticationStrength", {"name": SECRET}, "grant_controls.authentication_strength", "valid"),
        ("sessionControls.signInFrequency.value", "4", "session_controls.sign_in_frequency.value", "integer"),
        ("sessionControls.signInFrequency.value", True, "session_controls.sign_in_frequency.value", "integer"),
        (
            "sessionControls.persistentBrowser.isEnabled",
            "yes",
            "session_controls.persistent_browser.is_enabled",
            "bool",
        ),
        ("sessionControls.persistentBrowser", [SECRET], "session_controls.persistent_browser", "object"),
    ],
)
def test_faults_are_told_by_option_path_and_never_by_value(path: str, value: t.Any, told: str, complained: str) -> None:
    message = complaint(with_value(everything(), path, value), "policies[0]")
    assert message.startswith(f"policies[0].{told} ")
    assert complained in message
    assert SECRET not in message


def test_member_that_policies_do_not_have_is_told_by_its_parent() -> None:
    message = complaint(with_value(policy(), "conditions.users.pets", [SECRET]))
    assert message.startswith(
        "conditions.users has members that do not belong there (pets); possible are include_users, "
    )
    assert SECRET not in message


def test_all_faults_are_named_at_once() -> None:
    broken = with_value(with_value(everything(), "displayName", 1), "grantControls.operator", "XOR")
    message = complaint(broken, "policies[0]")
    assert "policies[0].display_name" in message
    assert "policies[0].grant_controls.operator" in message


def test_spelled_leaves_what_it_does_not_know() -> None:
    raw = {"conditions": {"clientAppTypes": ["BROWSER", 5], "new": "X"}, "displayName": "ALL"}
    assert spelled(POLICY, raw) == {
        "conditions": {"clientAppTypes": ["browser", 5], "new": "X"},
        "displayName": "ALL",
    }
