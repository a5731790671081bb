# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run keeps of a tenant before it writes: every object it may touch, as it was and as it is to be."""

from __future__ import annotations

from dataclasses import dataclass, field

from .._reconcile.shape import Json

BEGUN = "begun"
DONE = "done"
FAILED = "failed"


@dataclass(frozen=True)
class Form:
    """How an object is at a moment: canonical *content* in Graph's names, *state* where it has one.

    *raw* is what the service said, where that may be kept. Stand-ins for ids that were still to come may be in it.
    """

    name: str
    content: Json
    state: str = ""
    raw: Json = field(default_factory=dict)


@dataclass(frozen=True)
class TouchedObject:
    """One object that a run may touch.

    *resource* is its kind, *key* what identified it within the run, *identifier* its id, empty where the run was still
    to create it. *before* is None where there was none, *planned* where there is to be none. *was_deleted*: it lay in
    the bin. *is_kept* is false for what cannot be kept, and so not be put back.
    """

    resource: str
    key: str
    identifier: str
    name: str
    before: Form | None
    planned: Form | None
    was_deleted: bool = False
    is_kept: bool = True

    @property
    def label(self) -> str:
        """What it is called in messages."""
        return f"{self.resource} {self.name!r}"


@dataclass(frozen=True)
class PlannedAction:
    """One action of the run's plan, and whether it is known to have been carried out."""

    phase: str
    operation: str
    resource: str
    name: str
    reason: str
    is_done: bool = False


@dataclass(frozen=True)
class Snapshot:
    """What one run keeps.

    *run* is the module that ran, *undoes* the file of the snapshot that it was to put back, if that was its task.
    *status* is BEGUN until the run has ended; a run that was killed leaves it so. *created* holds ids of new objects by
    key. *is_unclear*: the last write got no clear answer.
    """

    tenant_id: str
    cloud: str
    api_version: str
    collection_version: str
    taken_at: str
    run: str
    undoes: str
    status: str
    objects: tuple[TouchedObject, ...]
    actions: tuple[PlannedAction, ...]
    created: dict[str, str] = field(default_factory=dict)
    is_unclear: bool = False

    @property
    def may_have_effect(self) -> bool:
        """Whether the run may have changed anything."""
        return self.status == BEGUN or self.is_unclear or any(action.is_done for action in self.actions)

    @property
    def is_finished(self) -> bool:
        """Whether the run was carried out to its end."""
        return self.status == DONE
