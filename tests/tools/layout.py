# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where things lie in the checkout, in one place."""

from __future__ import annotations

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SHARED = CHECKOUT.parent / "shared"
BUILD = CHECKOUT / ".build"
COLLECTION_COPY = BUILD / "ansible_collections" / "m365" / "entra"
HOME = BUILD / "home"
LOGS = BUILD / "logs"
# There while integration tests run modules in processes of their own.
MODULE_DOOR = BUILD / "module_door"
