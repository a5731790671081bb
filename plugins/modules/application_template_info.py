#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: application_template_info
short_description: Find applications in the gallery
description:
  - Reads the gallery of Microsoft Entra ID, from which M(m365.entra.saas_application) makes applications.
  - With O(display_name) or O(starts_with) the service filters, in one request. Without them the whole gallery is read,
    thousands of entries page by page.
version_added: 0.4.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.attributes
  - m365.entra.attributes.reading
options:
  display_name:
    description:
      - Only the entry of exactly this name.
    type: str
  starts_with:
    description:
      - Only entries whose name starts like this.
    type: str
  category:
    description:
      - Only entries of this category, as V(crm) or V(collaboration). The categories are those that the entries show.
    type: str
  single_sign_on_mode:
    description:
      - Only entries that support this way to sign in.
    type: str
    choices: [saml, oidc, password]
notes:
  - An application needs no permission for this but a valid token. Who signs in as a person needs
    C(Application.ReadWrite.All).
seealso:
  - module: m365.entra.saas_application
"""

EXAMPLES = r"""
- name: Find what the gallery calls Contoso CRM
  m365.entra.application_template_info:
    starts_with: Contoso
    single_sign_on_mode: saml
  register: found

- name: Show the names
  ansible.builtin.debug:
    msg: "{{ found.application_templates | map(attribute='display_name') }}"
"""

RETURN = r"""
application_templates:
  description: What was found, sorted by name.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The id, which O(m365.entra.saas_application#module:template) takes as well as the name.
      type: str
    display_name:
      description: The name.
      type: str
    publisher:
      description: Who offers the application.
      type: str
    description:
      description: What it is.
      type: str
    home_page_url:
      description: Its home page.
      type: str
    categories:
      description: The categories it is listed under.
      type: list
      elements: str
    single_sign_on_modes:
      description: How people can sign in, in the service's words, V(notSupported) among them.
      type: list
      elements: str
    provisioning_types:
      description: How accounts can be provisioned.
      type: list
      elements: str
"""

from ansible_collections.m365.entra.plugins.module_utils._module.application_template_info import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
