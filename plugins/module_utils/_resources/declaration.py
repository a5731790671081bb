# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What there is to say of a kind of named object: where it is, what form it has, how it is written."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field, replace

from .._directory.kinds import KINDS
from .._graph.errors import GuardRefused, OptionError
from .._graph.session import Session
from .._guard.permissions import Requirement
from .._reconcile.action import CREATE, DELETE, RESTORE, UPDATE, Action, Expectation
from .._reconcile.canonical import canonical
from .._reconcile.compare import full_body, patch_body
from .._reconcile.content_check import check_content
from .._reconcile.object_plan import (
    CurrentObject,
    DesiredObject,
    ObjectPlan,
    find_existing,
    refuse_taken_name,
    require_found,
    wanted_content,
)
from .._reconcile.option_path import prefix_of
from .._reconcile.shape import Json, Part, snake_case

Rule = t.Callable[[Json, str], None]
# Refusals of a deletion while the service has not noticed what it was prepared by; their texts are not known.
_NOT_PREPARED_YET = ("400 badrequest",)
_NOT_VISIBLE_YET = ("does not exist", "not found")

UpdateActions = t.Callable[["Resource", ObjectPlan], tuple[Action, ...]]


def _patch_action(resource: Resource, plan: ObjectPlan) -> tuple[Action, ...]:
    return (resource.patch_action(plan),)


@dataclass(frozen=True)
class Resource:
    """A kind of named object.

    *noun* is its module, *label* what people call it, *collection* its path. *options* is the form that options have,
    with the properties of all types. *shape_of* gives the form of an object from its content in Graph's names, partial
    or whole. *check* holds a wanted whole content of a form against the service's rules and raises OptionError; its
    second argument is the option path. *check_in_cloud* does so for what a cloud, its first argument, lacks.

    *limits* says how many of a form, by its name, a tenant holds. *read_only* says of a raw object whether the service
    accepts no change of it. *before_removal* gives the content that an object must have before it can be deleted, or
    None. *bin* is the path of the bin, if there is one. *details* are further properties that the service tells.
    *chooses_id*: whoever creates an object chooses its id. *update_actions* gives the actions of a change.
    """

    noun: str
    label: str
    collection: str
    options: Part
    shape_of: t.Callable[[Json], Part]
    read_permission: Requirement
    write_permission: Requirement
    check: Rule
    check_in_cloud: t.Callable[[str, Json, str], None] = lambda cloud, content, option: None
    limits: t.Mapping[str, int] = field(default_factory=dict)
    read_only: t.Callable[[Json], bool] = lambda raw: False
    before_removal: t.Callable[[Json], Json | None] = lambda content: None
    bin: str = ""
    details: tuple[str, ...] = ()
    chooses_id: bool = False
    update_actions: UpdateActions = _patch_action

    def read(self, session: Session) -> list[CurrentObject]:
        """All objects of the tenant, in one read, sorted by name."""
        found = [self.current(raw) for raw in session.list(self.collection)]
        return sorted(found, key=lambda one: (one.name, one.identifier))

    def read_deleted(self, session: Session) -> list[CurrentObject]:
        """All objects in the bin, in one read, sorted by name; none where there is no bin."""
        found = [self.current(raw) for raw in session.list(self.bin)] if self.bin else []
        return sorted(found, key=lambda one: (one.name, one.identifier))

    def current(self, raw: Json) -> CurrentObject:
        """An object from the service's answer."""
        shape = self.shape_of(raw)
        return CurrentObject(
            str(raw.get("id") or "").lower(), str(raw.get("displayName") or ""), canonical(shape, raw), raw, shape
        )

    def plan(
        self, desired: DesiredObject, existing: t.Sequence[CurrentObject], deleted: t.Sequence[CurrentObject] = ()
    ) -> ObjectPlan:
        """The plan for one object; *deleted* are those in the bin, as far as they were read.

        Raises EntraError for an ambiguous name, OptionError when what is wanted would break a rule of the service, and
        GuardRefused when the service accepts no change of the object.
        """
        current = find_existing(desired, existing, self.label)
        restored = self._restored(desired, deleted) if current is None else None
        current = current or restored
        if not self.chooses_id:
            require_found(desired, current, self.label)
        if not desired.is_present:
            plan = ObjectPlan(self.noun, self.shape_of({}), desired, current, None)
        else:
            check_content(self.options, desired.content, desired.option)
            shape = self._shape(desired, current)
            content = wanted_content(shape, desired, current)
            plan = ObjectPlan(self.noun, shape, desired, current, content, is_restored=restored is not None)
        self._refuse_read_only(plan)
        self._refuse_known_name(plan)
        if plan.is_changed and plan.content is not None:
            self.check(plan.content, desired.option)
        refuse_taken_name(plan.name, desired, current, existing, self.label)
        self._refuse_without_id(plan, existing)
        return plan

    def _restored(self, desired: DesiredObject, deleted: t.Sequence[CurrentObject]) -> CurrentObject | None:
        """The object in the bin that is wanted back, as it comes back: a location is not trusted then (facts 2.8)."""
        if not (desired.restores and desired.is_present):
            return None
        found = find_existing(desired, deleted, f"deleted {self.label}")
        return found and replace(found, content=self.before_removal(found.content) or found.content)

    def _shape(self, desired: DesiredObject, current: CurrentObject | None) -> Part:
        """The form of what is wanted; an existing object keeps its own."""
        shape = current.shape if current else self.shape_of(desired.content)
        foreign = [name for name, value in desired.content.items() if value and shape.field(name) is None]
        if foreign:
            existing = f"; {current.name!r} ({current.identifier}) is of that type" if current else ""
            raise OptionError(
                f"{prefix_of(desired.option)}{snake_case(foreign[0])}: the type {shape.name} does not have "
                f"it{existing}.",
                remedy="Make one object for each type; the type of an existing object cannot be changed.",
            )
        return shape

    def _refuse_read_only(self, plan: ObjectPlan) -> None:
        if plan.current is not None and plan.is_changed and self.read_only(plan.current.raw):
            raise GuardRefused(
                f"{prefix_of(plan.desired.option)}display_name: {self.label} {plan.current.name!r} belongs to the "
                "service and cannot be changed or removed.",
                remedy="Choose another name to make one of your own.",
            )

    def _refuse_known_name(self, plan: ObjectPlan) -> None:
        """A name that means the same object in every tenant must not mean another one in this tenant."""
        known = {name.lower() for name in KINDS[self.noun].known}
        is_named_so = plan.content is not None and plan.name.lower() in known
        if is_named_so and (plan.current is None or plan.current.name != plan.name):
            raise OptionError(
                f"{prefix_of(plan.desired.option)}display_name: {plan.name!r} is what policies call a {self.label} "
                "that every tenant has.",
                remedy="Choose another name.",
            )

    def _refuse_without_id(self, plan: ObjectPlan, existing: t.Sequence[CurrentObject]) -> None:
        if not (self.chooses_id and plan.is_new and plan.desired.identifier is None):
            return
        raise OptionError(
            f"{prefix_of(plan.desired.option)}id: there is no {self.label} named {plan.name!r}; a new one needs an id.",
            remedy=f"Give one that is free; taken: {', '.join(sorted(one.identifier for one in existing)) or 'none'}.",
        )

    def create_action(self, plan: ObjectPlan, reason: str) -> Action:
        """The action that creates the planned object."""
        action = self._action(plan, CREATE, reason, full_body(plan.shape, plan.content))
        if self.chooses_id:
            action = replace(action, object_id=plan.desired.identifier)
        undo = replace(action, operation=DELETE, reason=f"take back: {reason}", body=None, changes=())
        prepared = self.before_removal(plan.content or {})
        if prepared is not None:
            body = patch_body(plan.shape, plan.content or {}, prepared)
            undo = replace(undo, preceded_by=replace(undo, operation=UPDATE, body=body), waits_for=_NOT_PREPARED_YET)
        return replace(action, undo=undo)

    def restoring_actions(self, plan: ObjectPlan) -> tuple[Action, ...]:
        """The actions that bring an object back from the bin, and then to what is wanted of it."""
        reason = f"the {self.label} lies in the bin and is to be restored"
        restore = replace(self._action(plan, RESTORE, reason, None), collection=self.bin, changes=())
        take_back = replace(restore, operation=DELETE, collection=self.collection, reason=f"take back: {reason}")
        restore = replace(restore, undo=take_back)
        if not plan.changes:
            return (restore,)
        return (restore, *(replace(one, waits_for=_NOT_VISIBLE_YET) for one in self.update_actions(self, plan)))

    def patch_action(self, plan: ObjectPlan, reason: str = "") -> Action:
        """The action that changes properties of an existing object."""
        before, after = self._before(plan), plan.content or {}
        action = self._action(
            plan,
            UPDATE,
            reason or f"the {self.label} differs from what is wanted",
            patch_body(plan.shape, before, after),
        )
        undo = replace(action, reason="take back", body=patch_body(plan.shape, after, before), changes=())
        return replace(action, undo=undo)

    def preparing_action(self, plan: ObjectPlan) -> Action | None:
        """The action after which an object can be deleted, or None when it can be already."""
        prepared = self.prepared(plan)
        if prepared is None or plan.current is None:
            return None
        changed = replace(plan, shape=plan.current.shape, content=prepared)
        return self.patch_action(changed, f"the {self.label} is to be absent, and can only be removed like this")

    def prepared(self, plan: ObjectPlan) -> Json | None:
        """The content that the object must have before it can be deleted, or None when it has it already."""
        if not plan.is_removed or plan.current is None:
            return None
        return self.before_removal(plan.current.content)

    def delete_action(self, plan: ObjectPlan) -> Action:
        """The action that deletes an object."""
        action = self._action(plan, DELETE, f"the {self.label} is to be absent", None)
        undo = replace(action, operation=RESTORE, collection=self.bin, reason="take back") if self.bin else None
        return replace(action, undo=undo)

    def _before(self, plan: ObjectPlan) -> Json:
        return plan.current.content if plan.current else {}

    def _action(self, plan: ObjectPlan, operation: str, reason: str, body: Json | None) -> Action:
        identifier = plan.current.identifier if plan.current else None
        return Action(
            operation,
            self.noun,
            plan.key,
            plan.name,
            self.collection,
            reason,
            body,
            identifier,
            changes=tuple(plan.changes),
        )

    def expectation(self, plan: ObjectPlan, content: Json | None) -> Expectation:
        """What must be read back; None as *content* when the object must be gone."""
        return Expectation(self.noun, plan.key, plan.name, plan.current.identifier if plan.current else None, content)

    def unmet(
        self, expectations: t.Sequence[Expectation], found: t.Sequence[CurrentObject], created: t.Mapping[str, str]
    ) -> list[str]:
        """Which of *expectations* the objects *found* do not meet, in words."""
        by_id = {one.identifier: one for one in found}
        return [
            problem
            for one in expectations
            if (problem := self._problem(one, by_id.get((one.object_id or created.get(one.key, one.key)).lower())))
        ]

    def _problem(self, expected: Expectation, found: CurrentObject | None) -> str:
        if expected.value is None:
            return f"{self.label} {expected.name!r} is still there" if found else ""
        if found is None:
            return f"{self.label} {expected.name!r} is not there"
        return "" if found.content == expected.value else f"{self.label} {expected.name!r} is not as planned"
