#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: authentication_methods_policy_info
short_description: Read the authentication methods policy
description:
  - Reads the part of a tenant's authentication methods policy that is not about one method, in one request.
version_added: 0.3.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.api_version
  - m365.entra.attributes
  - m365.entra.attributes.reading
notes:
  - Needs one of the application permissions C(Policy.Read.All), C(Policy.Read.AuthenticationMethod) and
    C(Policy.ReadWrite.AuthenticationMethod). Who signs in as a person also needs a role that may read it,
    such as Global Reader.
  - Tenants of the cloud of China do not have it.
  - C(reconfirmationInDays) is not returned.
seealso:
  - module: m365.entra.authentication_methods_policy
  - module: m365.entra.authentication_method_configuration_info
"""

EXAMPLES = r"""
- name: Read the policy
  m365.entra.authentication_methods_policy_info:
  register: found

- name: Say whether the migration is complete
  ansible.builtin.debug:
    msg: "{{ found.authentication_methods_policy.policy_migration_state == 'migrationComplete' }}"
"""

RETURN = r"""
authentication_methods_policy:
  description: The policy.
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
"""

from ansible_collections.m365.entra.plugins.module_utils._module.tenant_setting import info_body_of
from ansible_collections.m365.entra.plugins.module_utils._resources.authentication_methods_policy import SETTING
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module
from ansible_collections.m365.entra.plugins.module_utils._spec.setting_options import API_VERSION

SPEC = API_VERSION
run = info_body_of(SETTING)


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
