# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The version of this collection, for what outlives a run: modules are not shipped with galaxy.yml."""

from __future__ import annotations

COLLECTION_VERSION = "0.5.0"
