#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: conditional_access_policies
short_description: Manage a list of Conditional Access policies
description:
  - Brings all listed policies to what is wanted, with one read of the tenant's policies and ordered writes.
  - A policy that is not listed is only touched where O(unmanaged) or O(every_policy) say so.
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.snapshot
  - m365.entra.policies
  - m365.entra.policy_lane
  - m365.entra.emergency_access
  - m365.entra.planned_checks
  - m365.entra.attributes
  - m365.entra.attributes.writing
notes:
  - Needs the application permissions C(Policy.Read.All), C(Policy.ReadWrite.ConditionalAccess),
    C(Organization.Read.All) and, for names, C(User.Read.All), C(GroupMember.Read.All) and C(Application.Read.All). To
    enforce something it also needs C(RoleManagement.Read.Directory), to see who could still undo it.
seealso:
  - module: m365.entra.conditional_access_policy
  - module: m365.entra.tenant_configuration
"""

EXAMPLES = r"""
- name: Two policies of the baseline, reported only
  m365.entra.conditional_access_policies:
    policies:
      - template: require_mfa_for_all_users
      - template: block_legacy_authentication
    unmanaged: report
    emergency_access:
      users:
        - emergency-access-1@example.com

- name: Leave the emergency access accounts out of every policy of the tenant, whoever made it
  m365.entra.conditional_access_policies:
    policies: []
    every_policy:
      conditions:
        users:
          exclude_groups:
            add:
              - Emergency access accounts

- name: Policies that are shown in report-only for two weeks, and enforced by a run that promotes what is ready
  m365.entra.conditional_access_policies:
    rollout:
      soak_days: 14
      minimum_sign_ins: 200
      maximum_would_fail_users: 5
      maximum_would_fail_share: 0.01
    promote: true
    policies:
      - template: require_mfa_for_all_users
        policy_state: enabled
        rollout:
          rings:
            - name: pilot
              include_groups:
                - Pilot users
            - name: staff
              include_groups:
                - Staff
      - template: block_legacy_authentication
        policy_state: enabled
        rollout:
          minimum_sign_ins: 0
    emergency_access:
      groups:
        - Emergency access accounts

- name: Nothing but these policies and those of the pilot
  m365.entra.conditional_access_policies:
    policies:
      - template: require_mfa_for_all_users
      - template: block_legacy_authentication
    unmanaged: disable
    protected_display_name_prefixes:
      - "Pilot:"
"""

RETURN = r"""
conditional_access_policies:
  description: The listed policies that are present, in the order of O(policies).
  returned: success
  type: list
  elements: dict
  contains:
    template:
      description: The template that was named.
      type: str
    id:
      description: The policy's id; null for one that check mode would create.
      type: str
    display_name:
      description: The name.
      type: str
    policy_state:
      description: V(enabled), V(report_only) or V(disabled).
      type: str
    microsoft_managed:
      description: Whether Microsoft manages the policy.
      type: bool
    template_id:
      description: The Microsoft template it was created from.
      type: str
    deleted_date_time:
      description: When it was deleted; null for a policy that exists.
      type: str
    created_date_time:
      description: When it was created.
      type: str
    modified_date_time:
      description: When it was last changed.
      type: str
    conditions:
      description: The conditions, as options, with ids; what is empty is left out.
      type: dict
    grant_controls:
      description: The grant controls, as options.
      type: dict
    session_controls:
      description: The session controls, as options.
      type: dict
unmanaged_policies:
  description: The policies that are not listed, in short.
  returned: unless O(unmanaged=ignore)
  type: list
  elements: dict
sign_in_tests:
  description:
    - What becomes of the sign-ins of O(sign_in_tests) under what the plan leads to, as
      RV(m365.entra.tenant_configuration#module:tenant_configuration.sign_in_tests).
  returned: with O(sign_in_tests)
  type: dict
  version_added: 0.4.0
lint_findings:
  description:
    - What the rules of O(lint) find in what the plan leads to, as
      RV(m365.entra.tenant_configuration#module:tenant_configuration.lint_findings).
  returned: with O(lint)
  type: list
  elements: dict
  version_added: 0.4.0
rollout:
  description: The policies that are enforced in stages, in the order of their list.
  returned: when a policy has a rollout
  type: list
  elements: dict
  version_added: 0.4.0
  contains:
    display_name:
      description: The policy's name.
      type: str
    id:
      description: The policy's id; null for one that is created.
      type: str
    stage:
      description:
        - V(report_only) for a policy that is not enforced yet, V(shadow) for an enforced one whose twin shows what it
          is to become, V(enforced) for one that is what it is to be, V(absent) for one that is to be gone.
      type: str
    promoted:
      description: Whether this run enforced what was shown.
      type: bool
    ring:
      description: The ring that is shown in report-only; null where it is all of the policy's own users.
      type: str
    enforced_rings:
      description: The rings that the policy is enforced for.
      type: list
      elements: str
    since:
      description: When what is shown was last changed; null where that is this run.
      type: str
    ready:
      description: Whether it may be enforced; null where nobody looked, because nothing was to be promoted.
      type: bool
    missing:
      description: Every reason why it may not be enforced yet, in words.
      type: list
      elements: str
    shadow:
      description: The name of the twin in report-only, where there is one.
      type: str
    differs:
      description: The option paths in which the twin differs from the enforced policy.
      type: list
      elements: str
    impact:
      description:
        - What it would have come to in sign-ins since then, as
          RV(m365.entra.sign_in_impact_info#module:sign_in_impact.policies); null where nobody looked.
      type: dict
    enforced_impact:
      description: What the enforced policy came to in the same sign-ins, where the other is its twin.
      type: dict
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
      C(mutual_exclusion), C(license), the checks that O(override_guards) can name and, where they were asked for,
      C(sign_in_tests) and C(lint) - each as C(guard) with its C(outcome), V(allowed) or V(overridden), and C(reason).
      When one blocks, the task fails, and beside this list the failure shows the C(plan) and C(plan_status=blocked).
  returned: success
  type: list
  elements: dict
"""

from ansible_collections.m365.entra.plugins.module_utils._module.conditional_access_policies import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
