#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: self_service_password_reset
short_description: Check, or change through the portal, which users may reset their own passwords
description:
  - Concerns self-service password reset (SSPR) of users. That of administrators is an option of
    M(m365.entra.authorization_policy). Microsoft offers no supported API for it, so this module works in one of two
    lanes, and says in RV(self_service_password_reset.lane) in which it did.
  - With O(lane=evidence), the default, the task only reads - the registration report, the authentication methods
    policy, the audit log - and answers whether the tenant is as wanted, with the evidence, and with steps to do by hand
    where it is not or nobody can tell. It never reports a change. What cannot be read at all, such as notifications,
    can be attested.
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
  - m365.entra.self_service_password_reset
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
  - In O(lane=evidence) the application permissions C(AuditLog.Read.All) and C(Policy.Read.All) give evidence; without
    one of them less is proven and nothing fails. C(GroupMember.Read.All) is needed where a group is named.
  - In O(lane=portal) O(portal) needs a person's credential, which M(m365.entra.portal_sign_in) obtains. The person
    needs the role Global Administrator or Authentication Policy Administrator; whether partners with delegated
    administration are let in is not known. The application of the connection needs C(Organization.Read.All), and
    C(GroupMember.Read.All) where a group is named.
  - The registration report needs Microsoft Entra ID P1 in the tenant; without it
    RV(self_service_password_reset.licence_missing) is true and nothing fails. Password reset itself needs Microsoft 365
    Business Standard or better, or P1.
  - The portal's address is known for the global cloud only; elsewhere O(portal.url) has to be given.
  - Once the migration to the authentication methods policy is complete, that policy decides which methods there are,
    and only security questions are decided here. Password writeback and the text of the help desk's link on other
    pages are not managed.
  - O(on_noncompliant) and O(on_unknown) concern O(lane=evidence).
seealso:
  - module: m365.entra.authorization_policy
  - module: m365.entra.authentication_method_configuration
  - module: m365.entra.portal_sign_in
  - module: m365.entra.registration_info
"""

EXAMPLES = r"""
- name: Is password reset as wanted, as far as anybody can tell
  m365.entra.self_service_password_reset:
    enablement_type: all
    number_of_authentication_methods_required: 2
    registration_required_on_sign_in: true
    notify_users_on_password_reset: true
    attestation:
      attested_by: ada@contoso.example
      attested_on: "2026-06-30"
      valid_until: "2026-12-31"
  register: found

- name: Show what has to be done by hand
  ansible.builtin.debug:
    msg: "{{ found.self_service_password_reset.manual_steps }}"

- name: Fail when users cannot reset their passwords
  m365.entra.self_service_password_reset:
    enablement_type: selected
    password_reset_enabled_group: Staff
    on_noncompliant: fail

- name: Change it through the portal, which Microsoft does not support
  m365.entra.self_service_password_reset:
    lane: portal
    portal:
      refresh_token_path: ~/.config/entra/contoso
    enablement_type: selected
    password_reset_enabled_group: Staff
    number_of_authentication_methods_required: 2
    registration_required_on_sign_in: true
    registration_reconfirm_interval_in_days: 180
"""

RETURN = r"""
self_service_password_reset:
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
        users:
          description: Ordinary users in the registration report; null when it could not be read.
          type: dict
          contains:
            total:
              description: How many there are.
              type: int
            enabled:
              description: How many may reset their passwords.
              type: int
            registered:
              description: How many have registered for it.
              type: int
            capable:
              description: How many can do it.
              type: int
        group:
          description: How those who may compare with O(password_reset_enabled_group); null when not given.
          type: dict
          contains:
            id:
              description: The id of the group.
              type: str
            members:
              description: How many ordinary users it has, nested groups included.
              type: int
            enabled_users:
              description: How many ordinary users may reset their passwords.
              type: int
            enabled_but_no_members:
              description: How many of those are not in the group.
              type: int
            members_but_not_enabled:
              description: Of how many members the report says that they may not.
              type: int
            members_without_row:
              description: How many members the report does not list as ordinary users yet.
              type: int
        policy_migration_state:
          description: How far the legacy settings have moved.
          type: str
        resets:
          description: What the audit log tells of password reset; null when it could not be read.
          type: dict
          contains:
            resets:
              description: How many there were.
              type: int
            registrations:
              description: How many registered.
              type: int
            latest_reset:
              description: When the last one was.
              type: str
            is_complete:
              description: Whether this is all that the log holds.
              type: bool
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
      description: Whether the registration report has no licence here.
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

from ansible_collections.m365.entra.plugins.module_utils._module.self_service_password_reset import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
