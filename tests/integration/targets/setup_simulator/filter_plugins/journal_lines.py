# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter `without_ids`: lines of the journal with ID in place of every object id."""

from __future__ import annotations

import re
import typing as t

IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def without_ids(lines: list[str]) -> list[str]:
    """Return the lines with ID in place of every GUID, since new objects get their ids from the service."""
    return [IDENTIFIER.sub("ID", line) for line in lines]


class FilterModule:
    """Offers the filter."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filter by its name."""
        return {"without_ids": without_ids}
