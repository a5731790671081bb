#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: revoke_sign_in_sessions
short_description: Make users sign in again by revoking their sessions
description:
  - Revokes the refresh tokens and browser sessions of users, so that they sign in again, under the policies of now.
    Microsoft advises it when security defaults or policies that require MFA take effect, since who holds a session from
    before is not asked to register for MFA until it ends.
  - Whose sessions these are has to be said - by name, by group, or everyone - and O(without_mfa) narrows it down to who
    has not registered for MFA. Check mode lists who.
  - A revocation is an action and not a state, so that a second run revokes again, unless O(unless_revoked_since) says
    since when it is done.
version_added: 0.4.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.attributes
options:
  users:
    description:
      - Users by user principal name or id.
    type: list
    elements: str
    default: []
  groups:
    description:
      - Groups by name or id; their members count, also through other groups.
    type: list
    elements: str
    default: []
  everyone:
    description:
      - Everyone whose account is enabled. Not together with O(users) and O(groups).
    type: bool
    default: false
  without_mfa:
    description:
      - Of these only who has registered no method for MFA, as the registration report says. It is brought up to date
        with a delay of hours, so that somebody who has registered just now may have to sign in once more.
      - Whom the report does not know yet is left alone.
      - A tenant without Microsoft Entra ID P1 or P2 has no such report, and the task fails.
    type: bool
    default: false
  exclude_users:
    description:
      - Users who are left alone, by user principal name or id.
    type: list
    elements: str
    default: []
  exclude_groups:
    description:
      - Groups whose members are left alone, by name or id, also through other groups.
    type: list
    elements: str
    default: []
  emergency_access:
    description:
      - Emergency access accounts, which are never touched. They must exist.
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
  include_self:
    description:
      - Whether the person as whom the task runs may be among them. Their own session ends then, and with it what else
        runs as them.
    type: bool
    default: false
  unless_revoked_since:
    description:
      - A moment with its zone. Users whose sessions were revoked since then, by whomever, are left alone, so that a
        task that is repeated with the same moment is quiet and one that was interrupted does the rest.
      - A changed password revokes sessions too.
    type: str
  maximum_listed:
    description:
      - How many users the result and the plan name at most, the first by user principal name. All are counted.
    type: int
    default: 100
attributes:
  check_mode:
    description: Nothing is revoked; the result says whose sessions would be.
    support: full
  diff_mode:
    description: Whose sessions are revoked is shown by name.
    support: full
  idempotent:
    description: With O(unless_revoked_since) a second run changes nothing; without it every run revokes.
    support: partial
notes:
  - Needs the application permissions C(User.Read.All), C(User.RevokeSessions.All) and C(Organization.Read.All),
    C(Group.Read.All) when groups are named, and with O(without_mfa=true) C(AuditLog.Read.All).
  - Guests are left alone, since they sign in to their home tenant.
  - Twenty users are revoked with one request. Where the service throttles, the module waits and goes on.
  - Access tokens are not revoked; they last for about an hour more, where applications do not evaluate continuously.
seealso:
  - module: m365.entra.registration_info
  - module: m365.entra.security_defaults
"""

EXAMPLES = r"""
- name: Have everyone sign in again who has not registered for MFA
  m365.entra.revoke_sign_in_sessions:
    everyone: true
    without_mfa: true
    emergency_access:
      groups:
        - Emergency access accounts
    unless_revoked_since: "2026-11-23T08:00:00Z"
  register: revoked

- name: Show how many these were
  ansible.builtin.debug:
    msg: "{{ revoked.revoke_sign_in_sessions.revoked_total }}"

- name: Have one department sign in again, its service accounts aside
  m365.entra.revoke_sign_in_sessions:
    groups:
      - Finance
    exclude_users:
      - scanner@contoso.example
"""

RETURN = r"""
revoke_sign_in_sessions:
  description: Whose sessions were revoked, or in check mode would be, and who was left alone.
  returned: success
  type: dict
  contains:
    revoked:
      description: The users, each with C(id) and C(user_principal_name), sorted by name.
      type: list
      elements: dict
      sample:
        - id: 7d1a4f10-5c0b-4b1e-9d0a-3f1f0a1c2b3d
          user_principal_name: dana.user@contoso.example
    revoked_total:
      description: How many they are.
      type: int
    left_alone:
      description: Users who were meant and left alone, each with the C(reason). Who has registered for MFA is not among
        them.
      type: list
      elements: dict
      sample:
        - id: 1b2c3d4e-5f60-4a1b-8c2d-9e0f1a2b3c4d
          user_principal_name: emergency-access-1@contoso.example
          reason: emergency access account
    left_alone_total:
      description: How many they are.
      type: int
    truncated:
      description: Whether one of the lists names fewer than there are, because of O(maximum_listed).
      type: bool
plan:
  description: What was done, or in check mode would be done.
  returned: success
  type: list
  elements: dict
  contains:
    phase:
      description: The phase the action belongs to.
      type: str
    operation:
      description: V(update).
      type: str
    resource:
      description: The kind of object.
      type: str
    name:
      description: How many users there are.
      type: str
    id:
      description: Null.
      type: str
    reason:
      description: Why it is done.
      type: str
    depends_on:
      description: Empty; there is no earlier action.
      type: list
      elements: int
    changes:
      description: Each C(path) that changes, C(before) and C(after), with names beside ids.
      type: list
      elements: dict
plan_status:
  description:
    - V(nothing_to_do); V(changes_pending) in check mode, where something would be done; V(changed) where it was done.
  returned: success
  type: str
guards:
  description:
    - What was looked at before anything may be written, where something is to be - C(permissions) - as C(guard) with
      its C(outcome), V(allowed). When it blocks, the task fails and shows the C(reason).
  returned: success
  type: list
  elements: dict
"""

from ansible_collections.m365.entra.plugins.module_utils._module.revoke_sign_in_sessions import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
