# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Why a tenant failed, as the roles write it. Private to this collection."""

from __future__ import annotations

import typing as t
from datetime import UTC, datetime

from ansible_collections.m365.entra.plugins.plugin_utils._fleet.report import FORMAT

Document: t.TypeAlias = dict[str, t.Any]


def failure_of(host: str, tenant_id: str, message: str) -> Document:
    """Why a tenant failed, in the form that a summary of a fleet reads."""
    return {
        "tenant": host,
        "tenant_id": tenant_id,
        "generated_at": datetime.now(UTC).strftime(FORMAT),
        "check_mode": True,
        "failed": True,
        "message": message,
    }
