# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads what runs of the role signin_baseline left of each tenant."""

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_reports
short_description: Read the reports of many tenants
version_added: 0.4.0
author:
  - m365.entra contributors (@m365-entra)
description:
  - Reads the reports of tenants, and why tenants failed, from the directories that the role
    P(m365.entra.signin_baseline#role) has written them to, and keeps of each what a summary needs.
  - A file that cannot be read is an entry with the status V(unreadable) and does not hide the others.
options:
  _terms:
    description:
      - Directories with reports, such as those that several controllers have written.
      - One that is not there is refused, because its tenants would be overlooked.
    required: true
    type: list
    elements: path
seealso:
  - plugin: m365.entra.fleet_summary
    plugin_type: filter
"""

EXAMPLES = r"""
- name: See what became of each tenant
  ansible.builtin.debug:
    msg: "{{ query('m365.entra.tenant_reports', 'slice-1', 'slice-2') | map(attribute='status') }}"
"""

RETURN = r"""
_raw:
  description:
    - An entry for each file, with C(tenant), C(tenant_id), C(status), C(generated_at), C(message), C(holding) of
      C(asked) statements of the baseline, those that are C(lacking), and more.
    - The status is V(ok), V(changed), V(pending) when a run in check mode found something to change, V(failed) or
      V(unreadable).
  type: list
  elements: dict
"""

import typing as t
from pathlib import Path

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase

from ansible_collections.m365.entra.plugins.plugin_utils._fleet.report import digests_in


class LookupModule(LookupBase):
    """Reads reports of tenants."""

    def run(self, terms: list[str], variables: t.Any = None, **kwargs: t.Any) -> list[dict[str, t.Any]]:
        """The entries of all directories *terms*. Raises AnsibleLookupError that names one that is not there."""
        self.set_options(var_options=variables, direct=kwargs)
        directories = dict.fromkeys(Path(str(term)).expanduser().resolve() for term in terms)
        return [entry for directory in directories for entry in self._entries(directory)]

    @staticmethod
    def _entries(directory: Path) -> list[dict[str, t.Any]]:
        try:
            return [digest.to_result() for digest in digests_in(directory)]
        except OSError as error:
            raise AnsibleLookupError(
                f"tenant_reports: {directory} cannot be read: {error.strerror}. Give the directories that runs were "
                "told by signin_baseline_report_directory."
            ) from None
