#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: signin_baseline_audit
short_description: Hold many tenants against the sign-in baseline at once
description:
  - Looks at each tenant in check mode, writes what the baseline would change and what holds to a report for each, and
    why a tenant failed to a file beside it. No tenant is ever changed.
  - It is what the playbook C(audit) does. All tenants are looked at by one task, in a process for each processor and
    several at the same time, because a task for each tenant costs more than looking at it.
  - What is wanted of a tenant comes from the variables of its host, those of the role
    P(m365.entra.signin_baseline#role) and of the roles of the license tiers, whose defaults have to be known in the
    play. So does the connection, from the variables C(entra_tenant_id), C(entra_client_id) and so on; what is given to
    the task is for tenants that say nothing of their own.
  - A tenant that fails stops no other, and the task succeeds all the same. RV(failed_hosts) names those that have
    failed.
  - It is an action plugin, which runs in Ansible itself.
version_added: 0.5.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.attributes
options:
  hosts:
    description:
      - Names of the hosts, each of them a tenant.
    type: list
    elements: str
    required: true
  at_once:
    description:
      - The most tenants that are looked at at the same time.
    type: int
    default: 20
attributes:
  check_mode:
    description: No tenant is changed in either mode, and the reports are written in both.
    support: full
  diff_mode:
    description: Shows what would change in each tenant.
    support: full
  idempotent:
    description: Tenants are only read. Each run writes new reports.
    support: full
seealso:
  - module: m365.entra.tenant_configuration
  - plugin: m365.entra.fleet_summary
    plugin_type: filter
"""

EXAMPLES = r"""
- name: See what the baseline would change
  hosts: all
  gather_facts: false
  tasks:
    - name: Know the defaults without premium licences
      ansible.builtin.import_role:
        name: m365.entra.baseline_free
        tasks_from: defaults

    - name: Know the defaults for Entra ID P1
      ansible.builtin.import_role:
        name: m365.entra.baseline_p1
        tasks_from: defaults

    - name: Know the defaults for Entra ID P2
      ansible.builtin.import_role:
        name: m365.entra.baseline_p2
        tasks_from: defaults

    - name: Know the defaults of all tiers
      ansible.builtin.import_role:
        name: m365.entra.signin_baseline
        tasks_from: defaults

    - name: Look at all tenants
      m365.entra.signin_baseline_audit:
        hosts: "{{ ansible_play_hosts_all }}"
      run_once: true
      register: audit

    - name: Show what was found
      ansible.builtin.debug:
        msg: "{{ audit.tenants | m365.entra.fleet_summary | m365.entra.fleet_summary_table }}"
      run_once: true
"""

RETURN = r"""
tenants:
  description:
    - An entry for each host in the order of O(hosts), as the lookup P(m365.entra.tenant_reports#lookup) returns it,
      which the filter P(m365.entra.fleet_summary#filter) makes a summary of.
  returned: success
  type: list
  elements: dict
  contains:
    tenant:
      description: The name of the host.
      type: str
      returned: always
    status:
      description: V(ok), V(pending) where the baseline would change something, or V(failed).
      type: str
      returned: always
    message:
      description: Why the tenant failed.
      type: str
      returned: always
    path:
      description: The file of the report, or of the failure where there is no report.
      type: str
      returned: always
failed_hosts:
  description: The hosts that have failed.
  returned: success
  type: list
  elements: str
"""

from ansible_collections.m365.entra.plugins.module_utils._module.signin_baseline_audit import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
