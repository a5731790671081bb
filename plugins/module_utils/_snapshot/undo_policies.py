# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Puts back Conditional Access policies."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .._directory.directory import Directory
from .._graph.errors import OptionError
from .._graph.session import Session
from .._guard.cloud_capabilities import has_bin
from .._policy.canonical_policy import canonical_policy
from .._policy.desired import DesiredPolicy
from .._policy.policy_plan import ENABLED, NOUN, CurrentPolicy
from .._policy.policy_shape import POLICY
from .._policy.references import references
from .._policy.rules import check_rules
from .._policy.vocabulary import OPTION_BY_STATE
from .._reconcile.compare import merged
from .._reconcile.references import NamedReference
from .._reconcile.shape import Json
from .._resources import security_defaults as defaults
from .._resources.conditional_access_policy import read_deleted_policies, read_policies
from .._resources.objects import RESOURCES
from .ids import Ids
from .judge import LEAVE, REMAKE, REMOVE, RESTORE, Live, Seen, Verdict, judge
from .snapshot import Form, Snapshot, TouchedObject
from .undo import Told, Undo, option_at


def undo_policies(session: Session, snapshot: Snapshot, ids: Ids) -> Undo:
    """What puts back the policies of *snapshot*; *ids* says what the ids in them mean by now."""
    touched = [
        (index, _up_to_date(one, ids))
        for index, one in enumerate(snapshot.objects)
        if one.resource == NOUN and one.is_kept
    ]
    if not touched:
        return Undo()
    seen = _seen(session, snapshot.api_version, [one for _index, one in touched])
    verdicts = [(index, judge(one, seen, is_finished=snapshot.is_finished)) for index, one in touched]
    if any(_comes_back_enforced(verdict, seen) for _index, verdict in verdicts) and defaults.read_is_enabled(session):
        verdicts = [(index, _anew_if_enforced(verdict, seen)) for index, verdict in verdicts]
    directory = Directory(session)
    undo = Undo()
    for index, verdict in verdicts:
        possible = _with_what_it_names(_within_rules(option_at(index), verdict, seen), seen, directory)
        undo = undo.joined(_undo_one(option_at(index), possible))
    return undo


def mentions_of(touched: TouchedObject) -> list[NamedReference]:
    """What the policy named before the run, but for objects that a snapshot may hold itself."""
    mentions = references(touched.before.content) if touched.before else []
    return [one for one in mentions if one.kind not in RESOURCES]


def _comes_back_enforced(verdict: Verdict, seen: Seen) -> bool:
    """Whether the policy would be enforced at once when it comes back from the bin."""
    deleted = {one.identifier: one.state for one in seen.deleted}
    return verdict.action == RESTORE and deleted[verdict.identifier] == ENABLED


def _anew_if_enforced(verdict: Verdict, seen: Seen) -> Verdict:
    """While security defaults are on, nothing can come back enforced; a new policy can be staged."""
    return replace(verdict, action=REMAKE, identifier="") if _comes_back_enforced(verdict, seen) else verdict


def _up_to_date(touched: TouchedObject, ids: Ids) -> TouchedObject:
    """The policy with ids as they are by now, also of what the version that took the snapshot did not know yet."""
    before, planned = touched.before, touched.planned
    if before is not None:
        before = replace(before, content=_canonical(canonical_policy(before.raw or before.content), ids))
    if planned is not None:
        whole = merged(POLICY, before.content if before else {}, planned.content)
        planned = replace(planned, content=_canonical(whole, ids))
    identifier = touched.identifier or ids.created.get(touched.key, "")
    return replace(touched, identifier=identifier, before=before, planned=planned)


def _canonical(content: Json, ids: Ids) -> Json:
    return canonical_policy(ids.up_to_date(POLICY, content))


def _seen(session: Session, api_version: str, touched: t.Sequence[TouchedObject]) -> Seen:
    now = [_live(one) for one in read_policies(session, api_version)]
    there = {one.identifier for one in now}
    is_missing = any(one.before is not None and one.identifier not in there for one in touched)
    deleted = read_deleted_policies(session, api_version) if is_missing and has_bin(session.cloud) else []
    return Seen(now, [_live(one) for one in deleted])


def _live(current: CurrentPolicy) -> Live:
    return Live(current.identifier, current.name, current.content, current.state)


def _within_rules(option: str, verdict: Verdict, seen: Seen) -> Verdict:
    """The service may refuse today what it accepted once; that must not keep all else from being put back."""
    content = _to_be_written(verdict, seen)
    try:
        if content is not None:
            check_rules(content, option)
    except OptionError as broken:
        return replace(verdict, action=LEAVE, since="", problem=broken.message)
    return verdict


def _with_what_it_names(verdict: Verdict, seen: Seen, directory: Directory) -> Verdict:
    """Nor must a policy that names somebody who is gone by now, which the service would refuse."""
    if _to_be_written(verdict, seen) is None:
        return verdict
    gone = "; ".join(str(one) for one in directory.unresolved(mentions_of(verdict.touched)))
    return replace(verdict, action=LEAVE, since="", problem=gone) if gone else verdict


def _to_be_written(verdict: Verdict, seen: Seen) -> Json | None:
    """The content that the policy would have to be given; None where it has it, or is to have none."""
    before = verdict.touched.before
    if before is None or verdict.action in (LEAVE, REMOVE):
        return None
    every = (*seen.now, *seen.deleted)
    has_it = any(one.content == before.content for one in every if one.identifier == verdict.identifier)
    return None if has_it else before.content


def _undo_one(option: str, verdict: Verdict) -> Undo:
    touched = verdict.touched
    notes = [verdict.problem] if verdict.problem else []
    if touched.was_deleted and verdict.action == REMOVE:
        notes.append("it was restored from the bin and is deleted again; in the bin it is as the run has left it")
    desired = _desired(option, verdict)
    return Undo(
        policies=(desired,) if desired else (),
        changed_since=(Told(touched, verdict.since),) if verdict.since else (),
        not_undone=tuple(Told(touched, note) for note in notes),
        remade=(Told(touched, "it is made anew, with a new id"),) if verdict.is_remade else (),
    )


def _desired(option: str, verdict: Verdict) -> DesiredPolicy | None:
    before = verdict.touched.before
    if verdict.action == REMOVE:
        return _policy(option, verdict, None, restores=False)
    if verdict.action == LEAVE or before is None:
        return None
    return _policy(option, verdict, before, restores=verdict.action == RESTORE)


def _policy(option: str, verdict: Verdict, before: Form | None, *, restores: bool) -> DesiredPolicy:
    """The whole policy as it was, its exclusions included; gone when there was none."""
    state = OPTION_BY_STATE[before.state] if before else None
    return DesiredPolicy(
        option=option,
        identifier=verdict.identifier.lower() or None,
        name=before.name if before else verdict.touched.name,
        is_present=before is not None,
        content=before.content if before else {},
        is_whole=True,
        policy_state=state,
        initial_state=state or "disabled",
        excludes_emergency_access=False,
        restores=restores,
        says_exclusions=True,
    )
