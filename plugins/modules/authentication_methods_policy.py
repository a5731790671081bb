#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: authentication_methods_policy
short_description: Manage the authentication methods policy
description:
  - Changes the part of a tenant's authentication methods policy that is not about one method - the migration from the
    legacy settings, the registration campaign, and in Graph's beta the report of suspicious activity and
    system-preferred MFA.
  - The methods themselves are managed with M(m365.entra.authentication_method_configuration).
  - What is not given stays as it is. The registration campaign is always written whole, because it is not known what
    the service makes of a part of it.
version_added: 0.3.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.snapshot
  - m365.entra.authentication_methods_policy
  - m365.entra.api_version
  - m365.entra.attributes
  - m365.entra.attributes.writing
notes:
  - Needs the application permissions C(Policy.ReadWrite.AuthenticationMethod) and C(Organization.Read.All), and
    C(GroupMember.Read.All) where groups are named, also C(User.Read.All) where users are. Who signs in as a person
    also needs the role Authentication Policy Administrator.
  - No licence is needed.
  - The clouds of the US Government have it too; that of China does not, and tenants there are refused before any
    request for it.
  - Not managed are C(reconfirmationInDays), which Microsoft does not document, and the legacy pages on which
    per-user MFA and self-service password reset had their own methods; Microsoft closed these for changes on 30
    September 2025.
  - The registration campaign asks people who do MFA to register something better. To make people register who have
    nothing, require MFA with M(m365.entra.conditional_access_policy).
seealso:
  - module: m365.entra.authentication_methods_policy_info
  - module: m365.entra.authentication_method_configuration
  - module: m365.entra.tenant_configuration
"""

EXAMPLES = r"""
- name: Legacy settings no longer count, and people are asked to register Microsoft Authenticator
  m365.entra.authentication_methods_policy:
    policy_migration_state: migrationComplete
    registration_enforcement:
      authentication_methods_registration_campaign:
        state: enabled
        snooze_duration_in_days: 1
        include_targets:
          - id: all_users
            targeted_authentication_method: microsoftAuthenticator
        exclude_targets:
          - Emergency access accounts

- name: Leave one more group out of the campaign
  m365.entra.authentication_methods_policy:
    registration_enforcement:
      authentication_methods_registration_campaign:
        exclude_targets:
          add:
            - Meeting rooms

- name: People can report requests that they did not make
  m365.entra.authentication_methods_policy:
    api_version: beta
    report_suspicious_activity_settings:
      state: enabled
      include_target: all_users
"""

RETURN = r"""
authentication_methods_policy:
  description: The policy after the task, or in check mode as it would be.
  returned: success
  type: dict
  contains:
    policy_migration_state:
      description: How far the legacy settings have moved into this policy.
      type: str
    registration_enforcement:
      description: What makes people register methods.
      type: dict
      contains:
        authentication_methods_registration_campaign:
          description: The registration campaign.
          type: dict
          contains:
            state:
              description: V(default), which leaves it to Microsoft, V(enabled) or V(disabled).
              type: str
            snooze_duration_in_days:
              description: How many days pass before somebody is asked again.
              type: int
            include_targets:
              description: Who is asked.
              type: list
              elements: dict
              contains:
                id:
                  description: The group's id, or V(all_users).
                  type: str
                target_type:
                  description: V(group) or V(user).
                  type: str
                targeted_authentication_method:
                  description: What they are asked to register.
                  type: str
            exclude_targets:
              description: Who is not.
              type: list
              elements: dict
              contains:
                id:
                  description: The group's id, or V(all_users).
                  type: str
                target_type:
                  description: V(group) or V(user).
                  type: str
            enforce_registration_after_allowed_snoozes:
              description: Whether people must register in the end.
              type: bool
              returned: with O(api_version=beta)
    report_suspicious_activity_settings:
      description: Whether people can report an MFA request that they did not make.
      type: dict
      contains:
        state:
          description: V(default), which leaves it to Microsoft, V(enabled) or V(disabled).
          type: str
        include_target:
          description: Who can.
          type: str
        voice_reporting_code:
          description: The number that is pressed in a phone call.
          type: int
      returned: with O(api_version=beta)
    system_credential_preferences:
      description: System-preferred MFA.
      type: dict
      contains:
        state:
          description: V(default), which leaves it to Microsoft, V(enabled) or V(disabled).
          type: str
        include_targets:
          description: For whom it is.
          type: list
          elements: dict
          contains:
            id:
              description: The group's id, or V(all_users).
              type: str
            target_type:
              description: V(group) or V(user).
              type: str
        exclude_targets:
          description: For whom it is not.
          type: list
          elements: dict
          contains:
            id:
              description: The group's id, or V(all_users).
              type: str
            target_type:
              description: V(group) or V(user).
              type: str
      returned: with O(api_version=beta)
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
      description: The id of the object; null for a setting of which there is one.
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

from ansible_collections.m365.entra.plugins.module_utils._module.tenant_setting import body_of
from ansible_collections.m365.entra.plugins.module_utils._resources.authentication_methods_policy import SETTING
from ansible_collections.m365.entra.plugins.module_utils._spec.argument_spec import ArgumentSpec
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module
from ansible_collections.m365.entra.plugins.module_utils._spec.setting_options import API_VERSION, METHODS_POLICY
from ansible_collections.m365.entra.plugins.module_utils._spec.snapshot_options import SNAPSHOT

SPEC = ArgumentSpec(METHODS_POLICY).merged(API_VERSION).merged(SNAPSHOT)
run = body_of(SETTING)


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
