# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings beside everything else of a tenant: groups that are made for them, and runs that fail between the phases."""

from __future__ import annotations

import copy
import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError, GuardRefused, ServiceRefused
from ansible_collections.m365.entra.plugins.module_utils._resources.setting_options import (
    desired_methods,
    desired_setting,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.settings import SETTINGS
from ansible_collections.m365.entra.plugins.module_utils._settings.setting_plan import DesiredSetting
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    GROUPS,
    POLICIES,
    SECURITY_DEFAULTS,
    FakeSession,
    Fault,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_settings import (
    AUTHORIZATION_POLICY,
    METHODS,
    METHODS_POLICY,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.runs import refusal, run, run_twice, wanted

Json = dict[str, t.Any]
POLICY: Json = {"template": "require_mfa_for_all_users", "policy_state": "enabled"}
SWITCH: Json = {"security_defaults": False, "emergency_users": ("emergency@contoso.example",)}


def refused(verb: str, path: str, after: int = 0) -> Fault:
    """A refusal of one write."""
    return Fault(verb, path, ServiceRefused("400 BadRequest: no.", status=400), after=after)


def settings(*methods: Json, **single: Json) -> dict[str, tuple[DesiredSetting, ...]]:
    """What is wanted, by noun."""
    found = {noun: (desired_setting(SETTINGS[noun], options, noun, "v1.0"),) for noun, options in single.items()}
    return {"authentication_method_configuration": desired_methods(methods, "methods", "v1.0"), **found}


EVERYTHING = settings(
    {"id": "Voice", "method_state": "enabled"},
    {"id": "Fido2", "method_state": "enabled"},
    {"id": "Sms", "exclude_targets": ["Staff"]},
    authentication_methods_policy={"policy_migration_state": "preMigration"},
    authorization_policy={"allowed_to_use_sspr": False},
)


def test_group_is_made_before_the_method_that_names_it() -> None:
    session = FakeSession()
    method = {"id": "Voice", "method_state": "enabled", "include_targets": ["Newcomers", "Staff"]}
    outcome = run_twice(session, wanted(settings=settings(method), creates_groups=True))
    assert session.writes == [("POST", GROUPS), ("PATCH", f"{METHODS}/Voice")]
    (made,) = [group for group in session.collections[GROUPS] if group["displayName"] == "Newcomers"]
    targets = session.settings.method("Voice")["includeTargets"]
    assert {one["id"] for one in targets} == {ids.STAFF, made["id"]}
    (found,) = [one for plan in outcome.settings.plans if (one := outcome.setting_of(plan))]
    assert {one["id"] for one in found.content["includeTargets"]} == {ids.STAFF, made["id"]}


def test_group_that_leaves_a_list_is_not_made() -> None:
    session = FakeSession()
    method = {"id": "Voice", "exclude_targets": {"remove": ["Newcomers"], "add": ["Staff"]}}
    run_twice(session, wanted(settings=settings(method), creates_groups=True))
    assert session.writes == [("PATCH", f"{METHODS}/Voice")]


def test_group_of_a_campaign_is_made() -> None:
    session = FakeSession()
    campaign = {"authentication_methods_registration_campaign": {"exclude_targets": {"add": ["Newcomers"]}}}
    what = settings(authentication_methods_policy={"registration_enforcement": campaign})
    run_twice(session, wanted(settings=what, creates_groups=True))
    assert session.writes == [("POST", GROUPS), ("PATCH", METHODS_POLICY)]


def test_switch_to_policies_with_settings_around() -> None:
    session = FakeSession(security_defaults=True)
    run_twice(session, wanted(POLICY, settings=EVERYTHING, **SWITCH))
    paths = [path for _method, path in session.writes]
    identifier = session.policies[0]["id"]
    assert paths == [
        f"{METHODS}/Voice",
        f"{METHODS}/Fido2",
        POLICIES,
        SECURITY_DEFAULTS,
        f"{POLICIES}/{identifier}",
        f"{METHODS}/Sms",
        METHODS_POLICY,
        AUTHORIZATION_POLICY,
    ]


BEFORE_AND_WITH = [
    ("PATCH", f"{METHODS}/Voice"),
    ("PATCH", f"{METHODS}/Fido2"),
    ("POST", POLICIES),
    ("PATCH", SECURITY_DEFAULTS),
    ("PATCH", f"{POLICIES}/"),
]


@pytest.mark.parametrize(("verb", "path"), BEFORE_AND_WITH)
def test_failure_up_to_the_enforcing_puts_all_back(verb: str, path: str) -> None:
    session = FakeSession(security_defaults=True, faults=[refused(verb, path)])
    before = copy.deepcopy((session.settings, session.policies, session.security_defaults))
    with pytest.raises(ServiceRefused) as failure:
        run(session, wanted(POLICY, settings=EVERYTHING, **SWITCH))
    restored = copy.deepcopy(session.settings)
    for method in restored.methods_policy["authenticationMethodConfigurations"]:
        assert method["state"] == before[0].method(method["id"])["state"]
    assert (session.policies, session.security_defaults) == before[1:]
    assert failure.value.details["not_restored"] == []


@pytest.mark.parametrize("path", [f"{METHODS}/Sms", METHODS_POLICY, AUTHORIZATION_POLICY])
def test_failure_after_it_leaves_the_policies_in_force(path: str) -> None:
    """Of what comes after the policies nothing protects anybody, so that nothing is taken back for it."""
    methods_below_it = 3 if path == METHODS_POLICY else 0
    session = FakeSession(security_defaults=True, faults=[refused("PATCH", path, methods_below_it)])
    with pytest.raises(ServiceRefused) as failure:
        run(session, wanted(POLICY, settings=EVERYTHING, **SWITCH))
    assert "restored" not in failure.value.details
    assert [policy["state"] for policy in session.policies] == ["enabled"]
    missing = [one["resource"] for one in failure.value.details["not_done"]]
    assert missing[-1] == "authorization_policy"
    run_twice(session, wanted(POLICY, settings=EVERYTHING, **SWITCH))


def test_settings_alone_are_not_taken_back() -> None:
    session = FakeSession(faults=[refused("PATCH", AUTHORIZATION_POLICY)])
    with pytest.raises(ServiceRefused, match=r"^authorization_policy 'authorization policy': 400") as failure:
        run(session, wanted(settings=EVERYTHING))
    assert [one["name"] for one in failure.value.details["done"]] == [
        "Voice",
        "Fido2",
        "Sms",
        "authentication methods policy",
    ]
    assert session.settings.method("Voice")["state"] == "enabled"


def test_names_in_settings_and_policies_are_refused_together() -> None:
    session = FakeSession()
    what = settings({"id": "Voice", "include_targets": ["Nowhere"]})
    policy = {**POLICY, "conditions": {"users": {"exclude_groups": ["Never"]}}}
    error = refusal(session, wanted(policy, settings=what), EntraError)
    assert "methods[0].include_targets[0]" in str(error)
    assert "exclude_groups" in str(error)


def test_last_second_factor_of_a_tenant() -> None:
    session = FakeSession()
    what = settings({"id": "MicrosoftAuthenticator", "method_state": "disabled"})
    refusal(session, wanted(settings=what), GuardRefused)


@pytest.mark.parametrize("cloud", ["china"])
def test_cloud_without_methods(cloud: str) -> None:
    session = FakeSession(cloud=cloud)
    refusal(session, wanted(settings=EVERYTHING), EntraError)
    assert METHODS_POLICY not in [path for _verb, path in session.requests]
