# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter that tells a pipeline what became of a tenant."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError

from ansible_collections.m365.entra.plugins.plugin_utils._plan_summary import plan_summary as summary

DOCUMENTATION = r"""
name: plan_summary
short_description: The plan of a tenant for a pipeline
version_added: 0.4.0
description:
  - Takes from the result of a task what a pipeline decides by - the plan, whether there is nothing to do, something
    pending or something in the way, and what guards, tests and warnings said.
author: m365.entra contributors (@m365-entra)
options:
  _input:
    description:
      - What M(m365.entra.tenant_configuration), or another module of this collection that returns C(plan), returned. A
        failed task is taken as C(register) keeps it.
    type: dict
    required: true
  tenant:
    description: A name for the tenant.
    type: str
    required: true
seealso:
  - plugin: m365.entra.plan_markdown
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Write what a pipeline decides by
  ansible.builtin.copy:
    content: "{{ signin_baseline_result | m365.entra.plan_summary(tenant=inventory_hostname) | to_nice_json }}"
    dest: plan.json
    mode: "0600"
"""

RETURN = r"""
_value:
  description:
    - C(tenant); C(plan_status), which is V(nothing_to_do), V(changes_pending), V(changed), V(blocked) where a guard
      stopped the plan, or V(failed) where the task failed for another reason; C(message) of a failure; C(plan),
      C(guards), C(warnings), and C(sign_in_tests) and C(lint_findings) where the task looked at them.
  type: dict
"""


def plan_summary(result: t.Mapping[str, t.Any], *, tenant: str) -> dict[str, t.Any]:
    """Return the summary; what is no result of a task becomes an error of the filter."""
    if not isinstance(result, dict):
        raise AnsibleFilterError("plan_summary: a dictionary, the result of a task, is expected.")
    return summary(tenant, result)


class FilterModule:
    """The filter under its name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filters of this file by name."""
        return {"plan_summary": plan_summary}
