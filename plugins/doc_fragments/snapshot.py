# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The option snapshot of every module that writes to a tenant."""

from __future__ import annotations


class ModuleDocFragment:
    """What a run keeps of what was there before it."""

    DOCUMENTATION = r"""
options:
  snapshot:
    description:
      - Before its first write a run keeps every object that it may touch in a file, from which
        M(m365.entra.tenant_undo) can put it back. In check mode, and when nothing is to be done, none is written.
      - The file has mode C(0600) and holds no credentials. The result names it, and so does a failure.
      - When it cannot be written, the task fails before anything is changed.
    type: dict
    version_added: 0.4.0
    suboptions:
      enabled:
        description:
          - Whether a snapshot is kept.
        type: bool
        default: true
      directory:
        description:
          - Where snapshots are kept, in a folder for each tenant that is named by the tenant's id.
          - Falls back to E(ENTRA_SNAPSHOT_DIRECTORY), and then to C(m365.entra/snapshots) below E(XDG_STATE_HOME) or,
            where that is not set, below C(~/.local/state).
        type: path
      keep:
        description:
          - How many of the newest snapshots of a tenant stay; older ones are removed.
        type: int
        default: 100
"""
