# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects that nobody has published: held against what was recorded of them before anything is made of them."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.errors import GuardRefused
from .._reconcile.canonical import is_guid
from .._reconcile.shape import Json

_TOLD = 4


@dataclass(frozen=True)
class Member:
    """One recorded member: the types that its value may have, and the only values, if these are known.

    *holds_ids*: it is a list of ids of objects, and of nothing else.
    """

    name: str
    types: tuple[type, ...]
    values: tuple[t.Any, ...] = ()
    holds_ids: bool = False

    def fault(self, raw: Json) -> str:
        """What is not as recorded, in words; empty when all is well."""
        if self.name not in raw:
            return f"{self.name} is missing"
        value = raw[self.name]
        if type(value) not in self.types:  # a truth value is no number here
            return f"{self.name} is of the type {type(value).__name__}"
        if self.holds_ids and not all(isinstance(one, str) and is_guid(one) for one in value or ()):
            return f"{self.name} holds other things than ids"
        return f"{self.name} has a value that is not known" if self.values and value not in self.values else ""


def require_recorded_form(raw: Json, members: t.Iterable[Member], what: str) -> None:
    """Raise GuardRefused when the object *what* does not look as it was recorded; values are not told."""
    faults = [fault for member in members if (fault := member.fault(raw))]
    if faults:
        more = len(faults) - _TOLD
        raise GuardRefused(
            f"The portal's object for {what} does not look as it is known to: {'; '.join(faults[:_TOLD])}"
            f"{f'; and {more} more such differences' if more > 0 else ''}.",
            remedy="Use lane: evidence and change the settings in the portal by hand. Nothing was written to it.",
        )
