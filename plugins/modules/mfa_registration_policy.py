#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mfa_registration_policy
short_description: Check, or change through the portal, whether users are made to register for MFA
description:
  - Concerns the MFA registration policy of Identity Protection. Microsoft offers no supported API for it, so this
    module works in one of two lanes, and says in RV(mfa_registration_policy.lane) in which it did.
  - With O(lane=evidence), the default, the task only reads - Conditional Access policies, security defaults, the
    authentication methods policy, the registration report, the licence - and answers whether users are made to register
    as wanted, by the policy or by something else, with the evidence, and with steps to do by hand where they are not or
    nobody can tell. It never reports a change. What cannot be read at all can be attested.
  - With O(lane=portal), which has to be asked for, the settings are read and written as a signed-in person through
    a service of the portal that Microsoft neither documents nor supports for programs. The whole object is read, what
    differs is put in, and the whole object is handed back, members that nobody knows included; then it is read again.
    An object that does not look as it was recorded is refused, and nothing is written. Each such task warns.
version_added: 0.3.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.snapshot
  - m365.entra.portal
  - m365.entra.mfa_registration_policy
  - m365.entra.attributes
attributes:
  check_mode:
    description: Nothing is written. In O(lane=evidence) nothing ever is.
    support: full
  diff_mode:
    description: In O(lane=portal) what changes is shown by option, with names beside ids.
    support: full
  idempotent:
    description: A second run changes nothing.
    support: full
notes:
  - In O(lane=evidence) the application permissions C(Policy.Read.All), C(AuditLog.Read.All) and
    C(Organization.Read.All) give evidence; without one of them less is proven and nothing fails.
    C(GroupMember.Read.All) is needed where groups are named.
  - In O(lane=portal) O(portal) needs a person's credential, which M(m365.entra.portal_sign_in) obtains. The person
    needs the role Security Administrator. The application of the connection needs C(Organization.Read.All), and
    C(GroupMember.Read.All) where groups are named.
  - The address of the policy was recorded in 2021 and could not be verified since; Microsoft has retired the service
    for customers' programs. O(portal.mfa_registration_policy_url) is therefore an option, and where nothing or
    something else answers, the task fails with nothing written. Outside of the global cloud it has to be given.
  - The policy needs Microsoft Entra ID P2. RV(mfa_registration_policy.licence_missing) says that the tenant lacks it.
  - With Microsoft Entra ID P1 the same is reached by a Conditional Access policy that requires MFA for everybody,
    together with one that protects the registration of security information; without it, by security defaults.
  - O(on_noncompliant) and O(on_unknown) concern O(lane=evidence).
seealso:
  - module: m365.entra.conditional_access_policy
  - module: m365.entra.authentication_methods_policy
  - module: m365.entra.portal_sign_in
  - module: m365.entra.registration_info
"""

EXAMPLES = r"""
- name: Is everybody made to register for MFA, by whatever means
  m365.entra.mfa_registration_policy:
    is_enabled: true
    include_all_users: true
    on_noncompliant: fail
  register: found

- name: Show what has to be done by hand
  ansible.builtin.debug:
    msg: "{{ found.mfa_registration_policy.manual_steps }}"

- name: Change it through the portal, which Microsoft does not support
  m365.entra.mfa_registration_policy:
    lane: portal
    portal:
      refresh_token_path: ~/.config/entra/contoso
    is_enabled: true
    include_all_users: true
    exclude_groups:
      add:
        - Emergency access accounts
"""

RETURN = r"""
mfa_registration_policy:
  description: What is known of it.
  returned: success
  type: dict
  contains:
    lane:
      description: V(evidence) or V(portal).
      type: str
    compliant:
      description:
        - V(true) when everything that was given holds, V(false) when something does not, and the text V(unknown)
          when nobody can tell, or when nothing was given.
        - In O(lane=portal) it is what the portal shows after the task, and in check mode what it shows now.
      type: raw
    settings:
      description: Each option that was given.
      type: list
      elements: dict
      contains:
        option:
          description: The option.
          type: str
        wanted:
          description: Its value as given.
          type: raw
        found:
          description: The value that was found; null where nobody can tell.
          type: raw
        compliant:
          description: V(true), V(false) or the text V(unknown).
          type: raw
        source:
          description: What the answer rests on; empty where there is none.
          type: str
        note:
          description: What a reader should know.
          type: str
    evidence:
      description: What was read. Empty in O(lane=portal).
      type: dict
      contains:
        security_defaults:
          description: Whether security defaults are on; null when not read.
          type: bool
        policies:
          description: Enforced policies that make users register, with whom they leave out.
          type: list
          elements: dict
        registration_secured_by:
          description: Policies that protect the registration itself.
          type: list
          elements: str
        registration_campaign:
          description: The registration campaign; null when not read.
          type: dict
        users:
          description: Everybody in the registration report; null when it could not be read.
          type: dict
          contains:
            total:
              description: How many there are.
              type: int
            capable:
              description: How many can do MFA.
              type: int
            not_registered:
              description: How many have not registered for MFA; null when not counted, as where security defaults or
                a Conditional Access policy make everybody register.
              type: int
            not_registered_is_complete:
              description: Whether all of these were counted.
              type: bool
        license:
          description: V(free), V(p1) or V(p2); null when not read.
          type: str
        permissions:
          description: Permissions that would prove more.
          type: list
          elements: dict
        problems:
          description: What could not be read, and why.
          type: list
          elements: str
    manual_steps:
      description: What has to be done by hand in the admin center, for each option that does not hold or is not
        known. Empty in O(lane=portal).
      type: list
      elements: dict
      contains:
        option:
          description: The option.
          type: str
        text:
          description: What to do, in the words of the admin center.
          type: str
        link:
          description: The address of the page; null where none is known for the cloud.
          type: str
    attestation:
      description: The attestation; null without one, and in O(lane=portal).
      type: dict
      contains:
        attested_by:
          description: Who looked.
          type: str
        attested_on:
          description: When.
          type: str
        valid_until:
          description: Until when it counts.
          type: str
        is_valid:
          description: Whether it still counts.
          type: bool
    licence_missing:
      description: Whether the policy itself has no licence here.
      type: bool
plan:
  description: What was done, or in check mode would be done, in order. Empty in O(lane=evidence).
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
      description: The id of the object; null for what has none.
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

from ansible_collections.m365.entra.plugins.module_utils._module.mfa_registration_policy import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
