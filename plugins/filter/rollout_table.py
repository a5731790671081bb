# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter rollout_table."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError

from ansible_collections.m365.entra.plugins.plugin_utils._rollout_table import Policy, rollout_lines

DOCUMENTATION = r"""
name: rollout_table
short_description: Staged policies as a short table
description:
  - Shows for each policy of a rollout its stage, since when it has been shown in report-only without a change, and what
    is missing for it to be enforced.
version_added: 0.4.0
author: m365.entra contributors (@m365-entra)
options:
  _input:
    description: What M(m365.entra.tenant_configuration) returned as RV(m365.entra.tenant_configuration#module:rollout).
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Bring the tenant to what is wanted, and enforce what is ready
  m365.entra.conditional_access_policies:
    policies:
      - template: require_mfa_for_all_users
        policy_state: enabled
    rollout:
      soak_days: 14
    promote: true
    emergency_access:
      groups: [Emergency access accounts]
  register: result

- name: Show what was promoted and what is missing
  ansible.builtin.debug:
    msg: "{{ result.rollout | m365.entra.rollout_table }}"
"""

RETURN = r"""
_value:
  description: The lines of the table; none without policies.
  type: list
  elements: str
"""


def rollout_table(policies: t.Sequence[Policy]) -> list[str]:
    """Return rollout_lines; what lacks a part becomes an error of the filter that names it."""
    try:
        return rollout_lines(policies)
    except KeyError as error:
        raise AnsibleFilterError(f"This is no list of staged policies: {error} is missing.") from error


class FilterModule:
    """The filter under its name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filters of this file by name."""
        return {"rollout_table": rollout_table}
