# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The objects that policies refer to: read, planned, and put before and after the policies in one plan.

What policies need is there before they are written, and what they needed goes when they no longer refer to it.
"""

from __future__ import annotations

import typing as t

from .._directory.directory import Directory
from .._graph.errors import GuardRefused
from .._graph.session import Session
from .._policy.references import references
from .._reconcile.action import Action, Expectation, Phase
from .._reconcile.object_plan import CurrentObject, DesiredObject, ObjectPlan, check_plans_differ
from .._reconcile.shape import Json
from . import group
from .authentication_context import AUTHENTICATION_CONTEXT
from .authentication_strength_policy import AUTHENTICATION_STRENGTH_POLICY
from .declaration import Resource
from .named_location import NAMED_LOCATION
from .tenant_plan import Around

RESOURCES: dict[str, Resource] = {
    resource.noun: resource for resource in (NAMED_LOCATION, AUTHENTICATION_CONTEXT, AUTHENTICATION_STRENGTH_POLICY)
}

Objects = t.Mapping[str, tuple[CurrentObject, ...]]
Listed = t.Mapping[str, tuple[DesiredObject, ...]]


def read_objects(session: Session, nouns: t.Iterable[str]) -> dict[str, tuple[CurrentObject, ...]]:
    """All objects of the kinds *nouns*, in one read for each kind."""
    return {noun: tuple(RESOURCES[noun].read(session)) for noun in nouns}


def read_deleted_objects(session: Session, wanted: Listed) -> dict[str, tuple[CurrentObject, ...]]:
    """The objects in the bin, of the kinds of which one is wanted back; in one read for each."""
    nouns = [noun for noun, desired in wanted.items() if any(one.restores for one in desired)]
    return {noun: tuple(RESOURCES[noun].read_deleted(session)) for noun in nouns}


def plan_objects(
    wanted: Listed, existing: Objects, cloud: str, deleted: Objects | None = None
) -> tuple[ObjectPlan, ...]:
    """The plans for all wanted objects, in a *cloud*; *deleted* are those in the bin, as far as they were read.

    Raises what Resource.plan raises, and OptionError when two mean the same or the cloud lacks something.
    """
    plans: list[ObjectPlan] = []
    for noun, desired in wanted.items():
        resource, current = RESOURCES[noun], existing[noun]
        of_kind = [resource.plan(one, current, (deleted or {}).get(noun, ())) for one in desired]
        check_plans_differ(of_kind)
        _check_limits(resource, of_kind, current)
        for plan in of_kind:
            if plan.content is not None and plan.is_changed:
                resource.check_in_cloud(cloud, plan.content, plan.desired.option)
        plans.extend(of_kind)
    return tuple(plans)


def _check_limits(resource: Resource, plans: t.Sequence[ObjectPlan], existing: t.Sequence[CurrentObject]) -> None:
    """Raise GuardRefused when new objects would take the tenant over what it holds of one form, also for a moment.

    What goes, goes last.
    """
    for form, limit in resource.limits.items():
        new = sum((plan.is_new or plan.is_restored) and plan.shape.name == form for plan in plans)
        there = sum(one.shape.name == form and not resource.read_only(one.raw) for one in existing)
        if new and there + new > limit:
            raise GuardRefused(
                f"{new} new objects of the kind {resource.label} would make {there + new}; a tenant holds at most "
                f"{limit}.",
                remedy="Remove those that are no longer needed first, in a run of its own. Nothing was written.",
            )


def tell_directory(directory: Directory, plans: t.Iterable[ObjectPlan], existing: Objects) -> None:
    """Let names mean what they will mean: the directory learns what is there, what comes, goes and changes its name."""
    for noun, found in existing.items():
        directory.provide(noun, [one.raw for one in found])
    for plan in plans:
        current = plan.current
        if plan.is_removed and current is not None:
            directory.expect_removal(plan.resource, current.name, current.identifier)
        elif plan.content is not None:
            directory.expect(plan.resource, plan.name, plan.key, current.name if current else None)


class Referring(t.Protocol):
    """A policy, as far as it refers to objects."""

    @property
    def name(self) -> str:
        """Its display name."""

    @property
    def content(self) -> Json:
        """Its canonical content."""


def refuse_removal_of_used(plans: t.Iterable[ObjectPlan], policies: t.Iterable[Referring]) -> None:
    """Raise GuardRefused when an object is to be removed that a policy refers to after the run.

    *policies* are all policies of the tenant as they will be.
    """
    users: dict[tuple[str, str], list[str]] = {}
    for policy in policies:
        for mention in references(policy.content):
            users.setdefault((mention.kind, mention.value), []).append(policy.name)
    for plan in plans:
        using = users.get((plan.resource, plan.current.identifier)) if plan.is_removed and plan.current else None
        if using:
            names = ", ".join(repr(name) for name in sorted(set(using)))
            raise GuardRefused(
                f"{plan.desired.option or plan.resource}: {RESOURCES[plan.resource].label} {plan.name!r} cannot be "
                f"removed; these policies refer to it: {names}.",
                remedy="Take it out of these policies first, or in the same tenant_configuration. Nothing was written.",
            )


def phases_around(plans: t.Sequence[ObjectPlan], new_groups: t.Sequence[str]) -> Around:
    """What happens before the policies are written, and what after."""
    return Around(
        before=(_provide(plans, new_groups),),
        after=(_prepare_removals(plans), _remove(plans)),
    )


def _provide(plans: t.Sequence[ObjectPlan], new_groups: t.Sequence[str]) -> Phase:
    actions: list[Action] = [group.create_action(name) for name in new_groups]
    expectations: list[Expectation] = [group.expectation(name) for name in new_groups]
    for plan in plans:
        if plan.content is None or not plan.is_changed:
            continue
        resource = RESOURCES[plan.resource]
        if plan.is_new:
            actions.append(resource.create_action(plan, f"there is no {resource.label} of this name"))
        elif plan.is_restored:
            actions.extend(resource.restoring_actions(plan))
        else:
            actions.extend(resource.update_actions(resource, plan))
        expectations.append(resource.expectation(plan, plan.content))
    return Phase("provide what policies refer to", tuple(actions), tuple(expectations))


def _prepare_removals(plans: t.Sequence[ObjectPlan]) -> Phase:
    actions: list[Action] = []
    expectations: list[Expectation] = []
    for plan in plans:
        resource = RESOURCES[plan.resource]
        action = resource.preparing_action(plan)
        if action is not None:
            actions.append(action)
            expectations.append(resource.expectation(plan, resource.prepared(plan)))
    return Phase("prepare what is to be removed", tuple(actions), tuple(expectations), is_tidying=True)


def _remove(plans: t.Sequence[ObjectPlan]) -> Phase:
    removed = [plan for plan in plans if plan.is_removed]
    return Phase(
        "remove what policies no longer refer to",
        tuple(RESOURCES[plan.resource].delete_action(plan) for plan in removed),
        tuple(RESOURCES[plan.resource].expectation(plan, None) for plan in removed),
        is_tidying=True,
    )


def planned_objects(plans: t.Iterable[ObjectPlan], existing: t.Sequence[CurrentObject]) -> list[CurrentObject]:
    """All objects of one kind as they will be; a new one has no id unless its id was chosen."""
    plans = list(plans)
    touched = {plan.current.identifier for plan in plans if plan.current}
    planned = [
        CurrentObject(
            plan.current.identifier if plan.current else plan.desired.identifier or "",
            plan.name,
            plan.content,
            plan.current.raw if plan.current else {},
            plan.shape,
        )
        for plan in plans
        if plan.content is not None
    ]
    return [*planned, *(one for one in existing if one.identifier not in touched)]


def read_permissions(nouns: t.Iterable[str]) -> list[t.Any]:
    """What reading objects of the kinds *nouns* needs."""
    return [RESOURCES[noun].read_permission for noun in nouns]


def write_permissions(plans: t.Iterable[ObjectPlan]) -> list[t.Any]:
    """What carrying out *plans* needs."""
    return [RESOURCES[noun].write_permission for noun in sorted({plan.resource for plan in plans if plan.is_changed})]
