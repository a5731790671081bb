# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From options to what is wanted of a setting: nulls say nothing, beta is refused by path, ranges before any read."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._resources import (
    authentication_method_configuration,
    authentication_methods_policy,
    authorization_policy,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.setting_options import (
    beta_uses,
    desired_method,
    desired_methods,
    desired_setting,
    method_result,
    setting_result,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_settings import (
    authorization_policy as stored_authorization_policy,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_settings import (
    external,
    method,
    methods_policy,
)

Json = dict[str, t.Any]
METHODS = authentication_method_configuration.SETTING
POLICY = authentication_methods_policy.SETTING
AUTHORIZATION = authorization_policy.SETTING
CAMPAIGN = "registration_enforcement.authentication_methods_registration_campaign"


def of_campaign(**campaign: t.Any) -> Json:
    """Options of the methods policy that speak of the campaign."""
    return {"registration_enforcement": {"authentication_methods_registration_campaign": campaign}}


def test_nulls_say_nothing_at_any_depth() -> None:
    options = {"policy_migration_state": None, **of_campaign(state="enabled", snooze_duration_in_days=None)}
    desired = desired_setting(POLICY, options, "", "v1.0")
    assert desired.content == {
        "registrationEnforcement": {"authenticationMethodsRegistrationCampaign": {"state": "enabled"}}
    }


def test_false_and_empty_say_something() -> None:
    assert desired_setting(AUTHORIZATION, {"allowed_to_use_sspr": False}, "", "v1.0").content == {
        "allowedToUseSSPR": False
    }
    desired = desired_method({"id": "Sms", "exclude_targets": []}, "", "v1.0")
    assert desired.content == {"excludeTargets": []}


@pytest.mark.parametrize(
    ("options", "path"),
    [
        (of_campaign(enforce_registration_after_allowed_snoozes=True), f"{CAMPAIGN}.enforce_registration_after"),
        (of_campaign(enforce_registration_after_allowed_snoozes=False), f"{CAMPAIGN}.enforce_registration_after"),
        ({"report_suspicious_activity_settings": {"state": "default"}}, "report_suspicious_activity_settings"),
        ({"report_suspicious_activity_settings": {"voice_reporting_code": 0}}, "report_suspicious_activity_settings"),
        ({"system_credential_preferences": {"exclude_targets": []}}, "system_credential_preferences"),
    ],
)
def test_what_only_beta_has(options: Json, path: str) -> None:
    with pytest.raises(OptionError, match=rf"^policy\.{path}.*: only Graph's beta endpoint has this\.") as refused:
        desired_setting(POLICY, options, "policy", "v1.0")
    assert "api_version: beta" in refused.value.remedy
    desired = desired_setting(POLICY, options, "policy", "beta")
    (use,) = beta_uses(POLICY, desired)
    assert use.startswith(f"policy.{path}")


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({"id": "hardwareoath", "method_state": "enabled"}, "id HardwareOath"),
        (
            {
                "id": "MicrosoftAuthenticator",
                "microsoft_authenticator": {
                    "feature_settings": {"number_matching_required_state": {"state": "enabled"}}
                },
            },
            "microsoft_authenticator.feature_settings.number_matching_required_state",
        ),
    ],
)
def test_methods_that_only_beta_has(options: Json, path: str) -> None:
    with pytest.raises(OptionError, match=rf"^methods\[0\]\.{path}: only"):
        desired_methods([options], "methods", "v1.0")
    (desired,) = desired_methods([options], "methods", "beta")
    assert beta_uses(METHODS, desired) == [f"methods[0].{path}"]


@pytest.mark.parametrize(
    ("setting", "options", "words"),
    [
        (POLICY, {"policy_migration_state": "done"}, "policy_migration_state must be one of preMigration, "),
        (POLICY, of_campaign(snooze_duration_in_days=15), f"{CAMPAIGN}.snooze_duration_in_days must be between 0 and"),
        (
            POLICY,
            of_campaign(include_targets=[{"targeted_authentication_method": "fido2"}]),
            "include_targets.* needs id",
        ),
        (POLICY, of_campaign(include_targets=[{"id": "x", "target_type": "role"}]), "target_type must be one of group"),
        (POLICY, of_campaign(include_targets={"drop": ["x"]}), "possible are add and remove, or set alone"),
        (AUTHORIZATION, {"guest_user_role_id": "owner"}, "guest_user_role_id must be one of user, guest_user"),
        (AUTHORIZATION, {"allowed_to_use_sspr": "no"}, "allowed_to_use_sspr must be of type boolean"),
    ],
)
def test_faults_by_path(setting: t.Any, options: Json, words: str) -> None:
    with pytest.raises(OptionError, match=rf"^here\..*{words}"):
        desired_setting(setting, options, "here", "v1.0")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"id": "Sms", "method_state": "on"}, r"^methods\[1\]\..*state must be one of enabled, disabled"),
        ({"id": "Sms", "fido2": {"is_attestation_enforced": False}}, r"^methods\[1\]\.fido2: the method Sms"),
        (
            {"id": "TemporaryAccessPass", "temporary_access_pass": {"default_length": 4}},
            r"^methods\[1\]\.temporary_access_pass\.default_length must be between 8 and 48",
        ),
        (
            {"id": "Fido2", "fido2": {"passkey_profiles": [{"id": "x"}]}},
            r"^methods\[1\]\.fido2\.passkey_profiles\[0\] needs name",
        ),
        (
            {"id": "X509Certificate", "x509_certificate": {"certificate_authority_scopes": [{"include_targets": []}]}},
            r"certificate_authority_scopes\[0\] needs subject_key_identifier",
        ),
        ({"method_state": "enabled"}, r"^methods\[1\]\.id: the method's id is needed"),
    ],
)
def test_faults_of_methods(options: Json, words: str) -> None:
    with pytest.raises(OptionError, match=words):
        desired_methods([{"id": "Voice"}, options], "methods", "v1.0")


def test_results_can_be_wanted_again() -> None:
    for current in authentication_method_configuration.current_methods(methods_policy(), "beta"):
        result = method_result(current)
        assert result.pop("display_name") == current.name
        desired = desired_method(result, "", "beta")
        plan = METHODS.plan(METHODS, _with_targets(desired), [current])
        assert not plan.is_changed, plan.changes
    current = authorization_policy.current_authorization_policy(stored_authorization_policy())
    result = setting_result(current)
    assert result["guest_user_role_id"] == "guest_user"
    desired = desired_setting(AUTHORIZATION, result, "", "v1.0")
    assert not AUTHORIZATION.plan(AUTHORIZATION, desired, [current]).is_changed


def _with_targets(desired: t.Any) -> t.Any:
    """The features' targets as the directory's lookup leaves them."""
    content = dict(desired.content)
    own = content.get("microsoftAuthenticator")
    for feature in (own or {}).get("featureSettings", {}).values():
        for name in ("includeTarget", "excludeTarget"):
            feature[name] = {"id": feature[name], "targetType": "group"}
    return type(desired)(desired.option, content, desired.identifier)


def test_result_of_an_external_method() -> None:
    (current,) = authentication_method_configuration.current_methods(methods_policy(external()), "v1.0")
    result = method_result(current)
    assert (result["id"], result["display_name"], result["method_state"]) == (external()["id"], "Adatum", "enabled")
    assert "state" not in result
    assert result["external"]["app_id"] == external()["appId"]


def test_result_of_a_kind_that_is_not_known() -> None:
    (current,) = authentication_method_configuration.current_methods(methods_policy(method("NewKind")), "v1.0")
    assert set(method_result(current)) == {"id", "display_name", "method_state", "include_targets", "exclude_targets"}
