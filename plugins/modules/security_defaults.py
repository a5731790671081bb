#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: security_defaults
short_description: Turn security defaults on or off
description:
  - Turns Microsoft Entra's security defaults on or off.
  - Security defaults and enforced Conditional Access policies exclude each other. Turning defaults on while
    policies are enforced is refused before anything is written, with their names.
  - To go from security defaults to Conditional Access without a gap, use M(m365.entra.tenant_configuration).
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.snapshot
  - m365.entra.attributes
  - m365.entra.attributes.writing
options:
  is_enabled:
    description:
      - Whether security defaults are on.
    type: bool
    required: true
notes:
  - Needs the application permissions C(Policy.Read.All) and C(Policy.ReadWrite.SecurityDefaults) (or
    C(Policy.ReadWrite.ConditionalAccess)), and C(Organization.Read.All).
  - Security defaults know no exclusions. Emergency access accounts need a passkey or certificate of their own.
seealso:
  - module: m365.entra.tenant_configuration
"""

EXAMPLES = r"""
- name: Turn security defaults on
  m365.entra.security_defaults:
    tenant_id: "{{ tenant_id }}"
    client_id: "{{ client_id }}"
    client_secret: "{{ client_secret }}"
    is_enabled: true
"""

RETURN = r"""
security_defaults:
  description: Security defaults after the task, or in check mode as they would be.
  returned: success
  type: dict
  contains:
    is_enabled:
      description: Whether they are on.
      type: bool
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
  version_added: 0.4.0
plan_status:
  description:
    - V(nothing_to_do); V(changes_pending) in check mode, where something would be done; V(changed) where it was done.
  returned: success
  type: str
guards:
  description:
    - What was looked at before anything may be written, where something is to be - C(permissions), C(policy_limit),
      C(mutual_exclusion), C(license), C(emergency_access) - each as C(guard) with its C(outcome), V(allowed). When one
      blocks, the task fails, and beside this list with its C(reason) the failure shows the C(plan) and
      C(plan_status=blocked).
  returned: success
  type: list
  elements: dict
"""

from ansible_collections.m365.entra.plugins.module_utils._module.security_defaults import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
