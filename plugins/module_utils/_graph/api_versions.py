# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The two versions of Microsoft Graph: what is supported, and what may change at any time."""

from __future__ import annotations

V1 = "v1.0"
BETA = "beta"
API_VERSIONS = (V1, BETA)
