# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must happen to one setting of a tenant: a pure function of how it is wanted and how it is.

A setting is an object that a tenant has by itself, such as a policy of which there is one; it is changed in part and
never named anew. Of what is not said, nothing changes.
"""

from __future__ import annotations

from dataclasses import dataclass

from .._reconcile.canonical import canonical
from .._reconcile.compare import Change, changes, merged
from .._reconcile.object_plan import BeforeAndAfter
from .._reconcile.shape import Json, Part


@dataclass(frozen=True)
class CurrentSetting:
    """A setting as the tenant has it.

    *identifier* tells it from others of its kind, empty where there is one; *name* is for people. *content* is
    canonical in the form of *shape*, *raw* is what the service said. *scope* is what a token for it is asked for, where
    that is not Graph's.
    """

    identifier: str
    name: str
    content: Json
    raw: Json
    shape: Part
    scope: str = ""


@dataclass(frozen=True)
class DesiredSetting:
    """What is wanted of one setting: *content* is what was given, in Graph's names.

    *option* is the option path that messages begin with. *identifier* is the id or the name of one of several. Only
    what a tenant does not have by itself can be wanted gone, with *is_present* false.
    """

    option: str
    content: Json
    identifier: str = ""
    is_present: bool = True


@dataclass(frozen=True)
class SettingPlan(BeforeAndAfter):
    """One setting before and after.

    *current* is None for one that is to be created, *content* (whole and canonical) for one that must be gone.
    """

    noun: str
    name: str
    desired: DesiredSetting
    shape: Part
    current: CurrentSetting | None
    content: Json | None

    @property
    def key(self) -> str:
        """What identifies the setting within a run."""
        return f"{self.noun}/{self.current.identifier if self.current else self.name}"

    @property
    def before(self) -> Json:
        """The canonical content before the run; empty for one that is to be created."""
        return self.current.content if self.current else {}

    @property
    def changes(self) -> list[Change]:
        """What changes, by option path."""
        return [] if self.content is None else changes(self.shape, self.before, self.content)

    @property
    def is_changed(self) -> bool:
        """Whether anything is to be done."""
        return self.is_new or self.is_removed or bool(self.changes)


def wanted_setting(shape: Part, desired: DesiredSetting, current: CurrentSetting | None) -> Json:
    """The whole canonical content that *desired* leads to."""
    base = current.content if current else {}
    return canonical(shape, merged(shape, base, desired.content))
