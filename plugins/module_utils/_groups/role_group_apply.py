# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carries out the plan of a group of role holders, and waits until the tenant shows it."""

from __future__ import annotations

import typing as t

from .._graph.errors import EntraError, ServiceRefused
from .._graph.session import Json, Session
from .._reconcile.action import Expectation
from .._reconcile.unclear_creation import create_once
from .._reconcile.verify import wait_until_met
from .._resources.group import nickname
from .kept_group import COLLECTION, find_group
from .members import MembersWritten, add_members, read_members, remove_members
from .role_group_plan import NOUN, RoleGroupPlan


def apply_role_group(session: Session, plan: RoleGroupPlan) -> str:
    """Write what *plan* says, whoever joins before whoever leaves, and return the id of the group.

    Raises ServiceRefused that names every member whom the service refused when all else was done; any error says in
    its details who was added and who removed.
    """
    written = MembersWritten()
    try:
        group_id = _written_group(session, plan)
        add_members(session, group_id, plan.joining, written)
        remove_members(session, group_id, plan.leaving, written)
        _wait(session, plan, group_id, written)
        _raise_refusals(written)
    except EntraError as error:
        error.details["added"] = [one.to_result() for one in written.added]
        error.details["removed"] = [one.to_result() for one in written.removed]
        raise
    return group_id


def _written_group(session: Session, plan: RoleGroupPlan) -> str:
    """The id of the group, which is there now and has its description; whoever joins is added by its own request."""
    if plan.group is not None:
        if plan.changes_description:
            session.patch(f"{COLLECTION}/{plan.group.identifier}", {"description": plan.wanted.description or None})
        return plan.group.identifier
    return create_once(session, COLLECTION, _new_group(plan)).lower()


def _new_group(plan: RoleGroupPlan) -> Json:
    return {
        "displayName": plan.name,
        "description": plan.wanted.description or None,
        "mailEnabled": False,
        "mailNickname": nickname(plan.name),
        "securityEnabled": True,
    }


def _wait(session: Session, plan: RoleGroupPlan, group_id: str, written: MembersWritten) -> None:
    """Until the group has the description and the members that it was given, those that were refused aside."""
    refused = {one.identifier for one, _reason in written.refused}
    expected = frozenset(one.identifier for one in plan.members_after) - refused
    expectation = Expectation(NOUN, group_id, plan.name, group_id, expected)
    wait_until_met(session, [expectation], lambda _expectations: _unmet(session, plan, expectation, refused))


def _unmet(session: Session, plan: RoleGroupPlan, expectation: Expectation, refused: t.AbstractSet[str]) -> list[str]:
    """A new group must be found by its name: so the next task of the run finds it, and the next run makes no second."""
    shown = find_group(session, plan.name if plan.is_new else expectation.key)
    if shown is None:
        return [f"group {plan.name!r} is not there"]
    problems = []
    if (plan.is_new or plan.changes_description) and shown.description != plan.wanted.description:
        problems.append(f"group {plan.name!r} has another description")
    members = {one.identifier for one in read_members(session, shown.identifier)}
    if members - refused != expectation.value:
        problems.append(f"group {plan.name!r} has {len(members)} members, not {len(expectation.value)}")
    return problems


def _raise_refusals(written: MembersWritten) -> None:
    if not written.refused:
        return
    told = "; ".join(f"{member.shown}: {reason}" for member, reason in written.refused)
    raise ServiceRefused(
        f"Everything else was done. The service refused {len(written.refused)} members: {told}",
        remedy="Mend what is named and run again: what holds now is read first.",
        details={"refused": [{**member.to_result(), "reason": reason} for member, reason in written.refused]},
    )
