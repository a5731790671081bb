# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Puts back the objects that policies refer to."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .._graph.errors import OptionError
from .._graph.session import Session
from .._guard.cloud_capabilities import has_bin
from .._reconcile.canonical import canonical
from .._reconcile.compare import merged
from .._reconcile.object_plan import CurrentObject, DesiredObject
from .._reconcile.shape import Json
from .._resources.declaration import Resource
from .._resources.objects import RESOURCES
from .ids import Ids
from .judge import LEAVE, PUT_BACK, REMAKE, REMOVE, RESTORE, Live, Seen, Verdict, judge
from .snapshot import Form, Snapshot, TouchedObject
from .undo import Told, Undo, option_at


def undo_objects(session: Session, snapshot: Snapshot, ids: Ids) -> Undo:
    """What puts back the objects of *snapshot*; *ids* learns what their ids mean by now."""
    undo = Undo()
    for noun, resource in RESOURCES.items():
        touched = [(index, one) for index, one in enumerate(snapshot.objects) if one.resource == noun and one.is_kept]
        if touched:
            seen = _seen(session, resource, [one for _index, one in touched])
            for index, one in touched:
                undo = undo.joined(_undo_one(resource, option_at(index), one, seen, snapshot, ids))
    return undo


def _seen(session: Session, resource: Resource, touched: t.Sequence[TouchedObject]) -> Seen:
    now = [_live(one) for one in resource.read(session)]
    there = {one.identifier for one in now}
    is_missing = any(one.before is not None and one.identifier not in there for one in touched)
    deleted = resource.read_deleted(session) if is_missing and has_bin(session.cloud) else []
    return Seen(now, [_live(one) for one in deleted])


def _live(current: CurrentObject) -> Live:
    return Live(current.identifier, current.name, current.content)


def _undo_one(
    resource: Resource, option: str, touched: TouchedObject, seen: Seen, snapshot: Snapshot, ids: Ids
) -> Undo:
    before = _canonical(resource, touched.before)
    planned = _canonical(resource, touched.planned, before)
    touched = replace(
        touched,
        identifier=touched.identifier or ids.created.get(touched.key, ""),
        before=before,
        planned=planned,
    )
    # Before it is removed an object may have to be changed, and a run may have been ended in between.
    prepared = resource.before_removal(before.content) if before and planned is None else None
    passing = [prepared] if prepared else []
    verdict = judge(touched, seen, is_finished=snapshot.is_finished, passing=passing)
    verdict = _within_rules(resource, option, verdict)
    _learn(ids, verdict)
    told = Undo(
        changed_since=(Told(touched, verdict.since),) if verdict.since else (),
        not_undone=(Told(touched, verdict.problem),) if verdict.problem else (),
        remade=(Told(touched, "it is made anew, with a new id"),)
        if verdict.is_remade and not resource.chooses_id
        else (),
    )
    desired = _desired(resource, option, verdict)
    return replace(told, objects=((resource.noun, desired),)) if desired else told


def _canonical(resource: Resource, form: Form | None, base: Form | None = None) -> Form | None:
    """*form* as it would be read now; what the version that took the snapshot did not know is as in *base*."""
    if form is None:
        return None
    said = form.raw or form.content
    shape = resource.shape_of(said)
    return replace(form, content=canonical(shape, merged(shape, base.content if base else {}, said)))


def _within_rules(resource: Resource, option: str, verdict: Verdict) -> Verdict:
    """The service may refuse today what it accepted once; that must not keep all else from being put back."""
    before = verdict.touched.before
    if before is None or verdict.action not in (PUT_BACK, REMAKE):
        return verdict
    try:
        resource.check(before.content, option)
    except OptionError as broken:
        return Verdict(verdict.touched, LEAVE, verdict.identifier, problem=broken.message)
    return verdict


def _learn(ids: Ids, verdict: Verdict) -> None:
    touched = verdict.touched
    if touched.before is None:
        if verdict.identifier:
            ids.created.setdefault(touched.key, verdict.identifier)
    elif verdict.is_remade or verdict.identifier != touched.identifier:
        ids.moved[touched.resource, touched.identifier] = verdict.identifier or touched.before.name


def _desired(resource: Resource, option: str, verdict: Verdict) -> DesiredObject | None:
    touched = verdict.touched
    if verdict.action == REMOVE:
        return DesiredObject(option, verdict.identifier, touched.name, None, is_present=False, content={})
    if verdict.action == LEAVE or touched.before is None:
        return None
    identifier = touched.identifier if resource.chooses_id else verdict.identifier
    return DesiredObject(
        option,
        identifier or None,
        touched.before.name,
        None,
        is_present=True,
        content=_spoken_of(touched.before.content),
        is_whole=True,
        restores=verdict.action == RESTORE,
    )


def _spoken_of(content: Json) -> Json:
    """*content* without what has no value, which for a whole object is the same."""
    return {name: value for name, value in content.items() if value is not None}
