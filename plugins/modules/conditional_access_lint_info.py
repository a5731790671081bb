#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: conditional_access_lint_info
short_description: Find what is risky or pointless in Conditional Access policies
description:
  - Holds the Conditional Access policies of a tenant against rules, and returns what they find - who is left out of
    MFA, policies that could lock everybody out, exclusions that take away what is included, policies that another one
    makes pointless, controls that Microsoft retired, report-only that was forgotten.
  - Nothing is guessed. What cannot be told from the policies and from what is read for them is no finding. Who is a
    member of which group is not read.
  - It reads the policies, and of what they name the users, groups, named locations and custom authentication strengths.
    Of each group it asks whether it has a member. Security defaults are read where no policy is enforced.
version_added: 0.3.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.lint
  - m365.entra.attributes
  - m365.entra.attributes.reading
options:
  emergency_access:
    description:
      - The emergency access accounts. They must exist. That policies exclude them is expected, and that an enforced one
        does not is a finding.
    type: dict
    suboptions:
      users:
        description: Emergency access accounts by user principal name or id.
        type: list
        elements: str
      groups:
        description: Groups of emergency access accounts by display name or id.
        type: list
        elements: str
  api_version:
    description:
      - The version of Microsoft Graph through which policies are read.
      - With V(v1.0) policies that use preview features are still read from the beta endpoint, so that they are seen in
        full; a warning names them.
    type: str
    choices: [v1.0, beta]
    default: v1.0
notes:
  - Needs the application permissions C(Policy.Read.All), and C(User.Read.All) and C(GroupMember.Read.All) where
    policies name users and groups.
  - The members of a Microsoft 365 group with hidden membership show only with C(Member.Read.Hidden). Without it such a
    group looks empty.
  - Applications, directory roles, terms of use and authentication contexts that policies name are not looked up.
seealso:
  - module: m365.entra.conditional_access_policy_info
  - module: m365.entra.sign_in_test
"""

EXAMPLES = r"""
- name: Look for what is wrong with the policies
  m365.entra.conditional_access_lint_info:
    emergency_access:
      users:
        - emergency-access-1@contoso.example
        - emergency-access-2@contoso.example
  register: lint

- name: Show what was found
  ansible.builtin.debug:
    msg: "{{ item.severity }}: {{ item.policies | join(', ') }}: {{ item.text }}. {{ item.remedy }}"
  loop: "{{ lint.findings }}"

- name: Fail a pipeline on errors, but for what is accepted until the end of the year
  m365.entra.conditional_access_lint_info:
    emergency_access:
      groups: [Emergency access accounts]
    fail_on: error
    ignore:
      - rule: retired_control
        policy: Approved applications on phones
        until: "2026-12-31"
        reason: The phones move to application protection in December.
"""

RETURN = r"""
findings:
  description: What was found, the gravest first.
  returned: always
  type: list
  elements: dict
  contains:
    rule:
      description: The rule that found it.
      type: str
      sample: shadowed_by_block
    severity:
      description: V(error), V(warning) or V(information).
      type: str
    policies:
      description: The names of the policies that it concerns; empty when it is about what no policy does.
      type: list
      elements: str
    policy_ids:
      description: The ids of these policies.
      type: list
      elements: str
    path:
      description: The option of the policy that it is about; null when it is about the policy or policies as a whole.
      type: str
    text:
      description: What is found.
      type: str
    remedy:
      description: What to do about it.
      type: str
counts:
  description: How many findings there are by severity, without those that are ignored.
  returned: always
  type: dict
  sample: {"error": 0, "warning": 1, "information": 2}
ignored:
  description: The findings that O(ignore) accepts, with the reason and the last day. Otherwise like RV(findings).
  returned: always
  type: list
  elements: dict
  contains:
    rule:
      description: The rule that found it.
      type: str
    severity:
      description: V(error), V(warning) or V(information).
      type: str
    policies:
      description: The names of the policies that it concerns.
      type: list
      elements: str
    policy_ids:
      description: The ids of these policies.
      type: list
      elements: str
    path:
      description: The option of the policy that it is about.
      type: str
    text:
      description: What is found.
      type: str
    remedy:
      description: What to do about it.
      type: str
    reason:
      description: Why it is accepted.
      type: str
    until:
      description: The last day on which it is accepted; null for one that is accepted for good.
      type: str
"""

from ansible_collections.m365.entra.plugins.module_utils._module.conditional_access_lint_info import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
