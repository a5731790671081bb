# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Points in time, written as Graph writes them."""

from __future__ import annotations

import time
from datetime import UTC, datetime

TICKS_PER_SECOND = 10_000_000


def graph_timestamp(nanoseconds: int | None = None) -> str:
    """Return a moment (now by default) with the seven fraction digits Graph shows (facts section 2.4)."""
    moment = time.time_ns() if nanoseconds is None else nanoseconds
    seconds, ticks = divmod(moment // 100, TICKS_PER_SECOND)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{ticks:07d}Z"


def error_timestamp() -> str:
    """Return now as error bodies show it: whole seconds, without a zone (facts section 0.2)."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}"
