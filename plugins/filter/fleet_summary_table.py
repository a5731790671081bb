# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter that shows the summary of a fleet as a table."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError

from ansible_collections.m365.entra.plugins.plugin_utils._fleet.summary_text import summary_table

DOCUMENTATION = r"""
name: fleet_summary_table
short_description: The summary of a fleet as a table
version_added: 0.4.0
description:
  - Shows the summary of a fleet in aligned lines, those tenants first that somebody has to look after.
author: m365.entra contributors (@m365-entra)
options:
  _input:
    description: What the filter P(m365.entra.fleet_summary#filter) returned, or the playbook of that name has written.
    type: dict
    required: true
seealso:
  - plugin: m365.entra.fleet_summary
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Show the summary of last night
  ansible.builtin.debug:
    msg: "{{ summary | from_json | m365.entra.fleet_summary_table }}"
  vars:
    summary: "{{ lookup('ansible.builtin.file', 'fleet-summary/summary.json') }}"
"""

RETURN = r"""
_value:
  description: The lines of the table.
  type: list
  elements: str
"""


def fleet_summary_table(summary: t.Mapping[str, t.Any]) -> list[str]:
    """Return summary_table; what is no summary becomes an error of the filter."""
    try:
        return summary_table(summary)
    except (KeyError, TypeError) as error:
        raise AnsibleFilterError("fleet_summary_table: what the filter fleet_summary returns is expected.") from error


class FilterModule:
    """The filter under its name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filters of this file by name."""
        return {"fleet_summary_table": fleet_summary_table}
