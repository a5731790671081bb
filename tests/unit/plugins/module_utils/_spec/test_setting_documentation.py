# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation of settings is complete: every option is described, and nothing is that is no option."""

from __future__ import annotations

import importlib
import json
import typing as t

import pytest
import yaml

from ansible_collections.m365.entra.plugins.module_utils._reconcile.shape import Field, Part, PartList, Targets
from ansible_collections.m365.entra.plugins.module_utils._resources import authentication_method_configuration
from ansible_collections.m365.entra.plugins.module_utils._settings.authentication_methods_shape import (
    AUTHENTICATION_METHODS_POLICY,
)
from ansible_collections.m365.entra.plugins.module_utils._settings.authorization_policy_shape import (
    AUTHORIZATION_POLICY,
)
from ansible_collections.m365.entra.plugins.module_utils._spec import setting_documentation as documentation
from ansible_collections.m365.entra.plugins.module_utils._spec.setting_options import (
    API_VERSION,
    AUTHORIZATION,
    METHOD,
    METHODS_POLICY,
    MFA_REGISTRATION,
    PASSWORD_RESET,
    PER_USER_MFA,
    TENANT_SETTINGS,
)

Json = dict[str, t.Any]
OPTIONS = {
    "authentication_methods_policy": METHODS_POLICY,
    "authentication_method_configurations": METHOD,
    "authorization_policy": AUTHORIZATION,
    "mfa_registration_policy": MFA_REGISTRATION,
    "self_service_password_reset": PASSWORD_RESET,
    "per_user_mfa": PER_USER_MFA,
}
# The fragments for modules are named after the modules.
FRAGMENTS = {
    **{name.removesuffix("s"): options for name, options in OPTIONS.items()},
    "api_version": API_VERSION.options,
    "tenant_settings": TENANT_SETTINGS.options,
}
EVERY_SETTING = pytest.mark.parametrize("name", OPTIONS)
CAMPAIGN = "authentication_methods_registration_campaign"


def check(documented: Json, declared: Json, path: str = "") -> None:
    """Every option is described, with its own structure, and nothing else is."""
    assert set(documented) == set(declared), path
    for name, option in declared.items():
        entry = documented[name]
        assert entry["description"], f"{path}{name}"
        assert all(paragraph.endswith(".") for paragraph in entry["description"]), f"{path}{name}"
        for part in ("type", "elements", "choices", "default", "required"):
            assert entry.get(part) == option.get(part), f"{path}{name}.{part}"
        check(entry.get("suboptions", {}), option.get("options", {}), f"{path}{name}.")


def paths(options: Json, prefix: str = "") -> set[str]:
    """The paths of all options."""
    found = set()
    for name, option in options.items():
        found |= {f"{prefix}{name}"} | paths(option.get("options", {}), f"{prefix}{name}.")
    return found


def options_in(text: str) -> Json:
    """The options that a fragment describes."""
    options: Json = json.loads(text)["options"]
    return options


@pytest.mark.parametrize("name", FRAGMENTS)
def test_every_fragment_describes_every_option_with_its_own_structure(name: str) -> None:
    module = importlib.import_module(f"ansible_collections.m365.entra.plugins.doc_fragments.{name}")
    check(options_in(module.ModuleDocFragment.DOCUMENTATION), FRAGMENTS[name])


@EVERY_SETTING
def test_nothing_is_described_that_is_no_option(name: str) -> None:
    described = set(documentation.DOCUMENTED[name].descriptions.by_path)
    assert described - paths(OPTIONS[name]) == set()


def test_every_setting_is_described_once() -> None:
    assert set(documentation.DOCUMENTED) == set(TENANT_SETTINGS.options)


def test_targets_say_what_they_can_be() -> None:
    enforcement = options_in(documentation.setting_fragment("authentication_methods_policy"))[
        "registration_enforcement"
    ]
    campaign = enforcement["suboptions"][CAMPAIGN]["suboptions"]
    edits, targets = campaign["include_targets"]["description"][1:]
    assert "C(add) and C(remove)" in edits
    assert "V(all_users)" in targets
    assert "C(targeted_authentication_method)" in targets
    assert "C(targeted_authentication_method)" not in " ".join(campaign["exclude_targets"]["description"])


def test_targets_inside_a_list_are_not_edited() -> None:
    certificate = options_in(documentation.setting_fragment("authentication_method_configurations"))["x509_certificate"]
    scope = certificate["suboptions"]["certificate_authority_scopes"]["suboptions"]
    text = " ".join(scope["include_targets"]["description"])
    assert "V(all_users)" in text
    assert "C(add)" not in text
    assert "stays as it is" not in text


def test_single_targets_say_what_everybody_and_nobody_are() -> None:
    authenticator = options_in(documentation.setting_fragment("authentication_method_configurations"))
    features = authenticator["microsoft_authenticator"]["suboptions"]["feature_settings"]["suboptions"]
    feature = features["display_app_information_required_state"]["suboptions"]
    assert "V(all_users)" in feature["include_target"]["description"][1]
    assert "means nobody" in feature["exclude_target"]["description"][1]


def test_what_only_beta_has_says_so() -> None:
    policy = options_in(documentation.setting_fragment("authentication_methods_policy"))
    assert policy["system_credential_preferences"]["description"][-1] == "Exists only in Graph's beta endpoint."
    assert "beta" not in " ".join(policy["policy_migration_state"]["description"])


def test_references_between_options_name_the_whole_path_in_a_tenant() -> None:
    tenant = options_in(documentation.tenant_settings_fragment())
    methods = tenant["authentication_method_configurations"]["suboptions"]
    assert "O(authentication_method_configurations[].method_state=disabled)" in methods["state"]["description"][0]
    reset = tenant["self_service_password_reset"]["suboptions"]
    group = reset["password_reset_enabled_group"]["description"][0]
    assert "O(self_service_password_reset.enablement_type=selected)" in group


def test_administrators_are_named_where_only_they_are_meant() -> None:
    policy = options_in(documentation.setting_fragment("authorization_policy"))
    assert "ADMINISTRATORS" in policy["allowed_to_use_sspr"]["description"][0]


# What a module returns besides the form of the setting: an authentication method is known by these.
NAMES_OF_METHODS = {"id", "display_name", "method_state"}
RETURNED = {
    "authentication_methods_policy": (AUTHENTICATION_METHODS_POLICY, "authentication_methods_policy"),
    "authentication_methods_policy_info": (AUTHENTICATION_METHODS_POLICY, "authentication_methods_policy"),
    "authentication_method_configuration": (
        authentication_method_configuration.OPTIONS,
        "authentication_method_configuration",
    ),
    "authentication_method_configuration_info": (
        authentication_method_configuration.OPTIONS,
        "authentication_method_configurations",
    ),
    "authorization_policy": (AUTHORIZATION_POLICY, "authorization_policy"),
    "authorization_policy_info": (AUTHORIZATION_POLICY, "authorization_policy"),
}


def returned_paths(values: Json, prefix: str = "") -> set[str]:
    """The paths of everything that a module says it returns."""
    found = set()
    for name, value in values.items():
        assert value["description"], f"{prefix}{name}"
        found |= {f"{prefix}{name}"} | returned_paths(value.get("contains", {}), f"{prefix}{name}.")
    return found


def paths_in(form: Field, prefix: str = "") -> set[str]:
    """The paths of everything that a setting of that form has."""
    inner = form.part if isinstance(form, PartList) else form
    if isinstance(inner, Targets):
        members = [Field("id"), Field("targetType"), *inner.fields]
    else:
        members = list(inner.fields) if isinstance(inner, Part) else []
    return {
        path
        for member in members
        for path in {f"{prefix}{member.option}", *paths_in(member, f"{prefix}{member.option}.")}
    }


@pytest.mark.parametrize("name", RETURNED)
def test_modules_say_everything_that_they_return(name: str) -> None:
    form, key = RETURNED[name]
    module = importlib.import_module(f"ansible_collections.m365.entra.plugins.modules.{name}")
    returned = yaml.safe_load(module.RETURN)[key]
    expected = paths_in(form)
    if form is authentication_method_configuration.OPTIONS:
        expected = (expected - {"state"}) | NAMES_OF_METHODS
    assert returned_paths(returned["contains"]) == expected


@pytest.mark.parametrize("name", ["self_service_password_reset", "mfa_registration_policy"])
def test_both_verdicts_are_described_alike_but_for_their_evidence(name: str) -> None:
    module = importlib.import_module(f"ansible_collections.m365.entra.plugins.modules.{name}")
    verdict = yaml.safe_load(module.RETURN)[name]["contains"]
    expected = {"lane", "compliant", "settings", "evidence", "manual_steps", "attestation", "licence_missing"}
    assert set(verdict) == expected
    assert set(verdict["settings"]["contains"]) == {"option", "wanted", "found", "compliant", "source", "note"}
    assert set(verdict["manual_steps"]["contains"]) == {"option", "text", "link"}
