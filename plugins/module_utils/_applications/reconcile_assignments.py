# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Brings the assignments of one application to what is wanted: names first, then plan, guard, apply, read back."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._directory.directory import Directory
from .._directory.principals import GROUP, USER, Principal
from .._graph.errors import EntraError, GuardRefused, OptionError, ServiceRefused, VerificationFailed
from .._graph.session import Session
from .._guard import permissions
from .._guard.license import require_license
from .._guard.tenant_identity import require_named_tenant
from .._policy.references import NamedReference
from .._reconcile.action import DELETE, Action, Plan
from .._reconcile.canonical import is_guid
from .._reconcile.present import as_it_is, plan_result
from .._reconcile.shape import Json
from .._resources.asked_guards import ask_guards
from .._resources.license import read_license
from .app_role import AppRole, find_role, roles_of
from .assignment import Assignment, AssignmentEdit, assignment_plan, assignments_from, planned
from .carry_out_application import note_progress
from .guards import WRITE_ASSIGNMENTS
from .patience import wait_for

_ALREADY = "already exists"
_NOT_FOUND = 404
_SELECT = "id,appId,displayName,appRoles"


@dataclass(frozen=True)
class WantedAssignment:
    """One assignment as it was given: whom, of which *kind*, with which *role* if one was said; *path* is where."""

    kind: str
    name: str
    role: str | None
    path: str


@dataclass(frozen=True)
class WantedAssignments:
    """What is wanted of *application*, a name or an application id; *whole* is None unless it is all there is to be."""

    application: str
    added: tuple[WantedAssignment, ...] = ()
    removed: tuple[WantedAssignment, ...] = ()
    whole: tuple[WantedAssignment, ...] | None = None

    @property
    def all_named(self) -> tuple[WantedAssignment, ...]:
        """Everybody who is named, wherever."""
        return (*self.added, *self.removed, *(self.whole or ()))


@dataclass(frozen=True)
class AssignmentOutcome:
    """What became of an application's assignments."""

    application: Json
    plan: Plan
    assignments: tuple[Assignment, ...]
    guards: tuple[Json, ...] = ()


def reconcile_assignments(session: Session, wanted: WantedAssignments, *, check_mode: bool) -> AssignmentOutcome:
    """Bring the assignments to what is wanted; with *check_mode* only say what would be done."""
    session.before_first_write(lambda: require_named_tenant(session))
    _require_reading(session, wanted)
    directory = Directory(session)
    application = _application(session, directory, wanted)
    principal_id, roles = str(application["id"]).lower(), roles_of(application)
    edit = _edit(wanted, directory, roles)
    current = _read(session, principal_id, roles)
    joining, leaving = planned(current, edit)
    plan = assignment_plan(str(application.get("displayName")), principal_id, joining, leaving)
    if plan.is_empty:
        return AssignmentOutcome(application, plan, tuple(current))
    try:
        guards = _require_writable(session, str(application.get("displayName")), joining)
    except GuardRefused as refusal:
        refusal.details.update(plan=plan_result(plan, as_it_is), plan_status="blocked")
        raise
    if check_mode:
        require_named_tenant(session)
        return AssignmentOutcome(application, plan, tuple(current), guards)
    _carry_out(session, plan)
    return AssignmentOutcome(application, plan, _read_back(session, principal_id, roles, edit, plan), guards)


def _require_reading(session: Session, wanted: WantedAssignments) -> None:
    kinds = {one.kind for one in wanted.all_named}
    needed = [permissions.READ_APPLICATIONS]
    needed.extend([permissions.READ_USERS] if USER in kinds else [])
    needed.extend([permissions.READ_GROUPS] if GROUP in kinds else [])
    permissions.require_permissions(needed, session.claims.permissions)


def _application(session: Session, directory: Directory, wanted: WantedAssignments) -> Json:
    """The service principal with its roles. Raises UnresolvedReferences that names all that cannot be found."""
    mentions = [NamedReference("application", wanted.application, "application")]
    mentions.extend(
        NamedReference(one.kind, one.name, one.path) for one in wanted.all_named if not _may_be_gone(one, wanted)
    )
    directory.resolve(mentions)
    application_id = directory.identify("application", wanted.application)
    found = directory.object_of("application", application_id)
    return session.get(f"/servicePrincipals/{found['id']}", select=_SELECT)


def _may_be_gone(one: WantedAssignment, wanted: WantedAssignments) -> bool:
    """Who is to leave may be gone from the tenant already, so that an id need not be found."""
    return one in wanted.removed and is_guid(one.name)


def _edit(wanted: WantedAssignments, directory: Directory, roles: t.Sequence[AppRole]) -> AssignmentEdit:
    """The assignments with ids. Raises OptionError that names every role that cannot be told."""
    problems: list[str] = []

    def role_of(one: WantedAssignment) -> AppRole | None:
        found = find_role(roles, one.role)
        if isinstance(found, str):
            problems.append(f"{one.path}.role: {found}")
            return None
        return found

    def assigned(given: t.Iterable[WantedAssignment]) -> tuple[Assignment, ...]:
        pairs = ((_principal(directory, one), role_of(one)) for one in given)
        return tuple(Assignment(who, role.identifier, role.name) for who, role in pairs if role is not None)

    added = assigned(wanted.added)
    whole = None if wanted.whole is None else assigned(wanted.whole)
    leaving = [(one, role_of(one) if one.role else None) for one in wanted.removed]
    if problems:
        raise OptionError("; ".join(problems) + ".", remedy="Correct the names of roles. Nothing was written.")
    removed = tuple((_principal(directory, one), role.identifier if role else None) for one, role in leaving)
    return AssignmentEdit(added, removed, whole)


def _principal(directory: Directory, one: WantedAssignment) -> Principal:
    identifier = directory.identify(one.kind, one.name)
    return Principal(directory.name_of(one.kind, identifier) or identifier, identifier, one.kind)


def _read(session: Session, principal_id: str, roles: t.Sequence[AppRole]) -> list[Assignment]:
    return assignments_from(session.list(f"/servicePrincipals/{principal_id}/appRoleAssignedTo"), roles)


def _require_writable(session: Session, application: str, joining: t.Sequence[Assignment]) -> tuple[Json, ...]:
    groups = [one for one in joining if one.principal.kind == GROUP]
    guards: dict[str, t.Callable[[], None]] = {
        "permissions": lambda: permissions.require_permissions(
            [permissions.READ_ORGANIZATION, WRITE_ASSIGNMENTS], session.claims.permissions
        )
    }
    if groups:
        guards["license"] = lambda: _check_license(session, application, groups)
    return ask_guards(guards)


def _check_license(session: Session, application: str, groups: t.Sequence[Assignment]) -> None:
    permissions.require_permissions([permissions.READ_LICENSE], session.claims.permissions)
    needed = {f"{application}: group {one.principal.name}": "p1" for one in groups}
    require_license(needed, read_license(session))


def _carry_out(session: Session, plan: Plan) -> None:
    done: list[Action] = []
    for action in plan.actions:
        try:
            _send(session, action)
        except EntraError as error:
            error.message = f"{action.name}: {error.message}"
            note_progress(error, done, [one for one in plan.actions if one not in done])
            raise
        done.append(action)


def _send(session: Session, action: Action) -> None:
    """Whoever has the role already, or has it no longer, is what is wanted: somebody else has been faster."""
    try:
        if action.operation == DELETE:
            session.delete(f"{action.collection}/{action.object_id}")
        else:
            session.post(action.collection, action.body)
    except ServiceRefused as refusal:
        is_there = action.operation != DELETE and _ALREADY in refusal.message.lower()
        is_gone = action.operation == DELETE and refusal.status == _NOT_FOUND
        if not (is_there or is_gone):
            raise


def _read_back(
    session: Session, principal_id: str, roles: t.Sequence[AppRole], edit: AssignmentEdit, plan: Plan
) -> tuple[Assignment, ...]:
    def look() -> tuple[Assignment, ...] | None:
        found = _read(session, principal_id, roles)
        return None if any(planned(found, edit)) else tuple(found)

    found = wait_for(session, look)
    if found is None:
        error = VerificationFailed(
            "assignments: the service does not show what was written.", remedy="Wait some minutes, then run again."
        )
        note_progress(error, plan.actions, [])
        raise error
    return found
