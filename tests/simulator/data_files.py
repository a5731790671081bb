# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the data that lies beside the code."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from .json_types import JsonValue

DATA_DIRECTORY = Path(__file__).parent / "data"


@cache
def load_data(name: str) -> JsonValue:
    """Return the parsed data file ``name``.json. Callers must treat it as read-only, since it is shared."""
    return json.loads((DATA_DIRECTORY / f"{name}.json").read_text(encoding="utf-8"))
