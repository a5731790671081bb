# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When the sign-ins were that were seen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Moments:
    """The first and the last of some moments, as the service writes them; empty of none."""

    first: str = ""
    last: str = ""

    def add(self, moment: str) -> None:
        """Take in one more."""
        self.first = min(self.first or moment, moment, key=without_zone)
        self.last = max(self.last or moment, moment, key=without_zone)


def without_zone(moment: str) -> str:
    """A moment as the service writes it, in a form that sorts."""
    # Without the Z a time comes before the same time with a fraction of a second.
    return moment.removesuffix("Z")
