#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: per_user_mfa_info
short_description: Read for which users MFA is switched on one by one
description:
  - Reads for whom MFA is still C(enabled) or C(enforced) per user, the way it was done before security defaults and
    Conditional Access. These states go on to ask for MFA by rules of their own, unseen by policies.
  - Asks for one user at a time, with reads alone, because Microsoft Graph has no list of these states.
version_added: 0.3.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.attributes
  - m365.entra.attributes.reading
options:
  users:
    description:
      - The users to ask for, by user principal name or id.
      - When neither this nor O(groups) is given, all members who can sign in are asked for. Guests are not.
    type: list
    elements: str
  groups:
    description:
      - Groups whose users are asked for, those of nested groups among them, by name or id.
    type: list
    elements: str
  maximum_users:
    description:
      - How many users are asked for at most, the first by user principal name. When there are more, a warning says
        so, and RV(per_user_mfa.complete) is false.
    type: int
    default: 1000
notes:
  - Needs the application permissions C(User.Read.All), C(Group.Read.All) when O(groups) is given, and one of
    C(Policy.Read.All), C(UserAuthenticationMethod.Read.All), C(UserAuthenticationMethod.ReadWrite.All) and
    C(Policy.ReadWrite.AuthenticationMethod). Microsoft's sources do not agree on the last; if the service refuses
    the one that the application has, grant C(Policy.ReadWrite.AuthenticationMethod).
  - The state is in the beta version of Microsoft Graph only, which may change at any time.
  - Users of whom a policy requires MFA need no state of their own.
seealso:
  - module: m365.entra.registration_info
  - module: m365.entra.conditional_access_policy
"""

EXAMPLES = r"""
- name: Read who has MFA switched on by hand
  m365.entra.per_user_mfa_info:
  register: found

- name: Show them
  ansible.builtin.debug:
    msg: "{{ found.per_user_mfa.users | map(attribute='user_principal_name') | list }}"

- name: Ask for the members of one group
  m365.entra.per_user_mfa_info:
    groups: [Finance]
    maximum_users: 5000
"""

RETURN = r"""
per_user_mfa:
  description: What was found.
  returned: success
  type: dict
  contains:
    users:
      description: The users whose state is not V(disabled), sorted by user principal name.
      type: list
      elements: dict
      contains:
        id:
          description: The user's id.
          type: str
        user_principal_name:
          description: The user's name, in lower case.
          type: str
        per_user_mfa_state:
          description: V(enabled), V(enforced), or a newer state in the service's words.
          type: str
    counts:
      description: How many users are in each state, V(disabled) among them.
      type: dict
      sample:
        disabled: 812
        enabled: 4
        enforced: 31
    asked:
      description: How many users were asked for.
      type: int
    vanished:
      description: How many of them were gone when their turn came.
      type: int
    complete:
      description: Whether everyone was asked for; false when O(maximum_users) was too small.
      type: bool
    not_asked:
      description: How many users were not asked for.
      type: int
"""

from ansible_collections.m365.entra.plugins.module_utils._module.per_user_mfa_info import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
