#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: application_assignment
short_description: Manage who is assigned to an application
description:
  - Gives users and groups roles in an application, or takes them away, all by name.
  - What applications may do to other applications is not touched.
version_added: 0.4.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.attributes
  - m365.entra.attributes.writing
options:
  application:
    description:
      - The name of the application, or its application (client) id.
    type: str
    required: true
  add:
    description:
      - Who is to have a role, whoever else has one.
    type: list
    elements: dict
    suboptions:
      user:
        description:
          - A user principal name or the id of a user.
        type: str
      group:
        description:
          - The name or the id of a group. Only its direct members count; groups in it do not.
        type: str
      role:
        description:
          - The name, the value or the id of a role that the application defines for people.
          - Without it the role is the only one there is, or the one named V(User); of an application that defines none
            it is the default access. In O(remove) every role is meant.
        type: str
  remove:
    description:
      - Who is not to have a role, or any. Who is in O(add) too is removed.
    type: list
    elements: dict
    suboptions:
      user:
        description:
          - A user principal name or the id of a user.
        type: str
      group:
        description:
          - The name or the id of a group. Only its direct members count; groups in it do not.
        type: str
      role:
        description:
          - The name, the value or the id of a role that the application defines for people.
          - Without it the role is the only one there is, or the one named V(User); of an application that defines none
            it is the default access. In O(remove) every role is meant.
        type: str
  set:
    description:
      - All users and groups that are to have a role. Everybody else's is taken away; an empty list takes away all.
    type: list
    elements: dict
    suboptions:
      user:
        description:
          - A user principal name or the id of a user.
        type: str
      group:
        description:
          - The name or the id of a group. Only its direct members count; groups in it do not.
        type: str
      role:
        description:
          - The name, the value or the id of a role that the application defines for people.
          - Without it the role is the only one there is, or the one named V(User); of an application that defines none
            it is the default access. In O(remove) every role is meant.
        type: str
notes:
  - Needs the application permissions C(AppRoleAssignment.ReadWrite.All), C(Application.Read.All),
    C(Organization.Read.All), and C(User.Read.All) and C(Group.Read.All) for the names of users and groups.
  - To assign groups needs Microsoft Entra ID P1.
  - Whoever joins is assigned before anybody else is removed.
seealso:
  - module: m365.entra.saas_application
"""

EXAMPLES = r"""
- name: Let sales work with the CRM, and one person administer it
  m365.entra.application_assignment:
    application: Customers
    add:
      - group: Sales
        role: User
      - user: alex.admin@contoso.example
        role: msiam_access

- name: Nobody but sales
  m365.entra.application_assignment:
    application: Customers
    set:
      - group: Sales
"""

RETURN = r"""
application_assignment:
  description: Who is assigned to the application. In check mode, who is before anything would be done.
  returned: success
  type: dict
  contains:
    display_name:
      description: The name of the application.
      type: str
    application_id:
      description: The application (client) id.
      type: str
    service_principal_id:
      description: The object id of the service principal.
      type: str
    assignments:
      description: Each user and group that has a role, one entry a role.
      type: list
      elements: dict
      contains:
        principal_id:
          description: The id of the user or group.
          type: str
        principal_type:
          description: V(user) or V(group).
          type: str
        name:
          description: The name of the user or group.
          type: str
        role:
          description: The name of the role.
          type: str
        role_id:
          description: The id of the role.
          type: str
        id:
          description: The id of the assignment.
          type: str
plan:
  description: What was done, or in check mode would be done, in order.
  returned: success
  type: list
  elements: dict
  contains:
    phase:
      description: The phase the action belongs to.
      type: str
    operation:
      description: V(create) or V(delete).
      type: str
    resource:
      description: The kind of object.
      type: str
    name:
      description: The name of the object.
      type: str
    id:
      description: The id of the object; null for what is to be created.
      type: str
    reason:
      description: Why it is done.
      type: str
    depends_on:
      description: The numbers of the actions, counted from 1, that must have been carried out before.
      type: list
      elements: int
    changes:
      description: Each option that changes, before and after.
      type: list
      elements: dict
plan_status:
  description:
    - V(nothing_to_do); V(changes_pending) in check mode, where something would be done; V(changed) where it was done.
  returned: success
  type: str
guards:
  description:
    - What was looked at before anything may be written, where something is to be - C(permissions), and C(license)
      where groups join - each as C(guard) with its C(outcome), V(allowed). When one blocks, the task fails, and beside
      this list with its C(reason) the failure shows the C(plan) and C(plan_status=blocked).
  returned: success
  type: list
  elements: dict
"""

from ansible_collections.m365.entra.plugins.module_utils._module.application_assignment import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
