# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads back what was written, and waits - bounded - until the service shows it (facts section 0.4)."""

from __future__ import annotations

import typing as t

from .._graph.errors import VerificationFailed
from .._graph.session import Session
from .action import Expectation

# The service shows a change within seconds; other tools give it up to a minute.
WAITS_SECONDS = (1.0, 1.0, 2.0, 2.0, 3.0, 5.0, 5.0, 10.0, 15.0, 15.0)

Unmet = t.Callable[[t.Sequence[Expectation]], list[str]]


def wait_until_met(session: Session, expectations: t.Sequence[Expectation], unmet: Unmet) -> None:
    """Return when ``unmet(expectations)``, which reads the tenant and names what does not hold, names nothing.

    Raises VerificationFailed when that does not come about within about a minute.
    """
    if not expectations:
        return
    missing = unmet(expectations)
    for seconds in WAITS_SECONDS:
        if not missing:
            return
        session.sleep(seconds)
        missing = unmet(expectations)
    if missing:
        raise VerificationFailed(
            "The service does not show what was written: " + "; ".join(missing) + ".",
            remedy="Wait some minutes, then run again; a new object that is not visible yet would be made twice.",
        )
