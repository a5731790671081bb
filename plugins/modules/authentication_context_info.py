#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: authentication_context_info
short_description: Read authentication contexts
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
  - Needs the application permission C(Policy.Read.ConditionalAccess).
seealso:
  - module: m365.entra.authentication_context
"""

EXAMPLES = r"""
- name: Read all authentication contexts
  m365.entra.authentication_context_info:
  register: contexts
"""

RETURN = r"""
authentication_contexts:
  description: What was found, sorted by name.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The context's id.
      type: str
    display_name:
      description: The name.
      type: str
    description:
      description: The text about it.
      type: str
    is_available:
      description: Whether it is published; left out when it is not.
      type: bool
"""

from ansible_collections.m365.entra.plugins.module_utils._module.named_object import INFO_SPEC, info_body_of
from ansible_collections.m365.entra.plugins.module_utils._resources.authentication_context import AUTHENTICATION_CONTEXT
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module

SPEC = INFO_SPEC
run = info_body_of(AUTHENTICATION_CONTEXT, "authentication_contexts")


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
