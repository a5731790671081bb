# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Spreads a share over rows that are made one by one."""

from __future__ import annotations

import math


def coprime(step: int, count: int) -> int:
    """Return the next number from ``step`` on that visits every row of ``count`` exactly once."""
    while count and math.gcd(step, count) > 1:
        step += 1
    return step
