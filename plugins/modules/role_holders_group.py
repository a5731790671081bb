#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: role_holders_group
short_description: Keep a security group equal to the holders of directory roles
description:
  - Adds to a security group whoever holds one of some directory roles, and removes whoever holds none of them, so that
    nobody edits the group when a role is assigned or taken away. The group is created when it is missing.
  - A role is held by an active assignment for the whole tenant, also one that somebody has activated for some hours.
    Who holds it through a role-assignable group counts, however deep groups are nested. Service principals and roles of
    an administrative unit or of one application do not count.
  - Between two runs the group is as old as the last run. A policy that names the roles themselves has no such gap; the
    guide says when which is right.
  - The group is never deleted, since policies may refer to it.
version_added: 0.4.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.attributes
  - m365.entra.attributes.writing
options:
  group:
    description:
      - Name or id of the group. When no group has the name, a security group with assigned members is created.
      - A name that more than one group has, or an id that no group has, is an error.
      - Dynamic, synchronised, mail-enabled and Microsoft 365 groups are refused, and so is a group through which one of
        O(roles) is held. Nobody is added to a group that itself holds any directory role or may activate one.
    type: str
    required: true
  description:
    description:
      - Description of the group. Left alone when it is not given; a new group then gets one that says who fills it.
    type: str
  roles:
    description:
      - Names or ids of the roles. The default are the 14 administrator roles that Microsoft's template for MFA of
        administrators names.
    type: list
    elements: str
    default:
      - Global Administrator
      - Security Administrator
      - SharePoint Administrator
      - Exchange Administrator
      - Conditional Access Administrator
      - Helpdesk Administrator
      - Billing Administrator
      - User Administrator
      - Authentication Administrator
      - Application Administrator
      - Cloud Application Administrator
      - Password Administrator
      - Privileged Authentication Administrator
      - Privileged Role Administrator
  include_eligible:
    description:
      - Whether who may activate one of the roles by Privileged Identity Management counts too. A tenant without the
        licence for that is refused.
      - Who may only activate the membership in a group that holds a role does not count.
    type: bool
    default: false
  allow_empty:
    description:
      - Whether the last member may be removed although a Conditional Access policy, in whatever state, includes the
        group by itself.
    type: bool
    default: false
notes:
  - Needs the application permissions C(RoleManagement.Read.Directory), C(User.Read.All), C(Group.Read.All),
    C(Organization.Read.All), to add and remove members C(GroupMember.ReadWrite.All), to create the group
    C(Group.Create), and to change its description C(Group.ReadWrite.All). With O(include_eligible=true) also
    C(RoleEligibilitySchedule.Read.Directory), unless the first of these is there. Members of a role-assignable group
    need C(RoleManagement.ReadWrite.Directory). Without C(Application.Read.All) service principals are shown by id.
  - No licence is needed, but for O(include_eligible=true) Microsoft Entra ID P2 or Governance.
  - A group of some hundred members costs five reads when nothing is to be done. Twenty members are added, or removed,
    with one request.
seealso:
  - module: m365.entra.conditional_access_policy
  - module: m365.entra.tenant_configuration
"""

EXAMPLES = r"""
- name: Keep a group of the administrators
  m365.entra.role_holders_group:
    group: Administrators by role
  register: administrators

- name: Show who came and who went
  ansible.builtin.debug:
    msg:
      added: "{{ administrators.role_holders_group.added | map(attribute='name') }}"
      removed: "{{ administrators.role_holders_group.removed | map(attribute='name') }}"

- name: The roles that the 2021 guidance names, with those who may activate them
  m365.entra.role_holders_group:
    group: MFA for administrators
    description: Filled by the nightly run
    roles:
      - Exchange Administrator
      - User Administrator
      - Password Administrator
      - Security Administrator
      - SharePoint Administrator
      - Global Administrator
    include_eligible: true

- name: Require MFA of the group
  m365.entra.conditional_access_policy:
    template: require_mfa_for_administrators
    conditions:
      users:
        include_roles: []
        include_groups:
          - MFA for administrators
    emergency_access:
      groups:
        - Emergency access accounts
"""

RETURN = r"""
role_holders_group:
  description: The group, and who came and went.
  returned: success
  type: dict
  contains:
    id:
      description: The id of the group; null where check mode would create it.
      type: str
    display_name:
      description: The name of the group.
      type: str
    is_new:
      description: Whether the group was created, or in check mode would be.
      type: bool
    roles:
      description: The roles, each with C(id) and C(display_name).
      type: list
      elements: dict
    member_count:
      description: How many members the group has now, or would have.
      type: int
    added:
      description: Who joined, or would join, each with C(id), C(name) and C(kind); C(name) is the user principal name.
      type: list
      elements: dict
      sample:
        - id: 7d1a4f10-5c0b-4b1e-9d0a-3f1f0a1c2b3d
          name: dana.admin@contoso.example
          kind: user
    removed:
      description: Who left, or would leave, in the same form; groups and devices that were members too.
      type: list
      elements: dict
    groups_holding_roles:
      description: The groups through which somebody holds one of the roles.
      type: list
      elements: dict
    left_out:
      description: Who holds one of the roles and is no user; C(kind=unknown) where nobody can tell.
      type: list
      elements: dict
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
      description: V(create) or V(update).
      type: str
    resource:
      description: The kind of object.
      type: str
    name:
      description: The name of the group.
      type: str
    id:
      description: The id of the group; null for a new one.
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
    - What was looked at before anything may be written, where something is to be - C(permissions), C(granted_roles),
      C(targeted_group) - each as C(guard) with its C(outcome), V(allowed), or V(overridden) by O(allow_empty). When one
      blocks, the task fails, and beside this list with its C(reason) the failure shows the C(plan) and
      C(plan_status=blocked).
  returned: success
  type: list
  elements: dict
"""

from ansible_collections.m365.entra.plugins.module_utils._module.role_holders_group import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
