#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: named_location
short_description: Manage a named location
description:
  - Creates, changes and removes a named location - IP ranges or countries - that Conditional Access policies refer
    to.
  - A location that a policy refers to is not removed. A trusted one is made untrusted first, in a step of its own.
  - The type of an existing location cannot be changed.
  - A change of a location is refused when it would cut off everybody who could undo it, through an enforced policy that
    refers to the location. O(override_guards) names a check that is not to be asked.
version_added: 0.2.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.snapshot
  - m365.entra.named_location
  - m365.entra.emergency_access
  - m365.entra.attributes
  - m365.entra.attributes.writing
notes:
  - Needs the application permissions C(Policy.Read.All), C(Policy.ReadWrite.ConditionalAccess) and
    C(Organization.Read.All). To change a location while an enforced policy that blocks, or asks for a managed device,
    refers to places, C(RoleManagement.Read.Directory), C(User.Read.All) and C(Group.Read.All) as well.
seealso:
  - module: m365.entra.named_location_info
  - module: m365.entra.tenant_configuration
"""

EXAMPLES = r"""
- name: The head office is trusted
  m365.entra.named_location:
    display_name: Head office
    ip_ranges:
      - 203.0.113.0/24
      - 2001:db8:1::/48
    is_trusted: true

- name: Add a range and keep the others
  m365.entra.named_location:
    display_name: Head office
    ip_ranges:
      add:
        - 198.51.100.0/24

- name: The countries where we work
  m365.entra.named_location:
    display_name: Where we work
    countries_and_regions:
      - DE
      - FR
"""

RETURN = r"""
named_location:
  description: The named location after the run; empty when it is gone.
  returned: success
  type: dict
  contains:
    id:
      description: The location's id; null for one that check mode would create.
      type: str
    display_name:
      description: The name.
      type: str
    created_date_time:
      description: When it was created.
      type: str
    modified_date_time:
      description: When it was last changed.
      type: str
    ip_ranges:
      description: The ranges in CIDR notation.
      type: list
      elements: str
    is_trusted:
      description: Whether the ranges are trusted; left out when they are not.
      type: bool
    countries_and_regions:
      description: The countries.
      type: list
      elements: str
    include_unknown_countries_and_regions:
      description: Whether unknown countries are meant as well; left out when they are not.
      type: bool
    country_lookup_method:
      description: How the country is found.
      type: str
plan:
  description: What was done, or in check mode would be done, in order.
  returned: success
  type: list
  elements: dict
  contains:
    phase:
      description: The phase the action belongs to; each phase is verified before the next begins.
      type: str
    operation:
      description: V(create), V(update), V(delete) or V(restore).
      type: str
    resource:
      description: The kind of object.
      type: str
    name:
      description: The name of the object.
      type: str
    id:
      description: The id of the object; null for one that is created.
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
      C(mutual_exclusion), C(license), and the checks of O(override_guards) - each as C(guard) with its C(outcome),
      V(allowed) or V(overridden). When one blocks, the task fails, and beside this list with its C(reason) the failure
      shows the C(plan) and C(plan_status=blocked).
  returned: success
  type: list
  elements: dict
"""

from ansible_collections.m365.entra.plugins.module_utils._module.named_object import body_of, spec_of
from ansible_collections.m365.entra.plugins.module_utils._resources.named_location import NAMED_LOCATION
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module

SPEC = spec_of(NAMED_LOCATION)
run = body_of(NAMED_LOCATION)


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
