# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a known refusal is told: by what it is recognised, what it means, which options it concerns, what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .refusal import Refusal


@dataclass(frozen=True)
class Meaning:
    """What a refusal means to a person: *text* is a clause without a full stop, *options* are option paths."""

    text: str
    remedy: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """A refusal that is known: every criterion that is given must hold.

    *says* is looked for in the service's text without regard to case; its named groups may stand in *text* and
    *remedy* as ``{name}``.
    """

    text: str
    remedy: str
    options: tuple[str, ...] = ()
    number: str = ""
    codes: tuple[str, ...] = ()
    status: int | None = None
    says: str = ""

    def meaning_of(self, refusal: Refusal) -> Meaning | None:
        """What *refusal* means, or None when it is not this one."""
        if self.number and self.number != refusal.number:
            return None
        if self.codes and refusal.code.lower() not in (code.lower() for code in self.codes):
            return None
        if self.status is not None and self.status != refusal.status:
            return None
        found = re.search(self.says, refusal.text, re.IGNORECASE)
        if found is None:
            return None
        named = found.groupdict()
        return Meaning(self.text.format_map(named), self.remedy.format_map(named), self.options)
