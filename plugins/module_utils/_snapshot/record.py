# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps a snapshot around a run: written before its first write, and once more when it has ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from .._graph.errors import EntraError, OptionError, OutcomeUnknown
from .._graph.private_file import make_private_folder, replace_private
from .._graph.session import Session
from .._reconcile.action import Plan
from .._reconcile.carry_out import Progress
from .._resources.outcome import Outcome
from .collection_version import COLLECTION_VERSION
from .document import text_of
from .place import OPTION, SnapshotPlace, file_name, files_in
from .snapshot import BEGUN, DONE, FAILED, Snapshot
from .take import planned_actions, touched_objects


@dataclass(frozen=True)
class Keeping:
    """That a run keeps a snapshot: at a *place*, by the module *run*; *undoes* is the snapshot that it puts back."""

    place: SnapshotPlace
    run: str
    undoes: str = ""


@dataclass
class Record:
    """The snapshot of one run: the *path* of its file, empty where none is kept, and what went wrong with it."""

    path: str = ""
    problems: list[str] = field(default_factory=list)


@contextmanager
def recorded(
    session: Session, outcome: Outcome, api_version: str, keeping: Keeping | None, progress: Progress
) -> Iterator[Record]:
    """Keep a snapshot of what the plan of *outcome* may touch, and note at the end what *progress* says.

    Raises OptionError when it cannot be written; nothing else may have been written by then. An EntraError of the run
    tells the path in its details.
    """
    if keeping is None:
        yield Record()
        return
    now = datetime.now(UTC)
    snapshot = Snapshot(
        tenant_id=session.claims.tenant_id,
        cloud=session.cloud,
        api_version=api_version,
        collection_version=COLLECTION_VERSION,
        taken_at=now.isoformat(timespec="microseconds"),
        run=keeping.run,
        undoes=keeping.undoes,
        status=BEGUN,
        objects=touched_objects(outcome),
        actions=planned_actions(outcome.plan),
    )
    path = keeping.place.folder(snapshot.tenant_id) / file_name(now)
    _begin(path, snapshot)
    record = Record(str(path), _tidy(path.parent, keeping.place.keep))
    try:
        yield record
    except EntraError as error:
        unclear = isinstance(error, OutcomeUnknown)
        _finish(record, _ended(snapshot, outcome.plan, progress, FAILED, is_unclear=unclear))
        _tell(error, record)
        raise
    except KeyboardInterrupt:
        _finish(record, _ended(snapshot, outcome.plan, progress, FAILED, is_unclear=True))
        raise
    _finish(record, _ended(snapshot, outcome.plan, progress, DONE))


def _begin(path: Path, snapshot: Snapshot) -> None:
    try:
        make_private_folder(path.parent)
        replace_private(path, text_of(snapshot))
    except OSError as error:
        raise OptionError(
            f"{OPTION}: no snapshot of the tenant can be written to {str(path.parent)!r} ({_why(error)}). Nothing was "
            "changed.",
            remedy="Give a directory that the user who runs the task may write to, or snapshot.enabled: false to go "
            "without a way back.",
        ) from None


def _ended(snapshot: Snapshot, plan: Plan, progress: Progress, status: str, *, is_unclear: bool = False) -> Snapshot:
    return replace(
        snapshot,
        status=status,
        actions=planned_actions(plan, progress.done),
        created=dict(progress.created),
        is_unclear=is_unclear,
    )


def _finish(record: Record, snapshot: Snapshot) -> None:
    """Write how the run ended. The first form stays when that fails, and is enough to put things back."""
    try:
        replace_private(Path(record.path), text_of(snapshot))
    except OSError as error:
        record.problems.append(
            f"How the run ended could not be written to the snapshot {record.path!r} ({_why(error)}); what was there "
            "before is in it."
        )


def _tidy(folder: Path, keep: int) -> list[str]:
    """Remove all but the newest; what went wrong is no reason to stop the run."""
    try:
        for stale in files_in(folder)[keep:]:
            stale.unlink(missing_ok=True)
    except OSError as error:
        return [f"Old snapshots in {str(folder)!r} could not be removed ({_why(error)})."]
    return []


def _tell(error: EntraError, record: Record) -> None:
    error.details["snapshot"] = record.path
    if record.problems:
        error.details["snapshot_problems"] = list(record.problems)
    was_put_back = "restored" in error.details and not error.details.get("not_restored")
    if error.details.get("done") and not was_put_back:
        advice = f"m365.entra.tenant_undo puts back what was there before, with from_snapshot: {record.path}"
        error.remedy = " ".join(filter(None, (error.remedy, advice)))


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__
