#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: named_location_info
short_description: Read named locations
description:
  - Reads all objects of this kind in a tenant, or the one that is asked for, in one request.
version_added: 0.2.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.attributes
  - m365.entra.attributes.reading
options:
  display_name:
    description:
      - Only those of exactly this name.
    type: str
  id:
    description:
      - Only the one with this id.
    type: str
notes:
  - Needs the application permission C(Policy.Read.All).
seealso:
  - module: m365.entra.named_location
"""

EXAMPLES = r"""
- name: Read all named locations
  m365.entra.named_location_info:
  register: locations
"""

RETURN = r"""
named_locations:
  description: What was found, sorted by name.
  returned: success
  type: list
  elements: dict
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
"""

from ansible_collections.m365.entra.plugins.module_utils._module.named_object import INFO_SPEC, info_body_of
from ansible_collections.m365.entra.plugins.module_utils._resources.named_location import NAMED_LOCATION
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module

SPEC = INFO_SPEC
run = info_body_of(NAMED_LOCATION, "named_locations")


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
