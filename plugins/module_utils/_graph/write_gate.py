# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must hold before a session writes, the same for every service that the session reaches."""

from __future__ import annotations

import typing as t

from .errors import GuardRefused


class WriteGate:
    """Lets writes through, or none at all in a session that only reads."""

    def __init__(self, *, read_only: bool) -> None:
        self._read_only = read_only
        self._check: t.Callable[[], None] | None = None

    def before_first(self, check: t.Callable[[], None]) -> None:
        """Have *check* called once before the first write; what it raises stops the write."""
        self._check = check

    def pass_through(self, write: str) -> None:
        """Return when *write*, its method and path, may be sent. Raises GuardRefused, or what the check raises."""
        if self._read_only:
            raise GuardRefused(f"{write} was stopped: in check mode nothing is written.")
        if self._check is not None:
            self._check()
            self._check = None  # it stays in force until it has let a write through
