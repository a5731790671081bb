#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: tenant_snapshot_info
short_description: List the snapshots that runs have kept
description:
  - Lists the snapshots from which M(m365.entra.tenant_undo) can put a tenant back, the newest first, with what each run
    was about to touch and whether it came to its end.
  - No service is asked; of the connection only O(tenant_id) matters. Without it those of all tenants are listed.
  - A file that is no snapshot, or that was changed, is listed with its C(problem).
version_added: 0.4.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.attributes
  - m365.entra.attributes.reading
options:
  snapshot:
    description:
      - Where snapshots are kept.
    type: dict
    suboptions:
      directory:
        description:
          - The directory that the runs were given.
          - Falls back to E(ENTRA_SNAPSHOT_DIRECTORY), and then to C(m365.entra/snapshots) below E(XDG_STATE_HOME) or,
            where that is not set, below C(~/.local/state).
        type: path
seealso:
  - module: m365.entra.tenant_undo
"""

EXAMPLES = r"""
- name: List what a tenant can be put back to
  m365.entra.tenant_snapshot_info:
    tenant_id: 22222222-2222-2222-2222-222222222222
  register: found

- name: Show when and by what they were taken
  ansible.builtin.debug:
    msg: "{{ item.taken_at }} {{ item.run }} {{ item.status }} {{ item.path }}"
  loop: "{{ found.tenant_snapshots }}"
"""

RETURN = r"""
tenant_snapshots:
  description: The snapshots, the newest first.
  returned: success
  type: list
  elements: dict
  contains:
    path:
      description: The file.
      type: str
    problem:
      description: Why the file cannot be used; then nothing else is said of it.
      type: str
    tenant_id:
      description: The tenant.
      type: str
    taken_at:
      description: When it was taken, in UTC.
      type: str
    run:
      description: The module that ran.
      type: str
    undoes:
      description: The snapshot that the run was to put back, or null.
      type: str
    status:
      description: V(done); V(failed); V(begun) when the run was killed or has not ended yet.
      type: str
    collection_version:
      description: The version of this collection that wrote it.
      type: str
    objects:
      description: What the run was about to touch, each with C(resource), C(name) and C(id).
      type: list
      elements: dict
    actions:
      description: What it was about to do, each with C(operation), C(resource), C(name) and C(done).
      type: list
      elements: dict
"""

from ansible_collections.m365.entra.plugins.module_utils._module.tenant_snapshot_info import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
