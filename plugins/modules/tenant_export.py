#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: tenant_export
short_description: Write a tenant's policies, and what they refer to, to files
description:
  - Writes the Conditional Access policies, named locations, authentication strengths and authentication contexts of a
    tenant as YAML files in the options of this collection - names in place of ids, sorted, one file for each object.
  - Applied to the same tenant the files change nothing; applied to another tenant they make the same there, if it has
    the users, groups and applications that they name.
  - A name that is not unique in the tenant stays an id. Policies that Microsoft manages, what belongs to the service
    and what could not be made from options are left out and named in the result, with the reason.
  - The tenant is only read.
version_added: 0.2.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.attributes
  - m365.entra.attributes.writing
options:
  path:
    description:
      - The folder for the files of this tenant, on the machine that runs the task. It is made when it is missing, with
        a folder for each kind of object in it.
    type: path
    required: true
  remove_stale:
    description:
      - Whether files of objects that are gone are removed. These are files in the folders of objects that hold one
        object with C(complete=true), as exports write them; other files stay, and so do those of objects that exist
        and cannot be written now.
    type: bool
    default: false
  schemas:
    description:
      - Where the JSON Schemas of this collection lie, as a path or an address without the name of the file. With it,
        each file begins with a line that tells an editor its schema.
    type: str
  settings:
    description:
      - Whether the authentication methods policy, the authentication methods and the authorization policy are written
        too, as files in a folder C(settings) that are named after the options of M(m365.entra.tenant_configuration).
    type: bool
    default: false
    version_added: 0.3.0
  api_version:
    description:
      - The version of Microsoft Graph through which policies are read. V(v1.0) does not show policies that use preview
        features, or not in full; a warning names them, and none of them is written.
    type: str
    choices:
      - v1.0
      - beta
    default: v1.0
notes:
  - Needs the application permissions C(Policy.Read.All) and, for the names of what policies refer to, C(User.Read.All),
    C(GroupMember.Read.All), C(Application.Read.All), C(RoleManagement.Read.Directory) and C(Agreement.Read.All).
seealso:
  - module: m365.entra.tenant_configuration
  - plugin: m365.entra.tenant_files
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: Keep a tenant in Git
  m365.entra.tenant_export:
    path: tenants/contoso
    remove_stale: true
"""

RETURN = r"""
tenant_export:
  description: What was written, or in check mode would be.
  returned: success
  type: dict
  contains:
    path:
      description: The folder.
      type: str
    counts:
      description: How many objects there are, by folder.
      type: dict
    written:
      description: The files that are new or changed, relative to the folder.
      type: list
      elements: str
    removed:
      description: The files that are gone, relative to the folder.
      type: list
      elements: str
    skipped:
      description: What no file can make, with the reason.
      type: list
      elements: dict
"""

from ansible_collections.m365.entra.plugins.module_utils._module.tenant_export import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
