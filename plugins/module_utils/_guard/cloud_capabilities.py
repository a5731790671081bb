# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What national clouds lack."""

from __future__ import annotations

from .._reconcile.shape import Json


def check_cloud(cloud: str, policy: Json, option: str) -> None:
    """Nothing yet."""


def has_bin(cloud: str) -> bool:
    """Whether the cloud keeps deleted policies."""
    return cloud == "global"
