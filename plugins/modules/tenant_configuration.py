#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: tenant_configuration
short_description: Bring a tenant to what is wanted, in one plan
description:
  - Takes all that is wanted of a tenant - security defaults, Conditional Access policies, the named locations,
    authentication strengths and authentication contexts that they refer to, authentication methods, MFA registration
    and password reset - reads what it needs once, makes one ordered plan, checks the plan, carries it out and reads
    back what was written.
  - What policies refer to is there before they are written, and goes after they no longer refer to it. Authentication
    methods are opened before the policies that ask for them; what takes something away comes after them.
  - Going from security defaults to Conditional Access, policies are staged in report-only while defaults are on,
    then defaults are turned off and the policies enforced. When a step fails, what was there before is put back.
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.snapshot
  - m365.entra.tenant_policies
  - m365.entra.tenant_objects
  - m365.entra.tenant_settings
  - m365.entra.portal
  - m365.entra.policy_lane
  - m365.entra.emergency_access
  - m365.entra.planned_checks
  - m365.entra.attributes
  - m365.entra.attributes.writing
options:
  security_defaults:
    description:
      - Security defaults. Left alone when not given.
    type: dict
    suboptions:
      is_enabled:
        description:
          - Whether security defaults are on.
        type: bool
        required: true
  license_tier:
    description:
      - The licence tier of the tenant, where M(m365.entra.tenant_info) has told it already. It spares the evidence of
        O(mfa_registration_policy) a request, and nothing else rests on it.
    type: str
    choices:
      - free
      - p1
      - p2
    version_added: 0.3.0
  profile:
    description:
      - Whose idea of administrators the assessment uses - the 14 roles of today or the 6 that the guidance of 2021
        names.
    type: str
    choices:
      - modern
      - seed_2021
    default: modern
notes:
  - Needs the application permissions C(Policy.Read.All), C(Policy.ReadWrite.ConditionalAccess),
    C(Organization.Read.All) and, for names, C(User.Read.All), C(GroupMember.Read.All) and C(Application.Read.All). To
    enforce something it also needs C(RoleManagement.Read.Directory), to see who could still undo it.
  - Settings need in addition what their own modules name, such as C(Policy.ReadWrite.AuthenticationMethod). The counts
    of registered users, and much of the evidence, need C(AuditLog.Read.All); without it they are unknown.
seealso:
  - module: m365.entra.tenant_info
  - module: m365.entra.conditional_access_policies
  - module: m365.entra.authentication_method_configuration
  - module: m365.entra.self_service_password_reset
"""

EXAMPLES = r"""
- name: From security defaults to Conditional Access, without a gap
  m365.entra.tenant_configuration:
    emergency_access:
      groups:
        - Emergency access accounts
    security_defaults:
      is_enabled: false
    conditional_access_policies:
      policies:
        - template: require_mfa_for_administrators
          policy_state: enabled
        - template: require_mfa_for_all_users
          policy_state: enabled
        - template: block_legacy_authentication
          policy_state: enabled

- name: Enforce only if it does what is meant, and brings nothing that the linter takes for an error
  m365.entra.tenant_configuration:
    emergency_access:
      groups:
        - Emergency access accounts
    conditional_access_policies:
      policies:
        - template: require_mfa_for_administrators
          policy_state: enabled
        - template: block_legacy_authentication
          policy_state: enabled
    sign_in_tests:
      sign_ins:
        - name: A Global Administrator needs MFA in the portals
          described_user:
            roles:
              - Global Administrator
          application: MicrosoftAdminPortals
          client_app_type: browser
          expect:
            policies_apply:
              - Require multifactor authentication for administrators
        - name: Legacy clients are blocked
          described_user: {}
          application: Office365
          client_app_type: other
          expect:
            outcome: blocked
        - name: Emergency access is never in the way
          described_user:
            roles:
              - Global Administrator
            groups:
              - Emergency access accounts
          application: MicrosoftAdminPortals
          expect:
            outcome: granted
            controls: []
    lint:
      fail_on: error
      ignore:
        - rule: left_out_of_mfa
          reason: All users get MFA in the next step.

- name: Passkeys for everybody, a registration campaign, and a verdict on password reset
  m365.entra.tenant_configuration:
    authentication_method_configurations:
      - id: Fido2
        method_state: enabled
        include_targets:
          - all_users
    authentication_methods_policy:
      registration_enforcement:
        authentication_methods_registration_campaign:
          state: enabled
          exclude_targets:
            add:
              - Emergency access accounts
    self_service_password_reset:
      enablement_type: all
      number_of_authentication_methods_required: 2

- name: A policy and all that it needs
  m365.entra.tenant_configuration:
    named_locations:
      - display_name: Head office
        ip_ranges:
          - 203.0.113.0/24
    authentication_strength_policies:
      - display_name: Security keys
        allowed_combinations:
          - fido2
    authentication_contexts:
      - id: c11
        display_name: Confidential documents
        is_available: true
    conditional_access_policies:
      policies:
        - display_name: Security keys for confidential documents outside the office
          conditions:
            users:
              include_users:
                - All
              exclude_groups:
                - Emergency access accounts
            applications:
              include_authentication_context_class_references:
                - Confidential documents
            locations:
              include_locations:
                - All
              exclude_locations:
                - Head office
          grant_controls:
            operator: OR
            authentication_strength: Security keys
"""

RETURN = r"""
tenant_configuration:
  description: The tenant after the task, or in check mode as it would be.
  returned: success
  type: dict
  contains:
    tenant_id:
      description: The tenant's id.
      type: str
    security_defaults:
      description: Security defaults.
      type: dict
      contains:
        is_enabled:
          description: Whether they are on.
          type: bool
    conditional_access_policies:
      description: The listed policies that are present.
      type: list
      elements: dict
    named_locations:
      description: The listed named locations that are present; left out when none is listed.
      type: list
      elements: dict
    authentication_contexts:
      description: The listed authentication contexts that are present; left out when none is listed.
      type: list
      elements: dict
    authentication_strength_policies:
      description: The listed authentication strengths that are present; left out when none is listed.
      type: list
      elements: dict
    authentication_methods_policy:
      description: The authentication methods policy; left out when it is not spoken of. Each setting below likewise.
      type: dict
    authentication_method_configurations:
      description: The listed authentication methods that are present.
      type: list
      elements: dict
    authorization_policy:
      description: The authorization policy.
      type: dict
    mfa_registration_policy:
      description:
        - The verdict on the MFA registration policy, as
          RV(m365.entra.mfa_registration_policy#module:mfa_registration_policy).
      type: dict
    self_service_password_reset:
      description:
        - The verdict on self-service password reset, as
          RV(m365.entra.self_service_password_reset#module:self_service_password_reset).
      type: dict
    per_user_mfa:
      description: Whose per-user MFA was turned off, and whose was left alone.
      type: dict
    unmanaged_policies:
      description: The policies that are not listed, in short, unless they are ignored.
      type: list
      elements: dict
    sign_in_tests:
      description: What becomes of the sign-ins of O(sign_in_tests) under what the plan leads to; left out without it.
      type: dict
      contains:
        were_run:
          description: Whether they were run. Where nothing is to be done they are not.
          type: bool
        reason:
          description: Why they were not run; null when they were.
          type: str
        passed:
          description: Whether every sign-in becomes what is expected; null when they were not run.
          type: bool
        failed_sign_ins:
          description: The names of those that do not.
          type: list
          elements: str
        sign_ins:
          description:
            - Each sign-in, as RV(m365.entra.sign_in_test#module:sign_in_tests).
            - C(after_swap) is what becomes of it once the changes are enforced that policies in report-only show for
              O(conditional_access_policies.policies[].rollout.changes=shadow), null where that is the same.
          type: list
          elements: dict
    lint_findings:
      description:
        - What the rules of O(lint) find in what the plan leads to, as
          RV(m365.entra.conditional_access_lint_info#module:findings), and C(is_new), whether the plan brings it. Null
          where nothing was to be done, or nothing could be looked at; left out without the option.
      type: list
      elements: dict
    assessment:
      description: What Step 1 asks for and what holds.
      type: dict
      contains:
        requirements:
          description: Each requirement, with C(holds) (V(yes), V(report_only), V(no)), C(by), C(tiers) and C(note).
          type: list
          elements: dict
        secure_cloud_controls:
          description:
            - For each of three controls of CISA's secure cloud baseline its name as C(control), its C(title),
              whether it C(holds) (V(yes), V(report_only), V(no)) and the policies it holds C(by). Only emergency
              access accounts may be left out.
          type: list
          elements: dict
        results:
          description:
            - The three results of Step 1, with C(holds) (also V(unknown)), C(by) and C(note). C(mfa_registered) and
              C(sspr_available) also say how many are C(registered) of the C(total), and C(sspr_available) for whom
              password reset is enabled as C(enabled_for) (V(all), V(selected), V(none), V(unknown)) and the C(lane)
              that says so.
          type: list
          elements: dict
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

from ansible_collections.m365.entra.plugins.module_utils._module.tenant_configuration import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
