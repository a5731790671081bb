# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whom settings leave out."""

from __future__ import annotations

import typing as t

from .._reconcile.list_edit import ADD
from .._reconcile.targets import ALL_USERS, by_id


def excludes_everybody(wanted: t.Any) -> bool:
    """Whether a wanted list of excluded targets, or an edit of one, excludes all users."""
    targets = wanted.get(ADD) if isinstance(wanted, dict) else wanted
    return ALL_USERS in by_id(targets or ())
