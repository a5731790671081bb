# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is to be wanted of a tenant so that it is as a snapshot says: the pieces, and what does not go."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from .._policy.desired import DesiredPolicy
from .._reconcile.object_plan import DesiredObject
from .._resources.wanted import Wanted
from .._settings.setting_plan import DesiredSetting
from .snapshot import TouchedObject

OPTION = "from_snapshot"

T = t.TypeVar("T")


@dataclass(frozen=True)
class Told:
    """Something to tell of a touched object."""

    touched: TouchedObject
    text: str

    def __str__(self) -> str:
        return f"{self.touched.label}: {self.text}"


@dataclass(frozen=True)
class Undo:
    """What puts a tenant back.

    *objects* and *settings* are by noun. *changed_since* is what somebody has changed after the run, *not_undone* what
    cannot be put back, *remade* what is made anew and so gets another id.
    """

    policies: tuple[DesiredPolicy, ...] = ()
    objects: tuple[tuple[str, DesiredObject], ...] = ()
    settings: tuple[tuple[str, DesiredSetting], ...] = ()
    security_defaults: bool | None = None
    changed_since: tuple[Told, ...] = ()
    not_undone: tuple[Told, ...] = ()
    remade: tuple[Told, ...] = ()

    def joined(self, other: Undo) -> Undo:
        """Both together."""
        return Undo(
            policies=(*self.policies, *other.policies),
            objects=(*self.objects, *other.objects),
            settings=(*self.settings, *other.settings),
            security_defaults=self.security_defaults if other.security_defaults is None else other.security_defaults,
            changed_since=(*self.changed_since, *other.changed_since),
            not_undone=(*self.not_undone, *other.not_undone),
            remade=(*self.remade, *other.remade),
        )

    def wanted(self, wanted: Wanted) -> Wanted:
        """*wanted* with what puts the tenant back."""
        return replace(
            wanted,
            policies=self.policies or None,
            objects=_by_noun(self.objects),
            settings=_by_noun(self.settings),
            security_defaults=self.security_defaults,
        )


def _by_noun(pairs: tuple[tuple[str, T], ...]) -> dict[str, tuple[T, ...]]:
    nouns = dict.fromkeys(noun for noun, _one in pairs)
    return {noun: tuple(one for name, one in pairs if name == noun) for noun in nouns}


def option_at(index: int) -> str:
    """The option path that messages about the object *index* of a snapshot begin with."""
    return f"{OPTION}.objects[{index}]"
