# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of tenant_configuration: everything of a tenant in one plan, and what holds then."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    ConnectionFailed,
    GuardRefused,
    OptionError,
)
from ansible_collections.m365.entra.plugins.module_utils._module.tenant_configuration import SPEC, run
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import FakeModule, fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    POLICIES,
    REGISTRATION,
    SECURITY_DEFAULTS,
    FakeSession,
    Fault,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import EMERGENCY, TENANT
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import ENABLED, stored

Json = dict[str, t.Any]
NAMES = ("require_mfa_for_administrators", "require_mfa_for_all_users", "block_legacy_authentication")


def options(state: str | None = "enabled", **others: t.Any) -> Json:
    """The options that the engine role hands over."""
    policies = [{"template": name, **({"policy_state": state} if state else {})} for name in NAMES]
    return {
        "conditional_access_policies": {"policies": policies, "unmanaged": "report"},
        "emergency_access": {"users": ["emergency@contoso.example"]},
        **others,
    }


def task(session: FakeSession, given: Json, **modes: bool) -> tuple[Json, FakeModule]:
    """One task."""
    session.requests.clear()
    module = fake_module(SPEC, given, **modes)
    session.read_only = module.check_mode
    return run(module, lambda: session), module


def holds(result: Json) -> dict[str, str]:
    """What the result says of each requirement."""
    return {one["requirement"]: one["holds"] for one in result["tenant_configuration"]["assessment"]["requirements"]}


SWITCH = options(security_defaults={"is_enabled": False})


def test_check_do_repeat() -> None:
    session = FakeSession([stored("Other")], security_defaults=True)
    checked, _unused = task(session, SWITCH, check_mode=True, diff=True)
    assert session.writes == []
    done, module = task(session, SWITCH, diff=True)
    assert (checked["plan"], checked["diff"]) == (done["plan"], done["diff"])
    assert checked["tenant_configuration"]["assessment"] == done["tenant_configuration"]["assessment"]
    assert module.warnings == []
    assert {one["state"] for one in session.policies if one["displayName"] != "Other"} == {ENABLED}
    again, _unused = task(session, SWITCH)
    assert again["changed"] is False
    assert session.writes == []


def test_run_without_changes_costs_four_reads() -> None:
    session = FakeSession()
    task(session, options())
    task(session, options())
    assert session.requests == [
        ("GET", "/users"),
        ("GET", POLICIES),
        ("GET", SECURITY_DEFAULTS),
        ("GET", REGISTRATION),
    ]


def test_state_of_the_tenant() -> None:
    session = FakeSession([stored("Other")], security_defaults=True)
    state = task(session, SWITCH)[0]["tenant_configuration"]
    assert state["tenant_id"] == TENANT
    assert state["security_defaults"] == {"is_enabled": False}
    assert [one["template"] for one in state["conditional_access_policies"]] == list(NAMES)
    assert [one["display_name"] for one in state["unmanaged_policies"]] == ["Other"]
    for one in state["conditional_access_policies"]:
        assert one["conditions"]["users"]["exclude_users"] == [EMERGENCY]


@pytest.mark.parametrize(("state", "expected"), [("enabled", "yes"), (None, "report_only"), ("disabled", "no")])
def test_assessment_is_of_what_was_reached(state: str | None, expected: str) -> None:
    session = FakeSession()
    found = holds(task(session, options(state))[0])
    assert {found[name] for name in ("mfa_for_administrators", "mfa_for_all_users")} == {expected}
    assert found["legacy_authentication_blocked"] == expected
    assert found["mfa_at_sign_in_risk"] == "no"


def test_nothing_wanted_is_an_audit() -> None:
    session = FakeSession([stored("Require MFA", ENABLED)], read_only=True)
    result, _unused = task(session, {})
    assert result["changed"] is False
    assert holds(result)["mfa_for_all_users"] == "yes"
    assert session.requests == [("GET", POLICIES), ("GET", SECURITY_DEFAULTS), ("GET", REGISTRATION)]
    assert "unmanaged_policies" not in result["tenant_configuration"]


def test_registration_is_part_of_the_results() -> None:
    users = {"mfaCapable": 2, "ssprCapable": 1, "ssprRegistered": 1, "ssprEnabled": 2}
    counts = [{"feature": name, "userCount": count} for name, count in users.items()]
    session = FakeSession(registration={"totalUserCount": 2, "userRegistrationFeatureCounts": counts})
    results = task(session, {})[0]["tenant_configuration"]["assessment"]["results"]
    assert {one["result"]: one["holds"] for one in results} == {
        "mfa_required": "no",
        "mfa_registered": "yes",
        "sspr_available": "no",
    }


LICENCE = "/subscribedSkus"
REGISTRATION_POLICY: Json = {"mfa_registration_policy": {"is_enabled": True}}


@pytest.mark.parametrize("tier", ["p1", "p2"])
def test_tier_that_is_known_spares_the_evidence_a_request(tier: str) -> None:
    session = FakeSession()
    known, _unused = task(session, {**REGISTRATION_POLICY, "license_tier": tier})
    assert session.reads(LICENCE) == 0
    assert known["tenant_configuration"]["mfa_registration_policy"]["evidence"]["license"] == tier
    asked, _unused = task(session, REGISTRATION_POLICY)
    assert session.reads(LICENCE) == 1
    assert asked["tenant_configuration"]["mfa_registration_policy"]["evidence"]["license"] == "p2"


def test_nothing_else_rests_on_the_given_tier() -> None:
    """What needs a licence is held against the tenant's own, whatever somebody has said of it."""
    session = FakeSession()
    session.collections[LICENCE] = []
    with pytest.raises(GuardRefused, match=r"(?i)licen[cs]e|entra id p1"):
        task(session, {**options(), "license_tier": "p2"})
    assert (session.reads(LICENCE), session.writes) == (1, [])


def test_report_that_cannot_be_read_does_not_fail_what_was_written() -> None:
    session = FakeSession(faults=[Fault("GET", REGISTRATION, ConnectionFailed("no answer"))])
    result, _unused = task(session, options())
    assert result["changed"] is True
    assert len(session.policies) == len(NAMES)


def test_security_defaults_alone() -> None:
    session = FakeSession()
    result, _unused = task(session, {"security_defaults": {"is_enabled": True}})
    assert session.writes == [("PATCH", SECURITY_DEFAULTS)]
    assert holds(result)["mfa_for_all_users"] == "yes"


def test_policies_that_remain_beside_security_defaults_are_warned_about() -> None:
    _unused, module = task(FakeSession([stored()]), {"security_defaults": {"is_enabled": True}})
    assert len(module.warnings) == 1


@pytest.mark.parametrize(
    ("given", "kind", "words"),
    [
        (options(), GuardRefused, "Security defaults are on"),
        (
            {"conditional_access_policies": {"policies": [{"definition": "no json"}]}},
            OptionError,
            r"^conditional_access_policies\.policies\[0\]\.definition",
        ),
    ],
)
def test_refusals_write_nothing(given: Json, kind: type[Exception], words: str) -> None:
    session = FakeSession(security_defaults=True)
    with pytest.raises(kind, match=words):
        task(session, given)
    assert session.writes == []
