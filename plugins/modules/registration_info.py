#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: registration_info
short_description: Read who has registered for MFA and for self-service password reset
description:
  - Reads the registration report and sums it up - how many users have registered for MFA and for self-service password
    reset, how many of them can use it, which methods they have, and who is not ready.
  - The report is read page by page, a thousand users a request, and no more than a page is held in memory. The service
    takes five such requests in ten seconds; where it says so, the module keeps to it, so that 100,000 users take
    three and a half minutes.
version_added: 0.3.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.attributes
  - m365.entra.attributes.reading
options:
  groups:
    description:
      - Only users who belong to one of these groups, also through other groups. Names or ids.
      - A group that does not exist, or a name that more than one group has, is an error before the report is read.
    type: list
    elements: str
  user_types:
    description:
      - Whether only members or only guests count.
    type: str
    choices: [all, member, guest]
    default: all
  administrators_only:
    description:
      - Whether only users who hold a directory role count.
    type: bool
    default: false
  not_ready_for:
    description:
      - What a user is not capable of who is in RV(registration.not_ready).
      - V(mfa) lists those who cannot use MFA, V(password_reset) those who cannot reset their password, V(either) those
        who lack one of the two.
    type: str
    choices: [mfa, password_reset, either]
    default: either
  maximum_not_ready:
    description:
      - How many users RV(registration.not_ready) lists at most, the first by user principal name.
    type: int
    default: 100
notes:
  - Needs the application permission C(AuditLog.Read.All), and C(Group.Read.All) when O(groups) is given.
  - Needs Microsoft Entra ID P1 or P2 in the tenant. Without it the task succeeds with RV(licence_missing=true).
  - The service brings the report up to date with a delay of hours, as RV(registration.newest_update) shows. Users
    whose account is disabled are in it.
seealso:
  - module: m365.entra.tenant_info
  - module: m365.entra.per_user_mfa_info
"""

EXAMPLES = r"""
- name: Read how far registration has come
  m365.entra.registration_info:
  register: found

- name: Show the share of users who can use MFA
  ansible.builtin.debug:
    msg: "{{ found.registration.everyone.mfa_capable.share }}"
  when: not found.licence_missing

- name: Read which administrators cannot use MFA
  m365.entra.registration_info:
    administrators_only: true
    not_ready_for: mfa
    maximum_not_ready: 1000

- name: Read who of a department still has to register for password reset
  m365.entra.registration_info:
    groups: [Finance]
    user_types: member
    not_ready_for: password_reset
"""

RETURN = r"""
licence_missing:
  description: Whether the report could not be read because the tenant has neither Microsoft Entra ID P1 nor P2.
  returned: success
  type: bool
reason:
  description: Why the report could not be read; empty when it was.
  returned: success
  type: str
registration:
  description: The summary; null when RV(licence_missing=true).
  returned: success
  type: dict
  contains:
    everyone:
      description: All users that the options select.
      type: dict
      contains: &counts
        total:
          description: How many users there are.
          type: int
        mfa_registered:
          description:
            - How many have registered a strong method.
            - Here and below as C(count), and as C(share) of the total, which is null of nobody.
          type: dict
        mfa_capable:
          description: How many have registered one that policy lets them use.
          type: dict
        password_reset_registered:
          description: How many have registered what they need to reset their password.
          type: dict
        password_reset_enabled:
          description: How many may reset their password by policy.
          type: dict
        password_reset_capable:
          description: How many are both registered and allowed.
          type: dict
        passwordless_capable:
          description: How many can sign in without a password.
          type: dict
      sample:
        total: 1200
        mfa_registered: {count: 1100, share: 0.9167}
        mfa_capable: {count: 1080, share: 0.9}
        password_reset_registered: {count: 1020, share: 0.85}
        password_reset_enabled: {count: 1200, share: 1.0}
        password_reset_capable: {count: 1020, share: 0.85}
        passwordless_capable: {count: 96, share: 0.08}
    administrators:
      description: Those of them who hold a directory role.
      type: dict
      contains: *counts
    members:
      description: Those of them who are members.
      type: dict
      contains: *counts
    guests:
      description: Those of them who are guests.
      type: dict
      contains: *counts
    methods:
      description: Which methods are registered, each as C(method) in the service's words, and by how many C(users).
      type: list
      elements: dict
      sample:
        - method: microsoftAuthenticatorPush
          users: 900
    preferred_second_factors:
      description: Which C(second_factor) is preferred by how many C(users).
      type: list
      elements: dict
      sample:
        - second_factor: push
          users: 900
    oldest_update:
      description: When the oldest row was brought up to date; null without rows.
      type: str
    newest_update:
      description: When the newest row was brought up to date; null without rows.
      type: str
    not_ready:
      description: The users who are not ready for what O(not_ready_for) says, sorted by user principal name.
      type: list
      elements: dict
      sample:
        - id: 7d1a4f10-5c0b-4b1e-9d0a-3f1f0a1c2b3d
          user_principal_name: dana.user@contoso.example
          user_display_name: Dana User
          user_type: member
          is_admin: false
          is_mfa_registered: false
          is_mfa_capable: false
          is_sspr_registered: false
          is_sspr_enabled: true
          is_sspr_capable: false
          methods_registered: []
    not_ready_total:
      description: How many users are not ready.
      type: int
    truncated:
      description: Whether RV(registration.not_ready) lists fewer than these, because of O(maximum_not_ready).
      type: bool
    users_without_report:
      description: How many members of O(groups) the report does not know yet; null without O(groups), and when other
        options leave users out, since nobody can tell then.
      type: int
"""

from ansible_collections.m365.entra.plugins.module_utils._module.registration_info import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
