# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of per_user_mfa_info: who is asked, in which order, and what is said of those who are not."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import UnresolvedReferences
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused, OptionError
from ansible_collections.m365.entra.plugins.module_utils._module.per_user_mfa_info import SPEC, run
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import FakeModule, fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.people_session import (
    GROUP,
    PeopleSession,
    requirements,
    user_of,
)

GUEST = "aaaaaaaa-0000-4000-8000-0000000000ff"
MEMBERS = f"/groups/{ids.STAFF}/transitiveMembers"


class Tenant(PeopleSession):
    """A tenant that selects enabled users."""

    def list(self, path: str, *, version: str = "v1.0", **query: str) -> list[dict[str, t.Any]]:
        """Read a collection."""
        if query.get("filter") == "accountEnabled eq true":
            del query["filter"]
            return [user for user in super().list(path, version=version, **query) if user["accountEnabled"]]
        return super().list(path, version=version, **query)


def tenant() -> Tenant:
    """A tenant with two enabled members, one disabled one and a guest; the staff holds two of them and a group."""
    session = Tenant(read_only=True)
    people = [
        user_of(ids.EMERGENCY.upper(), "Emergency@contoso.example", userType=None),
        user_of(ids.ADA, "ada@contoso.example"),
        user_of(ids.BOB, "bob@contoso.example", accountEnabled=False),
        user_of(GUEST, "guest@contoso.example", userType="Guest"),
    ]
    session.collections["/users"] = people
    session.collections[MEMBERS] = [people[2], {"@odata.type": GROUP, "id": ids.PRINTERS}, people[1]]
    session.objects = {
        requirements(ids.ADA): {"perUserMfaState": "enforced"},
        requirements(ids.BOB): {"perUserMfaState": "enabled"},
        requirements(ids.EMERGENCY): {"perUserMfaState": "disabled"},
        requirements(GUEST): {"perUserMfaState": "disabled"},
    }
    return session


def result_of(session: PeopleSession, **options: t.Any) -> tuple[dict[str, t.Any], FakeModule]:
    """What a task in check mode returns, and the task."""
    module = fake_module(SPEC, options, check_mode=True)
    return run(module, lambda: session)["per_user_mfa"], module


def test_everyone_who_can_sign_in_and_is_no_guest() -> None:
    session = tenant()
    found, module = result_of(session)
    assert found == {
        "users": [{"id": ids.ADA, "user_principal_name": "ada@contoso.example", "per_user_mfa_state": "enforced"}],
        "counts": {"disabled": 1, "enabled": 0, "enforced": 1},
        "asked": 2,
        "vanished": 0,
        "complete": True,
        "not_asked": 0,
    }
    assert module.warnings == []
    assert [path for _unused, path in session.requests] == [
        "/users",
        requirements(ids.ADA),
        requirements(ids.EMERGENCY),
    ]


def test_named_users_and_groups_each_once() -> None:
    session = tenant()
    found, _unused = result_of(session, users=["ada@contoso.example", GUEST], groups=["Staff"])
    assert [user["user_principal_name"] for user in found["users"]] == ["ada@contoso.example", "bob@contoso.example"]
    assert found["counts"] == {"disabled": 1, "enabled": 1, "enforced": 1}
    assert {method for method, _unused in session.requests} == {"GET"}
    assert len(session.requests) == 2 + 1 + 1 + 3  # users by name and by id, groups, members, states


def test_more_people_than_may_be_asked() -> None:
    session = tenant()
    found, module = result_of(session, users=["bob@contoso.example", ids.EMERGENCY, ids.ADA], maximum_users=1)
    assert (found["asked"], found["complete"], found["not_asked"]) == (1, False, 2)
    assert [user["id"] for user in found["users"]] == [ids.ADA]
    (warning,) = module.warnings
    assert warning.startswith("2 more users")


def test_who_vanished_is_counted() -> None:
    session = tenant()
    del session.objects[requirements(ids.ADA)]
    found, _unused = result_of(session)
    assert (found["vanished"], found["asked"], found["users"]) == (1, 2, [])
    assert found["counts"] == {"disabled": 1, "enabled": 0, "enforced": 0}


@pytest.mark.parametrize("options", [{"users": []}, {"groups": []}])
def test_empty_list_is_nobody(options: dict[str, t.Any]) -> None:
    session = tenant()
    assert result_of(session, **options)[0]["asked"] == 0
    assert session.requests == []


def test_unknown_names_are_told_before_anyone_is_asked() -> None:
    session = tenant()
    with pytest.raises(UnresolvedReferences, match=r"users\[0\]: .*'nobody'.*groups\[0\]: .*'Nothing'"):
        result_of(session, users=["nobody"], groups=["Nothing"])
    assert not any(path.endswith("requirements") for _unused, path in session.requests)


def test_permissions_are_checked_first() -> None:
    session = PeopleSession(permissions=frozenset({"User.Read.All"}))
    with pytest.raises(GuardRefused, match=r"Policy\.Read\.All"):
        result_of(session)
    assert session.requests == []


def test_maximum_must_be_positive() -> None:
    with pytest.raises(OptionError, match="maximum_users"):
        result_of(tenant(), maximum_users=0)
