# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is written of one tenant, as the roles write it. Private to this collection."""

from __future__ import annotations

import json
import typing as t
from datetime import UTC, datetime
from pathlib import Path

from ansible_collections.m365.entra.plugins.module_utils._graph.private_file import make_private_folder, replace_private

Document: t.TypeAlias = dict[str, t.Any]


def failure_of(host: str, tenant_id: str, message: str) -> Document:
    """Why a tenant failed, in the form that a summary of a fleet reads."""
    return {
        "tenant": host,
        "tenant_id": tenant_id,
        "generated_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "check_mode": True,
        "failed": True,
        "message": message,
    }


def write(path: Path, document: Document) -> None:
    """Write the document to a file for its owner's eyes only; folders that are missing are made. Raises OSError."""
    make_private_folder(path.parent)
    replace_private(path, json.dumps(document, indent=4, sort_keys=True) + "\n")
