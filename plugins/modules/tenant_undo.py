#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: tenant_undo
short_description: Put a tenant back to how it was before a run
description:
  - Every module of this collection that writes keeps a snapshot of what it may touch before its first write. This one
    puts these objects back, in one plan with the same guards, the same order and the same reading back as every other
    change, and keeps a snapshot of its own, so that an undo can be undone.
  - Policies and named locations that the run has deleted come back from the bin, with their ids. What the bin no longer
    has is made anew and gets another id; the objects of the snapshot that refer to it follow.
  - What the run has created is removed, policies first. Groups that it has made stay, because they may have members and
    uses of their own by now.
  - Of settings only what the run has changed is put back.
  - The way back works after a run that failed or was killed, too.
version_added: 0.4.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.snapshot
  - m365.entra.portal
  - m365.entra.emergency_access
  - m365.entra.attributes
  - m365.entra.attributes.writing
options:
  from_snapshot:
    description:
      - The file of the snapshot, as the result of the run or its failure named it.
      - V(latest) means that of the last run that may have changed this tenant and was no undo, in
        O(snapshot.directory). To undo an undo, give the file of its own snapshot.
      - Another tenant's snapshot is refused, and so is a file that was changed or that others may write to.
    type: str
    required: true
  overwrite_changes:
    description:
      - Whether objects that somebody has changed since the run are put back all the same. Otherwise nothing is written
        and the failure names them.
    type: bool
    default: false
notes:
  - Needs the permissions that changing these objects needs.
  - O(portal) is needed for what only the portal holds. Without a credential in it they are told as not undone.
  - What cannot be put back is a warning, and stands in RV(tenant_undo.not_undone).
  - Accounts in O(emergency_access) are only checked. Policies come back with the exclusions that they had.
seealso:
  - module: m365.entra.tenant_snapshot_info
  - module: m365.entra.tenant_configuration
"""

EXAMPLES = r"""
- name: Show what putting the tenant back would do
  m365.entra.tenant_undo:
    tenant_id: "{{ tenant_id }}"
    client_id: "{{ client_id }}"
    client_secret: "{{ client_secret }}"
    from_snapshot: latest
  check_mode: true
  diff: true

- name: Put the tenant back to how it was before one run
  m365.entra.tenant_undo:
    tenant_id: "{{ tenant_id }}"
    client_id: "{{ client_id }}"
    client_secret: "{{ client_secret }}"
    from_snapshot: "{{ configured.snapshot }}"
    emergency_access:
      groups: [Emergency access accounts]
"""

RETURN = r"""
tenant_undo:
  description: What was put back, and what was not.
  returned: success
  type: dict
  contains:
    from_snapshot:
      description: The file of the snapshot.
      type: str
    taken_at:
      description: When it was taken, in UTC.
      type: str
    run:
      description: The module that ran then.
      type: str
    not_undone:
      description: Objects that could not be put back, each with C(resource), C(name), C(id) and C(reason).
      type: list
      elements: dict
    changed_since:
      description: Objects that somebody had changed since the run, in the same form.
      type: list
      elements: dict
    remade:
      description: Objects that were made anew and have another id, in the same form.
      type: list
      elements: dict
plan:
  description: What was done, or in check mode would be done, in order.
  returned: success
  type: list
  elements: dict
  contains:
    phase:
      description: The phase the action belongs to; each phase is verified before the next begins.
      type: str
    operation:
      description: V(create), V(update), V(delete) or V(restore).
      type: str
    resource:
      description: The kind of object.
      type: str
    name:
      description: The name of the object.
      type: str
    id:
      description: The id of the object; null for one that is created.
      type: str
    reason:
      description: Why it is done.
      type: str
    depends_on:
      description: The numbers of the actions, counted from 1, that must have been carried out before.
      type: list
      elements: int
    changes:
      description: Each option that changes, before and after, with names beside ids.
      type: list
      elements: dict
snapshot:
  description: The file that keeps what was there before, for M(m365.entra.tenant_undo).
  returned: when something was written and O(snapshot.enabled=true)
  type: str
plan_status:
  description:
    - V(nothing_to_do); V(changes_pending) in check mode, where something would be done; V(changed) where it was done.
  returned: success
  type: str
guards:
  description:
    - What was looked at before anything may be written, where something is to be, each as C(guard) with its C(outcome).
      When one blocks, the task fails, and beside this list with its C(reason) the failure shows the C(plan) and
      C(plan_status=blocked).
  returned: success
  type: list
  elements: dict
"""

from ansible_collections.m365.entra.plugins.module_utils._module.tenant_undo import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
