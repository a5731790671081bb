# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a plan is made of: actions, each with its reason, in phases that are verified one after the other."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.api_versions import V1
from .compare import Change
from .shape import Json

CREATE = "create"
UPDATE = "update"
DELETE = "delete"
RESTORE = "restore"


@dataclass(frozen=True)
class Action:
    """One write.

    *key* identifies the object within the run, also before the service has given it an id; *collection* is the path of
    its collection (or of a singleton), *object_id* its id where it is known (None for a singleton and for what this run
    creates; a creation with an id chooses it). *undo* is the action that takes this one back, or None when there is
    nothing to take back. *waits_for* are parts of refusals (in lower case) that only say that the service has not
    noticed an earlier action yet. *makes_way_for* is the path of the next action's request when that must follow at
    once and not wait for its turn. *calls* is the object's action that an update calls instead of changing properties.
    *preceded_by* is what must be done right before. *is_independent*: a refusal of it is no reason to leave undone what
    comes after. With a *portal_method* (PUT or PATCH) the write goes to the portal's service whose address *collection*
    is, with a token for *portal_scope*; *portal_read* is the object that the plan was made from. *if_refused* is what a
    person can do when the service refuses the action (400) and does not say why.
    """

    operation: str
    resource: str
    key: str
    name: str
    collection: str
    reason: str
    body: Json | None = None
    object_id: str | None = None
    is_singleton: bool = False
    changes: tuple[Change, ...] = ()
    undo: Action | None = None
    waits_for: tuple[str, ...] = ()
    makes_way_for: str = ""
    calls: str = ""
    preceded_by: Action | None = None
    is_independent: bool = False
    api_version: str = V1
    portal_method: str = ""
    portal_scope: str = ""
    portal_read: Json | None = None
    if_refused: str = ""


@dataclass(frozen=True)
class Expectation:
    """What must be read back after a phase: *value* is the resource's canonical value, None when it must be gone."""

    resource: str
    key: str
    name: str
    object_id: str | None
    value: t.Any


@dataclass(frozen=True)
class Phase:
    """Actions that may be carried out one after the other, and what must hold before the next phase begins.

    *protects*: taking the phase back brings protection back; when that fails, later phases must not stay undone.
    *stands_alone*: a failure in it is no reason to take back what earlier phases have achieved. *is_tidying*: it stands
    alone, and takes away what may still be needed where something before could not be written.
    """

    name: str
    actions: tuple[Action, ...]
    expectations: tuple[Expectation, ...]
    protects: bool = False
    is_tidying: bool = False
    stands_alone: bool = False
    is_turning_point: bool = False

    @property
    def takes_nothing_back(self) -> bool:
        """Whether a failure in it leaves as it is what earlier phases have achieved."""
        return self.is_tidying or self.stands_alone


@dataclass(frozen=True)
class Plan:
    """Everything one run would do to a tenant, in order.

    *restores*: a failure in any phase puts back what the phases before it changed.
    """

    phases: tuple[Phase, ...]
    restores: bool = False

    @property
    def actions(self) -> tuple[Action, ...]:
        """All actions, in order."""
        return tuple(action for phase in self.phases for action in phase.actions)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.actions
