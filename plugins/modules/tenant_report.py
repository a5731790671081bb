#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: tenant_report
short_description: Write what holds in a tenant to a private file
description:
  - Writes JSON to a file that only its owner can read, as a whole or not at all.
  - It does what M(ansible.builtin.copy) can do, too, without processes of its own, which counts for many tenants.
  - No service is asked; the options of the connection have no meaning.
version_added: 0.4.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.attributes
options:
  path:
    description:
      - The file. Directories that are missing are made for their owner alone.
    type: path
    required: true
  content:
    description:
      - What is written, as JSON.
    type: json
    required: true
attributes:
  check_mode:
    description: Nothing is written; the result says what would be done.
    support: full
  diff_mode:
    description: Reports are long; no diff is shown.
    support: none
  idempotent:
    description: A file that holds the content already is left alone.
    support: full
"""

EXAMPLES = r"""
- name: Ask what a tenant is and has
  m365.entra.tenant_info:
  register: found

- name: Keep it
  m365.entra.tenant_report:
    path: reports/contoso.json
    content: "{{ found.tenant_info | to_json }}"
"""

RETURN = r"""
dest:
  description: The path of the file.
  returned: success
  type: str
"""

from ansible_collections.m365.entra.plugins.module_utils._module.tenant_report import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
