# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writing an object that can only be written whole, without undoing what others did to it in the meantime."""

from __future__ import annotations

from .._graph.errors import GuardRefused
from .shape import Json


def rebased(read: Json, wanted: Json, latest: Json, name: str) -> Json:
    """The whole object to write: *latest*, with what differs between *read* and *wanted* put in.

    *read* is the object that the plan was made from. Raises GuardRefused when a member that is to change has been
    changed by somebody else since, or is gone.
    """
    changed = {member: value for member, value in wanted.items() if value != read.get(member)}
    lost = sorted(member for member in changed if latest.get(member) != read.get(member))
    if lost:
        raise GuardRefused(
            f"{name} was changed by somebody else after it was read: {', '.join(lost)}.",
            remedy="Run again; what holds now is read first.",
        )
    return {**latest, **changed}
