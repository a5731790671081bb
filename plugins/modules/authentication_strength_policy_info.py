#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: authentication_strength_policy_info
short_description: Read authentication strengths
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
  - module: m365.entra.authentication_strength_policy
"""

EXAMPLES = r"""
- name: Read all authentication strengths, the built-in ones included
  m365.entra.authentication_strength_policy_info:
  register: strengths
"""

RETURN = r"""
authentication_strength_policies:
  description: What was found, sorted by name.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The strength's id; null for one that check mode would create.
      type: str
    display_name:
      description: The name.
      type: str
    description:
      description: The text about it.
      type: str
    policy_type:
      description: V(builtIn) or V(custom).
      type: str
    requirements_satisfied:
      description: V(mfa) where every combination is multifactor authentication.
      type: str
    created_date_time:
      description: When it was created.
      type: str
    modified_date_time:
      description: When it was last changed.
      type: str
    allowed_combinations:
      description: The combinations of methods.
      type: list
      elements: str
    combination_configurations:
      description: The limits of combinations.
      type: list
      elements: dict
"""

from ansible_collections.m365.entra.plugins.module_utils._module.named_object import INFO_SPEC, info_body_of
from ansible_collections.m365.entra.plugins.module_utils._resources.authentication_strength_policy import (
    AUTHENTICATION_STRENGTH_POLICY,
)
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module

SPEC = INFO_SPEC
run = info_body_of(AUTHENTICATION_STRENGTH_POLICY, "authentication_strength_policies")


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
