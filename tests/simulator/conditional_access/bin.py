# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which clouds keep what was deleted."""

from __future__ import annotations


def has_bin(cloud: str) -> bool:
    """Say whether deleted policies and locations can be restored: the national clouds' schemas have no bin."""
    return cloud == "global"
