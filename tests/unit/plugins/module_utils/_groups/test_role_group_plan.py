# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who joins and who leaves, and how the plan shows it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._directory.principals import GROUP, Principal
from ansible_collections.m365.entra.plugins.module_utils._groups.kept_group import KeptGroup
from ansible_collections.m365.entra.plugins.module_utils._groups.role_group_plan import (
    RoleGroupPlan,
    WantedGroup,
    plan_role_group,
)
from ansible_collections.m365.entra.plugins.module_utils._reconcile.present import plan_diff, plan_result

KEPT = KeptGroup("g", "Administrators", "Old")
PEOPLE = tuple(Principal(f"user{number}@contoso.example", str(number)) for number in range(8))
SOME = st.lists(st.sampled_from(PEOPLE), unique=True).map(lambda found: tuple(sorted(found)))


def planned(
    members: tuple[Principal, ...],
    holders: tuple[Principal, ...],
    group: KeptGroup | None = KEPT,
    description: str | None = None,
) -> RoleGroupPlan:
    """A plan for the group."""
    return plan_role_group(WantedGroup("Administrators", description), group, members, holders)


def as_it_is(_path: str, value: object) -> object:
    """Values of these plans are names already."""
    return value


@given(SOME, SOME)
def test_members_become_the_holders(members: tuple[Principal, ...], holders: tuple[Principal, ...]) -> None:
    plan = planned(members, holders)
    assert plan.members_after == holders
    assert not set(plan.joining) & set(members)
    assert set(plan.leaving) <= set(members)
    assert plan.is_empty == (members == holders)
    assert plan.empties == (bool(members) and not holders)
    assert planned(plan.members_after, holders).is_empty


@given(SOME, SOME)
def test_the_plan_is_shown_where_there_is_one(members: tuple[Principal, ...], holders: tuple[Principal, ...]) -> None:
    plan = planned(members, holders)
    shown = plan_result(plan.to_plan(), as_it_is)
    assert bool(shown) != plan.is_empty
    for action in shown:
        (change,) = action["changes"]
        assert (change["path"], change["before"]) == ("members", [one.shown for one in members])
        assert change["after"] == [one.shown for one in holders]


def test_what_is_no_user_leaves() -> None:
    nested = Principal("Staff", "s", GROUP)
    assert planned((nested, PEOPLE[0]), (PEOPLE[0],)).leaving == (nested,)


def test_a_new_group() -> None:
    plan = planned((), PEOPLE[:1], None, "New").to_plan()
    (action,) = plan_result(plan, as_it_is)
    assert (action["operation"], action["id"], action["name"]) == ("create", None, "Administrators")
    assert plan_diff(plan, as_it_is) == {
        "before": {"group Administrators": {"state": "absent"}},
        "after": {
            "group Administrators": {
                "state": "present",
                "description": "New",
                "display_name": "Administrators",
                "members": ["user0@contoso.example (0)"],
            }
        },
    }


def test_a_new_group_without_members_is_made_all_the_same() -> None:
    plan = planned((), (), None, "New")
    assert (plan.is_empty, plan.empties) == (False, False)


def test_descriptions() -> None:
    assert planned(PEOPLE, PEOPLE).is_empty
    assert planned(PEOPLE, PEOPLE, description="Old").is_empty
    changed = planned(PEOPLE, PEOPLE, description="New")
    (action,) = plan_result(changed.to_plan(), as_it_is)
    assert action["changes"] == [{"path": "description", "before": "Old", "after": "New"}]
    assert action["reason"] == "its description differs"
