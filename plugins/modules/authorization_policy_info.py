#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: authorization_policy_info
short_description: Read what the authorization policy says about sign-in security
description:
  - Reads the parts of a tenant's authorization policy that M(m365.entra.authorization_policy) manages, in one request.
version_added: 0.3.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.attributes
  - m365.entra.attributes.reading
notes:
  - Needs one of the application permissions C(Policy.Read.All) and C(Policy.ReadWrite.Authorization). Who signs in as a
    person also needs a role that may read it, such as Global Reader.
seealso:
  - module: m365.entra.authorization_policy
"""

EXAMPLES = r"""
- name: Read the policy
  m365.entra.authorization_policy_info:
  register: found

- name: Say whether administrators may reset their own passwords
  ansible.builtin.debug:
    msg: "{{ found.authorization_policy.allowed_to_use_sspr }}"
"""

RETURN = r"""
authorization_policy:
  description: The policy.
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
"""

from ansible_collections.m365.entra.plugins.module_utils._module.tenant_setting import info_body_of
from ansible_collections.m365.entra.plugins.module_utils._resources.authorization_policy import SETTING
from ansible_collections.m365.entra.plugins.module_utils._spec.argument_spec import ArgumentSpec
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module

SPEC = ArgumentSpec({})
run = info_body_of(SETTING)


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
