# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The option snapshot: where a run keeps what was there before it."""

from __future__ import annotations

from ansible.module_utils.basic import env_fallback

from .._snapshot.place import DEFAULT_KEEP
from .argument_spec import ArgumentSpec

#: Where snapshots are, for what only reads them.
SNAPSHOT_DIRECTORY = {"type": "path", "fallback": (env_fallback, ["ENTRA_SNAPSHOT_DIRECTORY"])}

SNAPSHOT = ArgumentSpec(
    {
        "snapshot": {
            "type": "dict",
            # A snapshot is kept also when nothing is said of it.
            "apply_defaults": True,
            "options": {
                "enabled": {"type": "bool", "default": True},
                "directory": SNAPSHOT_DIRECTORY,
                "keep": {"type": "int", "default": DEFAULT_KEEP},
            },
        }
    }
)
