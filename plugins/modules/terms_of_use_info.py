#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: terms_of_use_info
short_description: Read terms of use
description:
  - Reads the terms of use of a tenant, or the one that is asked for, in one request. Policies take them by name.
  - Microsoft offers no way for an application to write them.
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
  - Needs the application permission C(Agreement.Read.All).
seealso:
  - module: m365.entra.conditional_access_policy
"""

EXAMPLES = r"""
- name: Read all terms of use
  m365.entra.terms_of_use_info:
  register: found
"""

RETURN = r"""
terms_of_use:
  description: What was found, sorted by name.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The id.
      type: str
    display_name:
      description: The name.
      type: str
    is_viewing_before_acceptance_required:
      description: Whether people must open the document before they accept.
      type: bool
    is_per_device_acceptance_required:
      description: Whether people must accept on every device.
      type: bool
"""

from ansible_collections.m365.entra.plugins.module_utils._module.terms_of_use_info import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
