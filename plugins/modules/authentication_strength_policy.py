#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: authentication_strength_policy
short_description: Manage an authentication strength
description:
  - Creates, changes and removes a custom authentication strength - the combinations of methods that are strong
    enough - that Conditional Access policies refer to.
  - The built-in strengths cannot be changed. A strength that a policy refers to is not removed.
version_added: 0.2.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.snapshot
  - m365.entra.authentication_strength_policy
  - m365.entra.attributes
  - m365.entra.attributes.writing
notes:
  - Needs the application permissions C(Policy.Read.All), C(Policy.ReadWrite.ConditionalAccess) and
    C(Organization.Read.All).
seealso:
  - module: m365.entra.authentication_strength_policy_info
  - module: m365.entra.tenant_configuration
"""

EXAMPLES = r"""
- name: Only our security keys
  m365.entra.authentication_strength_policy:
    display_name: Security keys
    description: The two models of security keys that we give out
    allowed_combinations:
      - fido2
    combination_configurations:
      - applies_to_combinations:
          - fido2
        allowed_aaguids:
          - de1e552d-db1d-4423-a619-566b625cdc84
          - 90a3ccdf-635c-4729-a248-9b709135078f
"""

RETURN = r"""
authentication_strength_policy:
  description: The authentication strength after the run; empty when it is gone.
  returned: success
  type: dict
  contains:
    id:
      description: The strength's id; null for one that check mode would create.
      type: str
    display_name:
      description: The name.
      type: str
    description:
      description: The text about it.
      type: str
    policy_type:
      description: V(builtIn) or V(custom).
      type: str
    requirements_satisfied:
      description: V(mfa) where every combination is multifactor authentication.
      type: str
    created_date_time:
      description: When it was created.
      type: str
    modified_date_time:
      description: When it was last changed.
      type: str
    allowed_combinations:
      description: The combinations of methods.
      type: list
      elements: str
    combination_configurations:
      description: The limits of combinations.
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
from ansible_collections.m365.entra.plugins.module_utils._resources.authentication_strength_policy import (
    AUTHENTICATION_STRENGTH_POLICY,
)
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module

SPEC = spec_of(AUTHENTICATION_STRENGTH_POLICY)
run = body_of(AUTHENTICATION_STRENGTH_POLICY)


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
