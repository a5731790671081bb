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
  - m365.entra.attributes
  - m365.entra.attributes.reading
options:
  sign_ins:
    description:
      - The sign-ins. What is left out of one is not said.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: What the sign-in is called in messages and results. No two have the same name.
        type: str
        required: true
      user:
        description:
          - Who signs in, by user principal name or id. Either this or O(sign_ins[].service_principal) is needed.
        type: str
      service_principal:
        description: A service principal that signs in as itself, by display name or id.
        type: str
      guest_type:
        description:
          - What kind of user the directory sees. By default this is what it shows - guests are V(internalGuest), or
            V(b2bCollaborationGuest) where the user principal name holds C(#EXT#).
        type: str
        choices:
          - member
          - internalGuest
          - b2bCollaborationGuest
          - b2bCollaborationMember
          - b2bDirectConnectUser
          - otherExternalUser
          - serviceProvider
      external_tenant_id:
        description: The tenant that an external user comes from.
        type: str
      application:
        description:
          - What is signed in to, by display name or application id.
          - V(Office365) and V(MicrosoftAdminPortals) stand for any application of these groups.
        type: str
      user_action:
        description: An action in place of an application.
        type: str
        choices: [register_security_information, register_device]
      authentication_context:
        description:
          - An authentication context that is asked for, by name or id. Name the O(sign_ins[].application) that asks for
            it too, or whatever policies for applications do cannot be told.
        type: str
      client_app_type:
        description: The kind of client.
        type: str
        choices: [browser, mobileAppsAndDesktopClients, exchangeActiveSync, easSupported, other]
      device_platform:
        description: The device's platform.
        type: str
        choices: [android, iOS, windows, windowsPhone, macOS, linux]
      device:
        description: The device, for filters for devices.
        type: dict
        suboptions:
          is_registered:
            description: Whether the directory knows the device. One that it does not know has no properties.
            type: bool
          is_compliant:
            description: Whether it is compliant.
            type: bool
          trust_type:
            description:
              - How it is joined, as filters write it - C(AzureAD), C(ServerAD) for a hybrid join, C(Workplace).
            type: str
          physical_ids:
            description: Its physical ids.
            type: list
            elements: str
          system_labels:
            description: Its system labels.
            type: list
            elements: str
          device_id:
            description: Its device id.
            type: str
          display_name:
            description: Its name.
            type: str
          enrollment_profile_name:
            description: The enrollment profile.
            type: str
          manufacturer:
            description: Its manufacturer.
            type: str
          mdm_app_id:
            description: The application id of its device management.
            type: str
          model:
            description: Its model.
            type: str
          operating_system:
            description: Its operating system.
            type: str
          operating_system_version:
            description: The version of its operating system.
            type: str
          ownership:
            description: Whose it is.
            type: str
          profile_type:
            description: The type of its profile.
            type: str
          extension_attribute1:
            description: Its extension attribute 1.
            type: str
          extension_attribute2:
            description: Its extension attribute 2.
            type: str
          extension_attribute3:
            description: Its extension attribute 3.
            type: str
          extension_attribute4:
            description: Its extension attribute 4.
            type: str
          extension_attribute5:
            description: Its extension attribute 5.
            type: str
          extension_attribute6:
            description: Its extension attribute 6.
            type: str
          extension_attribute7:
            description: Its extension attribute 7.
            type: str
          extension_attribute8:
            description: Its extension attribute 8.
            type: str
          extension_attribute9:
            description: Its extension attribute 9.
            type: str
          extension_attribute10:
            description: Its extension attribute 10.
            type: str
          extension_attribute11:
            description: Its extension attribute 11.
            type: str
          extension_attribute12:
            description: Its extension attribute 12.
            type: str
          extension_attribute13:
            description: Its extension attribute 13.
            type: str
          extension_attribute14:
            description: Its extension attribute 14.
            type: str
          extension_attribute15:
            description: Its extension attribute 15.
            type: str
      ip_address:
        description: The address that the sign-in comes from. It decides about named locations with ranges.
        type: str
      country:
        description:
          - The country of the address, as a code of two letters, or V(unknown) for an address without a country. It
            decides about named locations with countries.
        type: str
      locations:
        description:
          - The named locations that the sign-in comes from, by name or id. Then it comes from no other, whatever its
            address and country are. This is the only way to say that somebody is in a location by GPS or in a compliant
            network.
        type: list
        elements: str
      trusted_location:
        description: Whether it comes from a trusted location. By default the named locations decide.
        type: bool
      sign_in_risk_level:
        description: The risk of the sign-in.
        type: str
        choices: [none, low, medium, high]
      user_risk_level:
        description: The risk of the user.
        type: str
        choices: [none, low, medium, high]
      service_principal_risk_level:
        description: The risk of the service principal.
        type: str
        choices: [none, low, medium, high]
      insider_risk_level:
        description: The insider risk of the user.
        type: str
        choices: [none, minor, moderate, elevated]
      authentication_flow:
        description: How authentication is transferred from another device, or V(none).
        type: str
        choices: [none, deviceCodeFlow, authenticationTransfer]
      expect:
        description:
          - What must become of the sign-in. Without it the result only tells what does.
        type: dict
        suboptions:
          outcome:
            description:
              - V(blocked) when an enforced policy surely blocks, V(granted) when no policy does and all controls are
                known, otherwise V(unknown).
            type: str
            choices: [blocked, granted, unknown]
          controls:
            description:
              - Everything that is asked for, and nothing else. Each entry must be met; where any one of several
                controls is enough, write them with C(or) between them.
              - Built-in controls are written as in a policy. Authentication strengths are given by name or id, terms of
                use and custom controls by id.
              - V([]) expects that nothing is asked for.
            type: list
            elements: str
          policies_apply:
            description: Policies that apply, in report-only mode too, by name or id.
            type: list
            elements: str
          policies_do_not_apply:
            description: Policies that surely do not apply, by name or id.
            type: list
            elements: str
  include_report_only:
    description:
      - Whether the outcome is what it would be if policies in report-only mode were enforced.
    type: bool
    default: false
  mfa_trusted_ips:
    description:
      - The ranges of the legacy MFA trusted IPs, which nothing can read. Give an empty list when there are none.
      - Without it a policy that names them cannot be told, and V(AllTrusted) means named locations alone.
    type: list
    elements: str
  live:
    description:
      - Whether Microsoft's own evaluation is asked about each sign-in, too. A policy that applies in one of the two and
        surely does not in the other fails the sign-in.
      - It is one more request for each sign-in. The question changes nothing and is asked in check mode, too.
    type: bool
    default: false
  on_failure:
    description:
      - Whether the task fails when a sign-in does not become what is expected, or only reports it.
    type: str
    choices: [fail, report]
    default: fail
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
