#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: conditional_access_policy_info
short_description: Read Conditional Access policies
description:
  - Reads all Conditional Access policies of a tenant, or those that are asked for, in one request. Through V(v1.0) a
    second one asks Graph's beta endpoint for policies that V(v1.0) keeps back.
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.attributes
  - m365.entra.attributes.reading
options:
  display_name:
    description:
      - Only policies of exactly this name.
    type: str
  id:
    description:
      - Only the policy with this id.
    type: str
  policy_state:
    description:
      - Only policies in this state.
    type: str
    choices:
      - enabled
      - report_only
      - disabled
  deleted:
    description:
      - Read the bin instead, where deleted policies stay for 30 days. National clouds have none.
    type: bool
    default: false
    version_added: 0.2.0
  names:
    description:
      - Show what policies refer to by name instead of by id, where the name is unique. Such a result holds the options
        that make the policy again.
    type: bool
    default: false
    version_added: 0.2.0
  api_version:
    description:
      - The version of Microsoft Graph through which policies are read. V(v1.0) does not show policies that use preview
        features; a warning names them.
    type: str
    choices:
      - v1.0
      - beta
    default: v1.0
    version_added: 0.2.0
notes:
  - Needs the application permission C(Policy.Read.All), and with O(names) also C(User.Read.All),
    C(GroupMember.Read.All), C(Application.Read.All) and others for what policies refer to.
seealso:
  - module: m365.entra.conditional_access_policy
"""

EXAMPLES = r"""
- name: Read all policies that are only reported
  m365.entra.conditional_access_policy_info:
    policy_state: report_only
  register: reported

- name: Read what lies in the bin
  m365.entra.conditional_access_policy_info:
    deleted: true
  register: bin
"""

RETURN = r"""
conditional_access_policies:
  description: The policies, sorted by name.
  returned: success
  type: list
  elements: dict
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
"""

from ansible_collections.m365.entra.plugins.module_utils._module.conditional_access_policy_info import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
