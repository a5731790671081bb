# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which object an id in a snapshot means by now: what the run created has one, what was made anew has another."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._reconcile.created import with_created
from .._reconcile.references import identified
from .._reconcile.shape import Json, Part


@dataclass
class Ids:
    """*created* are ids by the keys that stood in for them; *moved* what now stands for an id, by kind and id.

    That is another id, or the name of an object that is still to be made anew.
    """

    created: dict[str, str]
    moved: dict[tuple[str, str], str] = field(default_factory=dict)

    def up_to_date(self, part: Part, content: Json) -> Json:
        """*content* of the form *part* with what its references mean by now."""
        return identified(part, t.cast("Json", with_created(content, self.created)), self._identify)

    def _identify(self, kind: str, identifier: str) -> str:
        return self.moved.get((kind, identifier), identifier)
