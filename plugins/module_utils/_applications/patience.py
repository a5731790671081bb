# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waits - bounded - until the service shows what was written (facts sections 0.4 and 12: up to a minute)."""

from __future__ import annotations

import typing as t

from .._graph.errors import EntraError, ServiceRefused
from .._graph.session import Session

WAITS_SECONDS = (1.0, 1.0, 2.0, 2.0, 3.0, 5.0, 5.0, 10.0, 15.0, 20.0)
_NOT_FOUND = 404
Seen = t.TypeVar("Seen")


class NotSeenYet(EntraError):
    """A part of something is there whose other part is not, or not yet."""


def wait_for(session: Session, look: t.Callable[[], Seen | None]) -> Seen | None:
    """What *look* sees as soon as it sees something, or None after about a minute; what is not found is not seen."""
    for seconds in (*WAITS_SECONDS, None):
        seen = _looked(look)
        if seen is not None or seconds is None:
            return seen
        session.sleep(seconds)
    return None


def _looked(look: t.Callable[[], Seen | None]) -> Seen | None:
    try:
        return look()
    except NotSeenYet:
        return None
    except ServiceRefused as refusal:
        if refusal.status != _NOT_FOUND:
            raise
        return None
