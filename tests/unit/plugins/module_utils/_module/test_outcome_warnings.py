# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person is told of an outcome besides what was done."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._module.tenant_configuration import SPEC, run
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import ADA, EMERGENCY, POLICY_ONE
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    BLOCK,
    ENABLED,
    REPORT_ONLY,
    stored,
)

Json = dict[str, t.Any]
ALL_USERS = "require_mfa_for_all_users"
NAME = "Require multifactor authentication for all users"
REGISTRATION_NAME = "Require multifactor authentication to register security information"
EMERGENCY_ACCESS = {"users": ["emergency@contoso.example"]}


def told(session: FakeSession, policies: list[Json], **others: t.Any) -> list[str]:
    """The warnings of one run of tenant_configuration."""
    module = fake_module(SPEC, {"conditional_access_policies": {"policies": policies}, **others})
    run(module, lambda: session)
    return module.warnings


def test_a_good_run_warns_of_nothing() -> None:
    wanted = [{"template": ALL_USERS, "policy_state": "enabled"}]
    assert told(FakeSession(), wanted, emergency_access=EMERGENCY_ACCESS) == []


@pytest.mark.parametrize(
    "template", [ALL_USERS, "require_mfa_for_administrators", "secure_security_information_registration"]
)
def test_an_enforced_policy_that_could_stop_everyone(template: str) -> None:
    overridden = ["all_users_without_exclusion"]
    (warning,) = told(FakeSession(), [{"template": template, "policy_state": "enabled"}], override_guards=overridden)
    assert "excludes nobody" in warning


def test_an_enforced_policy_that_may_not_be_changed_is_left_alone() -> None:
    narrow = stored(NAME, state=ENABLED, users={"includeUsers": [ADA], "excludeUsers": [EMERGENCY]})
    session = FakeSession([narrow])
    (warning,) = told(session, [{"template": ALL_USERS, "change_enforced": False}], emergency_access=EMERGENCY_ACCESS)
    assert NAME in warning
    assert "conditions.users.include_users" in warning
    assert "left alone" in warning
    assert session.writes == []


def test_a_staged_policy_may_be_changed_all_the_same() -> None:
    session = FakeSession([stored(NAME, state=REPORT_ONLY, users={"includeUsers": [ADA]})])
    told(session, [{"template": ALL_USERS, "change_enforced": False}], emergency_access=EMERGENCY_ACCESS)
    assert session.policy(NAME)["conditions"]["users"]["includeUsers"] == ["All"]


def test_exclusions_that_go_away_are_told() -> None:
    session = FakeSession(
        [stored(NAME, state=ENABLED, users={"includeUsers": ["All"], "excludeUsers": [ADA, EMERGENCY]})]
    )
    (warning,) = told(session, [{"template": ALL_USERS}], emergency_access=EMERGENCY_ACCESS)
    assert "loses exclusions: conditions.users.exclude_users" in warning


def test_policies_of_others_that_do_not_exclude_emergency_access_are_told() -> None:
    others = stored("Theirs", identifier=POLICY_ONE, state=ENABLED, grant=BLOCK)
    wanted = [{"template": "block_legacy_authentication"}]
    (warning,) = told(FakeSession([others]), wanted, emergency_access=EMERGENCY_ACCESS)
    assert "do not exclude all emergency access accounts: 'Theirs'" in warning


def test_security_defaults_that_go_without_a_successor_are_told() -> None:
    session = FakeSession(security_defaults=True)
    (warning,) = told(session, [], security_defaults={"is_enabled": False})
    assert warning.startswith("Security defaults are off, and no enforced policy does what they did: administrators ")


REGISTRATION = {"template": "secure_security_information_registration"}


def test_advice_on_a_policy_that_changes_is_told() -> None:
    (warning,) = told(FakeSession(), [REGISTRATION], emergency_access=EMERGENCY_ACCESS)
    assert "policy_state: report_only reports nothing for user actions" in warning
    assert REGISTRATION_NAME in warning


def test_advice_on_a_policy_that_stays_is_not_repeated() -> None:
    session = FakeSession()
    told(session, [REGISTRATION], emergency_access=EMERGENCY_ACCESS)
    assert told(session, [REGISTRATION], emergency_access=EMERGENCY_ACCESS) == []


def test_a_policy_that_goes_needs_no_advice() -> None:
    nobody = stored("Nobody", identifier=POLICY_ONE, users={"includeUsers": ["None"]})
    assert told(FakeSession([nobody]), [{"display_name": "Nobody", "state": "absent"}]) == []
