# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Brings one application to what is wanted of it: find, plan, guard, apply, read back."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace
from datetime import datetime

from .._directory.directory import Directory
from .._directory.principals import Principal
from .._graph.errors import EntraError, GuardRefused, VerificationFailed
from .._graph.session import Session
from .._guard.tenant_identity import require_named_tenant
from .._policy.references import NamedReference
from .._reconcile.action import Action, Plan
from .._reconcile.present import as_it_is, plan_result
from .._reconcile.shape import Json
from .application_plan import creation, plan_application, restoration, settings_of
from .bring_up import bring_up
from .carry_out_application import carry_out_all, note_progress
from .finding import deleted_principal, find_application, find_by_name_or_id, find_in_bin, read_application
from .guards import require_reading, require_writable
from .pair import ApplicationPair
from .patience import wait_for
from .setting import MODES
from .template import NOT_IN_THE_GALLERY, find_template, require_mode
from .wanted_application import WantedApplication


@dataclass(frozen=True)
class ApplicationOutcome:
    """What became of an application: the plan, the answers of the guards, and the application as it is, if it is."""

    plan: Plan
    pair: ApplicationPair | None = None
    guards: tuple[Json, ...] = ()


@dataclass(frozen=True)
class _Beginning:
    """How an application comes into being, and the deleted registration that comes back, if one does."""

    action: Action
    deleted: Json | None = None


@dataclass(frozen=True)
class _Run:
    """One run: its session, what is wanted, who is to own it, and when it is."""

    session: Session
    wanted: WantedApplication
    owners: tuple[Principal, ...]
    now: datetime


def reconcile_application(
    session: Session, wanted: WantedApplication, now: datetime, *, check_mode: bool
) -> ApplicationOutcome:
    """Bring the application to what is wanted; with *check_mode* only say what would be done.

    Raises an EntraError, before any write, when it cannot be told which is meant or a guard refuses.
    """
    session.before_first_write(lambda: require_named_tenant(session))
    require_reading(session, wanted)
    run = _Run(session, wanted, _owners(session, wanted), now)
    pair = find_application(session, wanted)
    beginning = _beginning(session, wanted) if pair is None and wanted.is_present else None
    first = beginning.action if beginning else None
    plan = plan_application(wanted, pair or _expected(session, beginning), run.owners, now, first)
    if plan.is_empty:
        return ApplicationOutcome(plan, pair)
    try:
        guards = require_writable(session, wanted, pair, plan)
    except GuardRefused as refusal:
        refusal.details.update(plan=plan_result(plan, as_it_is), plan_status="blocked")
        raise
    if check_mode:
        require_named_tenant(session)
        return ApplicationOutcome(plan, pair, guards)
    return replace(_apply(run, pair, plan, first), guards=guards)


def _owners(session: Session, wanted: WantedApplication) -> tuple[Principal, ...]:
    """Who is to own it. Raises UnresolvedReferences that names everybody who cannot be found."""
    if not wanted.owners:
        return ()
    directory = Directory(session)
    mentions = [NamedReference("user", one, f"owners[{index}]") for index, one in enumerate(wanted.owners)]
    directory.resolve(mentions)
    identifiers = sorted({directory.identify("user", one) for one in wanted.owners})
    return tuple(sorted(Principal(directory.name_of("user", one) or one, one) for one in identifiers))


def _beginning(session: Session, wanted: WantedApplication) -> _Beginning:
    """How an application that is not there comes into being. Raises EntraError where it cannot."""
    deleted = find_in_bin(session, wanted) if wanted.restores else None
    if deleted is not None:
        return _Beginning(restoration(wanted, deleted), deleted)
    if wanted.identifier:
        raise EntraError(
            f"id: there is no application with the application id {wanted.identifier} in this tenant.",
            remedy="Correct the id, give restore: true if it was deleted, or leave it out to make an application. "
            "Nothing was written.",
        )
    template = find_template(session, wanted.template or NOT_IN_THE_GALLERY, "template")
    mode = wanted.settings.get("single_sign_on_mode")
    if mode not in (None, "none", "linked"):
        require_mode(template, MODES.get(mode), "single_sign_on_mode")
    return _Beginning(creation(wanted, template))


def _expected(session: Session, beginning: _Beginning | None) -> ApplicationPair | None:
    """What an application is like that comes back from the bin, as far as the bin tells."""
    if beginning is None or beginning.deleted is None:
        return None
    application_id = str(beginning.deleted.get("appId") or "")
    return ApplicationPair(beginning.deleted, deleted_principal(session, application_id) or {})


def _apply(run: _Run, pair: ApplicationPair | None, plan: Plan, beginning: Action | None) -> ApplicationOutcome:
    """Carry out *plan*; what an application is like that comes into being is only known then, and planned again."""
    done: list[Action] = []
    if not run.wanted.is_present:
        carry_out_all(run.session, plan.actions, done)
        _require_gone(run, plan)
        return ApplicationOutcome(plan)
    if beginning is not None:
        pair = _brought_up(run, beginning, plan)
        done.append(beginning)
    if pair is None:
        raise EntraError(f"{run.wanted.label!r}: there is no application to be changed.")
    actions = settings_of(run.wanted, pair, run.owners, run.now)
    carry_out_all(run.session, actions, done)
    carried_out = replace(plan, phases=(replace(plan.phases[0], actions=tuple(done)),))
    return ApplicationOutcome(carried_out, _read_back(run, pair, actions))


def _brought_up(run: _Run, beginning: Action, plan: Plan) -> ApplicationPair:
    try:
        ids = bring_up(run.session, beginning, run.wanted)
    except EntraError as error:
        error.message = f"{beginning.name!r}: {error.message}"
        note_progress(error, [], plan.actions)
        raise
    return read_application(run.session, *ids, run.wanted)


def _read_back(run: _Run, pair: ApplicationPair, actions: t.Sequence[Action]) -> ApplicationPair:
    """The application as the service shows it once nothing more is to be done. Raises VerificationFailed."""
    if not actions:
        return pair

    def look() -> ApplicationPair | None:
        found = read_application(run.session, pair.registration_id, pair.principal_id, run.wanted)
        return None if settings_of(run.wanted, found, run.owners, run.now) else found

    found = wait_for(run.session, look)
    if found is None:
        missing = sorted({change.path for action in actions for change in action.changes})
        error = VerificationFailed(
            f"{pair.name!r}: the service does not show what was written of {', '.join(missing)}.",
            remedy="Wait some minutes, then run again.",
        )
        note_progress(error, actions, [])
        raise error
    return found


def _require_gone(run: _Run, plan: Plan) -> None:
    wanted = run.wanted

    def look() -> bool | None:
        return None if find_by_name_or_id(run.session, wanted.name, wanted.identifier) else True

    if wait_for(run.session, look) is None:
        error = VerificationFailed(
            f"{wanted.label!r}: the service still shows what was deleted.", remedy="Wait some minutes, then run again."
        )
        note_progress(error, plan.actions, [])
        raise error
