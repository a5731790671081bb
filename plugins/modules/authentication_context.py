#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: authentication_context
short_description: Manage an authentication context
description:
  - Creates, changes and removes an authentication context, which applications ask for and Conditional Access
    policies answer to.
  - A context that a policy refers to is not removed. A published one is withdrawn first, in a step of its own.
version_added: 0.2.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.snapshot
  - m365.entra.authentication_context
  - m365.entra.attributes
  - m365.entra.attributes.writing
notes:
  - Needs the application permissions C(Policy.Read.ConditionalAccess) or C(Policy.Read.All),
    C(Policy.ReadWrite.ConditionalAccess) and C(Organization.Read.All).
seealso:
  - module: m365.entra.authentication_context_info
  - module: m365.entra.tenant_configuration
"""

EXAMPLES = r"""
- name: A context for what needs more than usual
  m365.entra.authentication_context:
    id: c11
    display_name: Confidential documents
    description: Asked for by sites that hold confidential documents
    is_available: true
"""

RETURN = r"""
authentication_context:
  description: The authentication context after the run; empty when it is gone.
  returned: success
  type: dict
  contains:
    id:
      description: The context's id.
      type: str
    display_name:
      description: The name.
      type: str
    description:
      description: The text about it.
      type: str
    is_available:
      description: Whether it is published; left out when it is not.
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
      description: Each option that changes, before and after.
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

from ansible_collections.m365.entra.plugins.module_utils._module.named_object import body_of, spec_of
from ansible_collections.m365.entra.plugins.module_utils._resources.authentication_context import AUTHENTICATION_CONTEXT
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module

SPEC = spec_of(AUTHENTICATION_CONTEXT)
run = body_of(AUTHENTICATION_CONTEXT)


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
