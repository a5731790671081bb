# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Text in a filter of Microsoft Graph's."""

from __future__ import annotations


def quoted(text: str) -> str:
    """*text* as a filter has it (facts section 7.4)."""
    return "'" + text.replace("'", "''") + "'"
