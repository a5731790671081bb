#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: conditional_access_policy
short_description: Manage one Conditional Access policy
description:
  - Creates, changes and removes a Conditional Access policy, from options, from a Graph JSON definition or from a
    named template.
  - New policies start in report-only unless O(policy_state) says otherwise.
  - Users, groups, roles, applications, locations and authentication strengths are given by name or id; one that is
    missing or not unique stops the task before anything is written.
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.snapshot
  - m365.entra.policy
  - m365.entra.policy_lane
  - m365.entra.emergency_access
  - m365.entra.attributes
  - m365.entra.attributes.writing
notes:
  - Needs the application permissions C(Policy.Read.All), C(Policy.ReadWrite.ConditionalAccess),
    C(Organization.Read.All) and, for names, C(User.Read.All), C(GroupMember.Read.All) and C(Application.Read.All). To
    enforce something it also needs C(RoleManagement.Read.Directory), to see who could still undo it.
seealso:
  - module: m365.entra.conditional_access_policies
  - module: m365.entra.conditional_access_policy_info
  - module: m365.entra.tenant_configuration
"""

EXAMPLES = r"""
- name: Require MFA for administrators, reported only
  m365.entra.conditional_access_policy:
    template: require_mfa_for_administrators
    emergency_access:
      groups:
        - Emergency access accounts

- name: Block a group of users from one application
  m365.entra.conditional_access_policy:
    display_name: Block contractors from the payroll
    policy_state: report_only
    conditions:
      users:
        include_groups:
          - Contractors
      applications:
        include_applications:
          - Office 365 SharePoint Online
    grant_controls:
      operator: OR
      built_in_controls:
        - block

- name: Take a policy from an export of another tenant
  m365.entra.conditional_access_policy:
    definition_path: policies/CA001.json
    placeholders:
      <EmergencyAccessAccountsGroup>: Emergency access accounts

- name: Remove the location condition of a policy
  m365.entra.conditional_access_policy:
    display_name: Block contractors from the payroll
    conditions:
      locations: null

- name: Leave one more group out, and one less user
  m365.entra.conditional_access_policy:
    display_name: Block contractors from the payroll
    conditions:
      users:
        exclude_groups:
          add:
            - Payroll administrators
        exclude_users:
          remove:
            - ada@example.com

- name: Rename a policy
  m365.entra.conditional_access_policy:
    display_name: CA201 Block contractors from the payroll
    previous_name: Block contractors from the payroll

- name: Bring a deleted policy back from the bin
  m365.entra.conditional_access_policy:
    display_name: CA201 Block contractors from the payroll
    restore: true

- name: A policy that only Graph's beta endpoint knows
  m365.entra.conditional_access_policy:
    template: block_high_risk_agent_identities
    api_version: beta
"""

RETURN = r"""
conditional_access_policy:
  description: The policy after the task, or in check mode as it would be. Empty when it is absent.
  returned: success
  type: dict
  contains:
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
      C(mutual_exclusion), C(license), C(emergency_access) - each as C(guard) with its C(outcome), V(allowed). When one
      blocks, the task fails, and beside this list with its C(reason) the failure shows the C(plan) and
      C(plan_status=blocked).
  returned: success
  type: list
  elements: dict
"""

from ansible_collections.m365.entra.plugins.module_utils._module.conditional_access_policy import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
