#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: authorization_policy
short_description: Manage what the authorization policy says about sign-in security
description:
  - Changes the parts of a tenant's authorization policy that sign-in security needs - password reset of administrators,
    who may invite guests and what they see, who may join by e-mail, consent to risky applications, and what members may
    do by themselves.
  - What is not given stays as it is, and what is not an option is never written.
version_added: 0.3.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.snapshot
  - m365.entra.authorization_policy
  - m365.entra.attributes
  - m365.entra.attributes.writing
notes:
  - O(allowed_to_use_sspr) concerns ADMINISTRATORS only. Self-service password reset of users has no supported API; see
    M(m365.entra.self_service_password_reset).
  - Needs the application permissions C(Policy.ReadWrite.Authorization) and C(Organization.Read.All). Who signs in as a
    person also needs the role Privileged Role Administrator.
  - No licence is needed. All clouds have it.
  - Not managed is C(permissionGrantPoliciesAssigned), the policies by which users may consent to applications. They
    stay as they are.
seealso:
  - module: m365.entra.authorization_policy_info
  - module: m365.entra.self_service_password_reset
  - module: m365.entra.tenant_configuration
"""

EXAMPLES = r"""
- name: Administrators cannot reset their own passwords, and only administrators invite guests
  m365.entra.authorization_policy:
    allowed_to_use_sspr: false
    allow_invites_from: adminsAndGuestInviters
    guest_user_role_id: restricted_guest_user

- name: Members register no applications and create no tenants
  m365.entra.authorization_policy:
    default_user_role_permissions:
      allowed_to_create_apps: false
      allowed_to_create_tenants: false
"""

RETURN = r"""
authorization_policy:
  description: The policy after the task, or in check mode as it would be.
  returned: success
  type: dict
  contains:
    allowed_to_use_sspr:
      description: Whether administrators may reset their own passwords.
      type: bool
    allow_invites_from:
      description: Who may invite guests.
      type: str
    guest_user_role_id:
      description: What guests may see - V(user), V(guest_user), V(restricted_guest_user), or another role by its id.
      type: str
    allow_email_verified_users_to_join_organization:
      description: Whether people can join by confirming an e-mail address.
      type: bool
    allowed_to_sign_up_email_based_subscriptions:
      description: Whether people can sign up for services by themselves.
      type: bool
    allow_user_consent_for_risky_apps:
      description: Whether users may consent to risky applications.
      type: bool
    block_msol_power_shell:
      description: Whether the MSOnline PowerShell module is refused.
      type: bool
    default_user_role_permissions:
      description: What members may do by themselves.
      type: dict
      contains:
        allowed_to_create_apps:
          description: Register applications.
          type: bool
        allowed_to_create_security_groups:
          description: Create security groups.
          type: bool
        allowed_to_create_tenants:
          description: Create tenants.
          type: bool
        allowed_to_read_bitlocker_keys_for_owned_device:
          description: Read the BitLocker recovery keys of their own devices.
          type: bool
        allowed_to_read_other_users:
          description: Read other users.
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
from ansible_collections.m365.entra.plugins.module_utils._resources.authorization_policy import SETTING
from ansible_collections.m365.entra.plugins.module_utils._spec.argument_spec import ArgumentSpec
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module
from ansible_collections.m365.entra.plugins.module_utils._spec.setting_options import AUTHORIZATION
from ansible_collections.m365.entra.plugins.module_utils._spec.snapshot_options import SNAPSHOT

SPEC = ArgumentSpec(AUTHORIZATION).merged(SNAPSHOT)
run = body_of(SETTING)


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
