# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter that shows the summary of a fleet as Markdown."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError

from ansible_collections.m365.entra.plugins.plugin_utils._fleet.summary_text import summary_markdown

DOCUMENTATION = r"""
name: fleet_summary_markdown
short_description: The summary of a fleet as Markdown
version_added: 0.4.0
description:
  - Shows the summary of a fleet as a document, for a comment or a page. Names are shown as they are, and no address in
    them mentions anybody.
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
- name: Write the summary for the page of the fleet
  ansible.builtin.copy:
    content: "{{ summary | m365.entra.fleet_summary_markdown }}"
    dest: fleet.md
    mode: "0600"
"""

RETURN = r"""
_value:
  description: The document.
  type: str
"""


def fleet_summary_markdown(summary: t.Mapping[str, t.Any]) -> str:
    """Return summary_markdown; what is no summary becomes an error of the filter."""
    try:
        return summary_markdown(summary)
    except (KeyError, TypeError) as error:
        raise AnsibleFilterError(
            "fleet_summary_markdown: what the filter fleet_summary returns is expected."
        ) from error


class FilterModule:
    """The filter under its name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filters of this file by name."""
        return {"fleet_summary_markdown": fleet_summary_markdown}
