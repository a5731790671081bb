# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writing an object that can only be written whole, without undoing what others did to it in the meantime."""

from __future__ import annotations

import typing as t

from .._graph.errors import GuardRefused
from .shape import Json

# What says which object it is.
_IDENTITY = "objectId"


def rebased(read: Json, wanted: Json, latest: Json) -> Json:
    """The whole object to write: *latest*, with what differs between *read* and *wanted* put in.

    *read* is the object that the plan was made from. Raises GuardRefused when the latest object is another one or of
    another form, and when a member that is to change has been changed by somebody else since.
    """
    _refuse_another_form(read, latest)
    changed = {member: value for member, value in wanted.items() if value != read.get(member)}
    lost = sorted(member for member in changed if latest.get(member) != read.get(member))
    if lost:
        raise GuardRefused(
            f"somebody else has changed it since it was read: {', '.join(lost)}.",
            remedy="Run again; what holds now is read first.",
        )
    return {**latest, **changed}


def _refuse_another_form(read: Json, latest: Json) -> None:
    strange = sorted(member for member in read if member not in latest or not _same_form(read[member], latest[member]))
    if strange or latest.get(_IDENTITY) != read.get(_IDENTITY):
        raise GuardRefused(
            "right before it was to be written it no longer looked as it did when it was read: "
            f"{', '.join(strange or [_IDENTITY])}.",
            remedy="Nothing was written to it. Run again; if that comes again, use lane: evidence.",
        )


def _same_form(before: t.Any, after: t.Any) -> bool:
    """Whether two values are of one type; null can stand for a value of any."""
    return before is None or after is None or type(before) is type(after)
