#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: per_user_mfa
short_description: Turn off MFA that was switched on for single users
description:
  - Turns off per-user MFA, the way MFA was required before security defaults and Conditional Access, for users of whom
    an enforced policy requires MFA everywhere. Per-user MFA goes on to ask by rules of its own, unseen by policies.
    Security defaults are not enough; they ask ordinary users only where Microsoft finds it necessary.
  - A user who would be left without a requirement of MFA is not touched but named in the result, with the reason.
    Whatever cannot be known counts against turning it off.
  - Per-user MFA is never switched on.
version_added: 0.3.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.snapshot
  - m365.entra.per_user_mfa
  - m365.entra.attributes
  - m365.entra.attributes.writing
notes:
  - Needs the application permissions C(Policy.Read.All), C(User.Read.All), C(Organization.Read.All), C(Group.Read.All)
    for group membership, C(RoleManagement.Read.Directory) where policies exclude roles, and to turn it off one of
    C(Policy.ReadWrite.AuthenticationMethod) and C(UserAuthenticationMethod.ReadWrite.All). Microsoft's sources do not
    agree on the last; if the service refuses the one that the application has, grant the other. Who signs in as a
    person also needs the role Authentication Policy Administrator.
  - No licence is needed beyond that of the policies that require MFA.
  - The state is in the beta version of Microsoft Graph only, which may change at any time. There is no list of these
    states; each user costs a request, and a change another two.
  - Trusted IPs, remembered devices and the methods on the legacy page of per-user MFA are not managed.
seealso:
  - module: m365.entra.per_user_mfa_info
  - module: m365.entra.conditional_access_policy
  - module: m365.entra.tenant_configuration
"""

EXAMPLES = r"""
- name: Turn off what policies have made needless
  m365.entra.per_user_mfa:
  register: left_overs

- name: Show who still needs it, and why
  ansible.builtin.debug:
    msg: "{{ left_overs.per_user_mfa.left_alone }}"

- name: Begin with one group
  m365.entra.per_user_mfa:
    groups:
      - Finance
    maximum_users: 5000
"""

RETURN = r"""
per_user_mfa:
  description: What was turned off, or in check mode would be, and what was not.
  returned: success
  type: dict
  contains:
    turned_off:
      description: Users whose per-user MFA is off now.
      type: list
      elements: dict
      contains:
        id:
          description: The user's id.
          type: str
        user_principal_name:
          description: The user's name, in lower case.
          type: str
        per_user_mfa_state:
          description: The state before the task - V(enabled) or V(enforced).
          type: str
    left_alone:
      description: Users whose per-user MFA stays on.
      type: list
      elements: dict
      contains:
        id:
          description: The user's id.
          type: str
        user_principal_name:
          description: The user's name, in lower case.
          type: str
        per_user_mfa_state:
          description: The state before the task - V(enabled) or V(enforced).
          type: str
        reason:
          description: Why nothing else is known to require MFA of them.
          type: str
    asked:
      description: How many users were asked for their state.
      type: int
    not_asked:
      description: How many were not, because O(maximum_users) was too small.
      type: int
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
      description: V(update).
      type: str
    resource:
      description: The kind of object.
      type: str
    name:
      description: The name of the object.
      type: str
    id:
      description: The id of the object; null for what has none.
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

from ansible_collections.m365.entra.plugins.module_utils._module.per_user_mfa import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
