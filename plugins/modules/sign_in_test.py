#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: sign_in_test
short_description: Test what becomes of sign-ins under Conditional Access
description:
  - Evaluates sign-ins that you describe against the Conditional Access policies of a tenant, and compares what becomes
    of them with what you expect - whether they are blocked, which controls are asked for, which policies apply.
  - Nothing is guessed. A policy that asks for a detail that you do not give leaves the outcome V(unknown), and the
    result names the detail, unless the policy surely does not apply or would change nothing.
  - The task fails when a sign-in does not become what is expected.
version_added: 0.3.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.sign_in_tests
  - m365.entra.attributes
  - m365.entra.attributes.reading
options:
  live:
    description:
      - Whether Microsoft's own evaluation is asked about each sign-in, too. A policy that applies in one of the two and
        surely does not in the other fails the sign-in.
      - It is one more request for each sign-in. The question changes nothing and is asked in check mode, too.
    type: bool
    default: false
  api_version:
    description:
      - The version of Microsoft Graph through which policies are read and the service's evaluation is asked.
      - With V(v1.0) policies that use preview features are still read from the beta endpoint, so that they are
        evaluated in full.
    type: str
    choices: [v1.0, beta]
    default: v1.0
notes:
  - Needs the application permissions C(Policy.Read.All) or C(Policy.Read.ConditionalAccess), C(User.Read.All) for
    users and C(Application.Read.All) for applications and service principals. C(GroupMember.Read.All) is needed where
    policies name groups or roles, and C(RoleManagement.Read.Directory) where they name roles.
  - Only Conditional Access is evaluated. Security defaults and the MFA of single users ask for MFA by rules of their
    own, and whether an account may sign in at all is not looked at.
  - Custom security attributes are not read, so that filters for applications and workload identities cannot be told.
seealso:
  - module: m365.entra.conditional_access_policy_info
  - module: m365.entra.tenant_configuration
"""

EXAMPLES = r"""
- name: Test what the policies do
  m365.entra.sign_in_test:
    sign_ins:
      - name: Legacy clients are blocked
        user: bela.user@contoso.example
        application: Office 365 Exchange Online
        client_app_type: other
        expect:
          outcome: blocked
      - name: A browser needs MFA
        user: bela.user@contoso.example
        application: Office 365 Exchange Online
        client_app_type: browser
        device_platform: windows
        authentication_flow: none
        sign_in_risk_level: none
        user_risk_level: none
        expect:
          outcome: granted
          controls: [mfa]
      - name: Emergency access is never in the way
        user: emergency-access-1@contoso.example
        application: MicrosoftAdminPortals
        expect:
          outcome: granted
          controls: []

- name: Test what becomes of people who are described, not named
  m365.entra.sign_in_test:
    sign_ins:
      - name: A Global Administrator needs MFA
        described_user:
          roles: [Global Administrator]
        application: MicrosoftAdminPortals
        client_app_type: browser
        authentication_flow: none
        expect:
          controls: [mfa]
      - name: A guest needs MFA
        described_user: {}
        guest_type: b2bCollaborationGuest
        application: Office365
        client_app_type: browser
        authentication_flow: none
        expect:
          controls: [mfa]

- name: See what enforcing the report-only policies would do
  m365.entra.sign_in_test:
    include_report_only: true
    on_failure: report
    sign_ins:
      - name: From home on a managed device
        user: bela.user@contoso.example
        application: Office365
        client_app_type: mobileAppsAndDesktopClients
        device_platform: windows
        device:
          is_compliant: true
          trust_type: AzureAD
        ip_address: 203.0.113.5
        country: CH
        authentication_flow: none
        expect:
          controls:
            - mfa
            - compliantDevice or domainJoinedDevice
  register: found

- name: Compare with the service's own evaluation after a change
  m365.entra.sign_in_test:
    live: true
    sign_ins:
      - name: An administrator in the portal
        user: alex.admin@contoso.example
        application: MicrosoftAdminPortals
        client_app_type: browser
        expect:
          policies_apply: [Require MFA for administrators]
"""

RETURN = r"""
passed:
  description: Whether every sign-in became what was expected of it.
  returned: always
  type: bool
failed_sign_ins:
  description: The names of those that did not.
  returned: always
  type: list
  elements: str
sign_in_tests:
  description: What became of each sign-in, in the order of O(sign_ins).
  returned: always
  type: list
  elements: dict
  contains:
    name:
      description: The sign-in's name.
      type: str
    passed:
      description: Whether all was as expected; null where nothing was expected and the service was not asked.
      type: bool
    failures:
      description: What was not as expected, led by the option that expected it.
      type: list
      elements: str
    outcome:
      description: V(blocked), V(granted) or V(unknown).
      type: str
    controls:
      description: What is asked for; each entry must be met. What V(unknown) leaves open may ask for more.
      type: list
      elements: str
      sample: [mfa, compliantDevice or domainJoinedDevice]
    blocked_by:
      description: The names of the policies that block.
      type: list
      elements: str
    session_controls:
      description: The policies that apply and change the session, each with its session controls.
      type: list
      elements: dict
    undecided:
      description: The policies that would make a difference and of which cannot be told whether they apply.
      type: list
      elements: str
    missing:
      description: What must be said for them to be told.
      type: list
      elements: str
    policies:
      description: Every policy of the tenant, and whether it applies.
      type: list
      elements: dict
      contains:
        display_name:
          description: Its name.
          type: str
        id:
          description: Its id.
          type: str
        policy_state:
          description: Its state.
          type: str
        applies:
          description: V(yes), V(no) or V(unknown).
          type: str
        reason:
          description: The first thing that keeps the policy away, in Microsoft Graph's word; C(notSet) when it applies.
          type: str
        missing:
          description: What must be said to tell whether it applies.
          type: list
          elements: str
    service:
      description: What Microsoft's own evaluation said.
      returned: when O(live=true)
      type: dict
      contains:
        policies_apply:
          description: The names of the policies that apply.
          type: list
          elements: str
        agrees:
          description: Whether it contradicts nothing that was found here.
          type: bool
"""

from ansible_collections.m365.entra.plugins.module_utils._module.sign_in_test import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
