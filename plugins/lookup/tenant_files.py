# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads the files of a tenant, as tenant_export writes them."""

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_files
short_description: Read the files of a tenant
version_added: 0.2.0
author:
  - m365.entra contributors (@m365-entra)
description:
  - Reads the folders C(named_locations), C(authentication_contexts), C(authentication_strength_policies) and
    C(conditional_access_policies) below a path. Each YAML or JSON file in them holds the options of one object, or a
    list of such options.
  - The folder C(settings) holds one file for each of the other options of M(m365.entra.tenant_configuration) that are
    wanted, named after the option, such as C(authentication_methods_policy.yml).
  - M(m365.entra.tenant_export) writes such files.
  - Other folders, folders inside these, and a path without any of them are refused, because what is overlooked is not
    wanted. Hidden files and files of other kinds are passed over. A C(.json) file is read as JSON.
options:
  _terms:
    description:
      - Folders to read, one for each tenant.
    required: true
    type: list
    elements: path
seealso:
  - module: m365.entra.tenant_export
  - module: m365.entra.tenant_configuration
"""

EXAMPLES = r"""
- name: Bring a tenant to what its files say
  m365.entra.tenant_configuration:
    named_locations: "{{ files.named_locations }}"
    conditional_access_policies:
      policies: "{{ files.conditional_access_policies }}"
      unmanaged: report
  vars:
    files: "{{ lookup('m365.entra.tenant_files', 'tenants/contoso') }}"
"""

RETURN = r"""
_raw:
  description:
    - For each folder, the objects in its files, in the order of the files' names; and as C(settings) what the files of
      settings hold, by the names of their options.
  type: list
  elements: dict
"""

import typing as t
from pathlib import Path

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase

from ansible_collections.m365.entra.plugins.module_utils._files.read import read_tenant_files
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError


class LookupModule(LookupBase):
    """Reads the files of tenants."""

    def run(self, terms: list[str], variables: t.Any = None, **kwargs: t.Any) -> list[dict[str, t.Any]]:
        """The objects below each of the folders *terms*. Raises AnsibleLookupError that names the file."""
        self.set_options(var_options=variables, direct=kwargs)
        base = Path(self.get_basedir(variables or {}))
        try:
            return [dict(read_tenant_files(base / Path(str(term)).expanduser())) for term in terms]
        except OptionError as error:
            raise AnsibleLookupError(f"tenant_files: {error}") from None
