#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: conditional_access_template_info
short_description: Read Microsoft's Conditional Access templates
description:
  - Reads the templates that Microsoft offers for Conditional Access policies, in one request.
  - Shows beside each the named policy of this collection with its id, and where the two differ.
version_added: 0.2.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.attributes
  - m365.entra.attributes.reading
options:
  scenario:
    description:
      - Only templates for this scenario.
    type: str
    choices:
      - new
      - secureFoundation
      - zeroTrust
      - remoteWork
      - protectAdmins
      - emergingThreats
      - aiAgents
  id:
    description:
      - Only the template with this id.
    type: str
  name:
    description:
      - Only templates of exactly this name.
    type: str
  api_version:
    description:
      - The version of Microsoft Graph to ask. V(beta) may offer templates that use preview features.
    type: str
    choices:
      - v1.0
      - beta
    default: v1.0
notes:
  - Needs the application permission C(Policy.Read.All).
  - Microsoft's templates exclude the administrator who applies them, named policies the emergency access accounts of
    the task. This is not counted as a difference, and neither is another name.
seealso:
  - module: m365.entra.conditional_access_policy
"""

EXAMPLES = r"""
- name: Read the templates for administrators
  m365.entra.conditional_access_template_info:
    scenario: protectAdmins
  register: offered

- name: Show where the named policies ask for something else than Microsoft
  ansible.builtin.debug:
    msg: "{{ offered.conditional_access_templates | selectattr('differences') | map(attribute='name') | list }}"

- name: Read what is offered as a preview, too
  m365.entra.conditional_access_template_info:
    api_version: beta
    scenario: aiAgents
"""

RETURN = r"""
conditional_access_templates:
  description: The templates, sorted by name.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The template's id, which a policy made from it carries as its C(template_id).
      type: str
    name:
      description: The name.
      type: str
    description:
      description: What Microsoft says of it.
      type: str
    scenarios:
      description: What Microsoft recommends it for.
      type: list
      elements: str
    template:
      description: The named policy that comes nearest, for the option C(template); null when there is none.
      type: str
    differences:
      description: Where that named policy, in the profile C(modern), differs.
      type: list
      elements: dict
      contains:
        option:
          description: The path of the option.
          type: str
        ours:
          description: The value in the named policy.
          type: raw
        microsoft:
          description: The value in Microsoft's template.
          type: raw
    not_understood:
      description: What the template says that could not be compared.
      type: list
      elements: str
    variants:
      description: Further named policies with the same id, each with its C(template) and C(differences).
      type: list
      elements: dict
without_counterpart:
  description: Named policies for which Microsoft offers no template through this version of Graph.
  returned: success
  type: list
  elements: dict
  contains:
    template:
      description: The name for the option C(template).
      type: str
    display_name:
      description: The name that such a policy gets.
      type: str
    microsoft_template_id:
      description: The id of the template that Microsoft is known to have offered; null when it never did.
      type: str
    needs_beta:
      description: Whether only the beta version of Microsoft Graph accepts such a policy.
      type: bool
"""

from ansible_collections.m365.entra.plugins.module_utils._module.conditional_access_template_info import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
