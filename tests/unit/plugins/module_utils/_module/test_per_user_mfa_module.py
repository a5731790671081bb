# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MFA of single users is turned off where policies require it of them, and only there."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import UnresolvedReferences
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    GuardRefused,
    OptionError,
    ServiceRefused,
)
from ansible_collections.m365.entra.plugins.module_utils._module import per_user_mfa, tenant_configuration
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import FakeModule, fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession, Fault
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.people_session import (
    USER,
    requirements,
    user_of,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    ENABLED,
    REPORT_ONLY,
    stored,
)

Json = dict[str, t.Any]
STATES = {ids.ADA: "enforced", ids.BOB: "enabled", ids.EMERGENCY: "disabled"}
NAMES = {ids.ADA: "ada", ids.BOB: "bob", ids.EMERGENCY: "emergency"}


class Tenant(FakeSession):
    """A tenant that selects enabled users by itself."""

    def list(self, path: str, *, version: str = "v1.0", **query: str) -> list[Json]:
        """Read a collection; all users are enabled here."""
        if query.get("filter") == "accountEnabled eq true":
            del query["filter"]
        return super().list(path, version=version, **query)


def tenant(*policies: Json) -> Tenant:
    """A tenant in which two of three users have MFA of their own; Ada is of the staff."""
    session = Tenant(list(policies))
    session.settings.per_user_mfa = dict(STATES)
    session.collections["/users"] = [user_of(one, f"{name}@contoso.example") for one, name in NAMES.items()]
    session.collections[f"/users/{ids.ADA}/transitiveMemberOf"] = [{"id": ids.STAFF}]
    session.collections[f"/groups/{ids.STAFF}/transitiveMembers"] = [
        {"@odata.type": USER, "id": ids.ADA, "userPrincipalName": "ada@contoso.example"}
    ]
    return session


def task(session: FakeSession, options: Json, **modes: bool) -> tuple[Json, FakeModule]:
    """One task with an empty journal."""
    session.requests.clear()
    session.bodies.clear()
    module = fake_module(per_user_mfa.SPEC, options, **modes)
    session.read_only = module.check_mode
    return per_user_mfa.run(module, lambda: session), module


EVERYBODY = stored("MFA", ENABLED)


def test_check_do_repeat() -> None:
    session = tenant(EVERYBODY)
    announced, _told = task(session, {}, check_mode=True)
    assert (session.writes, session.settings.per_user_mfa) == ([], STATES)
    done, told = task(session, {})
    assert announced["plan"] == done["plan"]
    assert session.writes == [("PATCH", requirements(ids.ADA)), ("PATCH", requirements(ids.BOB))]
    assert session.bodies == [{"perUserMfaState": "disabled"}] * 2
    assert [one["per_user_mfa_state"] for one in done["per_user_mfa"]["turned_off"]] == ["enforced", "enabled"]
    assert (done["per_user_mfa"]["asked"], done["per_user_mfa"]["left_alone"], told.warnings) == (3, [], [])
    again, _told = task(session, {})
    assert (again["changed"], session.writes) == (False, [])


def test_security_defaults_cover_nobody() -> None:
    """They ask ordinary users for MFA only where Microsoft finds it necessary, which is less than per-user MFA asks."""
    session = tenant()
    session.security_defaults = True
    result, told = task(session, {})
    assert (result["changed"], session.writes, session.settings.per_user_mfa) == (False, [], STATES)
    assert {one["reason"] for one in result["per_user_mfa"]["left_alone"]} == {
        "security defaults require MFA of ordinary users only where Microsoft finds it necessary"
    }
    assert told.warnings[0].startswith("Per-user MFA stays on for 2 users")


@pytest.mark.parametrize("status", [400, 404])
def test_user_who_is_gone_does_not_keep_the_others_from_it(status: int) -> None:
    session = tenant(EVERYBODY)
    gone = ServiceRefused(f"{status}: no such user", status=status)
    session.faults = [Fault("PATCH", requirements(ids.ADA), gone)]
    with pytest.raises(ServiceRefused) as failure:
        task(session, {})
    assert session.writes == [("PATCH", requirements(ids.ADA)), ("PATCH", requirements(ids.BOB))]
    assert session.settings.per_user_mfa == {**STATES, ids.BOB: "disabled"}
    message = failure.value.message
    assert message.startswith("Everything else was done. ")
    assert "per_user_mfa 'ada@contoso.example': " in message
    assert "bob@" not in message
    assert [one["name"] for one in failure.value.details["done"]] == ["bob@contoso.example"]


def test_refusal_that_concerns_everybody_ends_the_run() -> None:
    session = tenant(EVERYBODY)
    session.faults = [Fault("PATCH", requirements(ids.ADA), ServiceRefused("403: forbidden", status=403))]
    with pytest.raises(ServiceRefused, match=r"ada@.*403"):
        task(session, {})
    assert session.writes == [("PATCH", requirements(ids.ADA))]


@pytest.mark.parametrize(
    "policies",
    [
        [],
        [stored("MFA", REPORT_ONLY)],
        [stored("MFA", ENABLED, users={"includeUsers": ["All"], "excludeUsers": [ids.ADA, ids.BOB]})],
    ],
)
def test_who_is_not_covered_keeps_it(policies: list[Json]) -> None:
    session = tenant(*policies)
    result, told = task(session, {})
    assert (result["changed"], session.writes, session.settings.per_user_mfa) == (False, [], STATES)
    left = result["per_user_mfa"]["left_alone"]
    assert [(one["user_principal_name"], one["per_user_mfa_state"]) for one in left] == [
        ("ada@contoso.example", "enforced"),
        ("bob@contoso.example", "enabled"),
    ]
    assert all(one["reason"] for one in left)
    (warning,) = told.warnings
    assert warning.startswith("Per-user MFA stays on for 2 users, of whom nothing else would require MFA: ada@")


@pytest.mark.parametrize(
    ("options", "turned_off"),
    [
        ({"users": ["ada@contoso.example"]}, ["ada"]),
        ({"groups": ["Staff"]}, ["ada"]),
        ({"users": ["bob@contoso.example"], "groups": ["staff"]}, ["ada", "bob"]),
        ({"users": [ids.BOB.upper()]}, ["bob"]),
        ({"users": ["emergency@contoso.example"]}, []),
        ({"users": []}, []),
    ],
)
def test_named_users_only(options: Json, turned_off: list[str]) -> None:
    result, _told = task(tenant(EVERYBODY), options)
    names = [one["user_principal_name"] for one in result["per_user_mfa"]["turned_off"]]
    assert names == [f"{name}@contoso.example" for name in turned_off]


def test_too_many_to_ask() -> None:
    result, told = task(tenant(EVERYBODY), {"maximum_users": 1})
    assert (result["per_user_mfa"]["asked"], result["per_user_mfa"]["not_asked"]) == (1, 2)
    assert told.warnings == [
        "2 more users were not asked for their per-user MFA; raise maximum_users, or name users or groups."
    ]


@pytest.mark.parametrize(
    ("options", "kind", "words"),
    [
        ({"maximum_users": 0}, OptionError, "^maximum_users: at least one user"),
        (
            {"users": ["nobody@contoso.example"], "groups": ["Nowhere"]},
            UnresolvedReferences,
            r"users\[0\].*groups\[0\]",
        ),
    ],
)
def test_what_cannot_be_meant(options: Json, kind: type[Exception], words: str) -> None:
    session = tenant(EVERYBODY)
    with pytest.raises(kind, match=words):
        task(session, options)
    assert session.writes == []


def test_permission_that_is_missing_is_named() -> None:
    session = tenant(EVERYBODY)
    session.permissions = session.permissions - {"Policy.ReadWrite.AuthenticationMethod"}
    with pytest.raises(GuardRefused, match=r"per-user|AuthenticationMethod"):
        task(session, {})
    assert session.writes == []


def test_policy_of_the_same_run_counts() -> None:
    """What will be in force covers people: they keep their own MFA until the policy is there."""
    session = tenant()
    options: Json = {
        "conditional_access_policies": {
            "policies": [{"template": "require_mfa_for_all_users", "policy_state": "enabled"}]
        },
        "emergency_access": {"users": ["emergency@contoso.example"]},
        "per_user_mfa": {"users": ["ada@contoso.example", "emergency@contoso.example"]},
    }
    session.settings.per_user_mfa[ids.EMERGENCY] = "enforced"
    result = tenant_configuration.run(fake_module(tenant_configuration.SPEC, options), lambda: session)
    assert [method for method, _path in session.writes] == ["POST", "PATCH"]
    assert session.writes[-1] == ("PATCH", requirements(ids.ADA))
    found = result["tenant_configuration"]["per_user_mfa"]
    assert [one["id"] for one in found["turned_off"]] == [ids.ADA]
    assert [one["id"] for one in found["left_alone"]] == [ids.EMERGENCY]
