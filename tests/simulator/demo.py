# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The three tenants of the demonstration."""

from __future__ import annotations

from .data_files import load_data
from .defaults import security_defaults
from .json_types import JsonObject
from .tenant import SECURITY_DEFAULTS, stable_id


def demo_documents() -> list[JsonObject]:
    """Return the documents that make the demo tenants (data/demo_tenants.json)."""
    return [_document(described) for described in load_data("demo_tenants")]


def _document(described: JsonObject) -> JsonObject:
    state = dict(described["state"])
    state[SECURITY_DEFAULTS] = security_defaults(described["security_defaults"])
    return {
        "name": described["name"],
        "license": described["license"],
        "tenant_id": stable_id("tenant", described["name"]),
        "state": state,
    }
