#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: tenant_info
short_description: Read who a tenant is, what it is licensed for and what may be done there
description:
  - Reads the tenant's identity, its licence tier, whether security defaults are on, and which permissions the
    access token has.
  - The tier is decided by service plans, never by product names.
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.attributes
  - m365.entra.attributes.reading
options:
  security_defaults:
    description:
      - Whether security defaults are read. Who goes on with M(m365.entra.tenant_configuration), which reads them
        anyway, spares the request.
    type: bool
    default: true
    version_added: 0.3.0
notes:
  - Needs the application permissions C(Organization.Read.All) and C(Policy.Read.All).
seealso:
  - module: m365.entra.tenant_configuration
"""

EXAMPLES = r"""
- name: Read the tenant
  m365.entra.tenant_info:
    tenant_id: "{{ tenant_id }}"
    client_id: "{{ client_id }}"
    client_secret: "{{ client_secret }}"
  register: tenant

- name: Show the licence tier and why it is that
  ansible.builtin.debug:
    msg: "{{ tenant.tenant_info.license.tier }}: {{ tenant.tenant_info.license.reason }}"
"""

RETURN = r"""
tenant_info:
  description: The tenant.
  returned: success
  type: dict
  contains:
    tenant_id:
      description: The tenant's id.
      type: str
    display_name:
      description: The organization's name.
      type: str
    verified_domains:
      description: The tenant's domain names.
      type: list
      elements: str
    license:
      description: The licence.
      type: dict
      contains:
        tier:
          description: V(free), V(p1) or V(p2).
          type: str
        reason:
          description: Why it is that tier.
          type: str
        products:
          description: The products that carry the tier.
          type: list
          elements: str
        enabled_units:
          description: The seats of these products.
          type: int
        consumed_units:
          description: The seats that are assigned.
          type: int
    security_defaults:
      description: Security defaults.
      type: dict
      contains:
        is_enabled:
          description: Whether they are on.
          type: bool
    permissions:
      description: What the access token may do.
      type: dict
      contains:
        granted:
          description: The permissions in the token.
          type: list
          elements: str
        missing:
          description: What the collection needs and the token lacks.
          type: list
          elements: dict
          contains:
            needed_for:
              description: What it is needed for.
              type: str
            any_of:
              description: Permissions of which one is enough.
              type: list
              elements: str
"""

from ansible_collections.m365.entra.plugins.module_utils._module.tenant_info import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
