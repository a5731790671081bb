# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter that shows plans as Markdown."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError

from ansible_collections.m365.entra.plugins.plugin_utils._plan_markdown import plan_document

DOCUMENTATION = r"""
name: plan_markdown
short_description: Plans of tenants as Markdown
version_added: 0.3.0
description:
  - Shows for each tenant whether there is nothing to do, what is pending or was made, and what stands in the way - fit
    for a comment on a merge request. Names are shown as they are, and no address in them mentions anybody.
author: m365.entra contributors (@m365-entra)
options:
  _input:
    description:
      - What M(m365.entra.tenant_configuration), or another module of this collection that returns C(plan), returned for
        each tenant, by a name for the tenant. A failed task, as C(register) keeps it, is shown as blocked where a guard
        stopped its plan, and else as failed.
    type: dict
    required: true
seealso:
  - module: m365.entra.tenant_configuration
"""

EXAMPLES = r"""
- name: Write what a pipeline puts under a merge request
  ansible.builtin.copy:
    content: "{{ plans | m365.entra.plan_markdown }}"
    dest: plan.md
    mode: "0600"
  vars:
    plans: "{{ {inventory_hostname: signin_baseline_result} }}"
"""

RETURN = r"""
_value:
  description: The document.
  type: str
"""


def plan_markdown(results: t.Mapping[str, t.Mapping[str, t.Any]]) -> str:
    """Return plan_document; what is no result of a task becomes an error of the filter."""
    if not isinstance(results, dict) or not all(isinstance(result, dict) for result in results.values()):
        raise AnsibleFilterError("plan_markdown: a dictionary of tasks' results by the names of tenants is expected.")
    try:
        return plan_document(results)
    except KeyError as error:
        raise AnsibleFilterError(f"plan_markdown: a step of a plan lacks {error}.") from error


class FilterModule:
    """The filter under its name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filters of this file by name."""
        return {"plan_markdown": plan_markdown}
