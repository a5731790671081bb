# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter that makes the report of a tenant of what a run found and did."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError
from ansible.module_utils.parsing.convert_bool import boolean

from ansible_collections.m365.entra.plugins.plugin_utils._signin_baseline_report import baseline_report

DOCUMENTATION = r"""
name: signin_baseline_report
short_description: The report of a tenant that was held against the baseline
version_added: 0.4.0
description:
  - Puts together what the role P(m365.entra.signin_baseline#role) and the playbook C(audit) write to a file for each
    tenant.
author: m365.entra contributors (@m365-entra)
options:
  _input:
    description: The result of the task M(m365.entra.tenant_configuration).
    type: dict
    required: true
  tenant:
    description: The name of the tenant's host.
    type: str
    required: true
  tenant_info:
    description: What M(m365.entra.tenant_info) returned as RV(m365.entra.tenant_info#module:tenant_info).
    type: dict
    required: true
  configuration:
    description: What the filter P(m365.entra.signin_baseline_configuration#filter) returned.
    type: dict
    required: true
  profile:
    description: The variant of the baseline.
    type: str
    required: true
  enforce:
    description: Whether the baseline is enforced.
    type: bool
    required: true
  check_mode:
    description: Whether the task only said what it would do.
    type: bool
    required: true
  administrators_group:
    description: What became of the group of administrators, where it was looked at.
    type: dict
    default: {}
  revoke_sign_in_sessions:
    description: Whose sessions were ended, where some were.
    type: dict
    default: {}
seealso:
  - plugin: m365.entra.signin_baseline_table
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Keep what holds in a tenant
  m365.entra.tenant_report:
    path: reports/contoso.json
    content: >-
      {{ result | m365.entra.signin_baseline_report(
           tenant='contoso', tenant_info=found.tenant_info, configuration=configuration, profile='modern',
           enforce=true, check_mode=false) | to_json }}
"""

RETURN = r"""
_value:
  description: The report.
  type: dict
"""


def signin_baseline_report(
    result: t.Mapping[str, t.Any],
    *,
    tenant: str,
    tenant_info: t.Mapping[str, t.Any],
    configuration: t.Mapping[str, t.Any],
    profile: str,
    enforce: bool,
    check_mode: bool,
    administrators_group: t.Mapping[str, t.Any] | None = None,
    revoke_sign_in_sessions: t.Mapping[str, t.Any] | None = None,
) -> dict[str, t.Any]:
    """Return baseline_report for values as they come from a template."""
    people = {"administrators_group": administrators_group, "revoke_sign_in_sessions": revoke_sign_in_sessions}
    around = {
        "tenant": tenant,
        "profile": profile,
        "enforce": boolean(enforce),
        "check_mode": boolean(check_mode),
        **{name: found for name, found in people.items() if found},
    }
    try:
        return baseline_report(result, tenant_info, configuration, around)
    except (KeyError, TypeError) as error:
        raise AnsibleFilterError(
            f"signin_baseline_report: the result of tenant_configuration, of tenant_info and the configuration of the "
            f"baseline are expected; {error} is missing."
        ) from error


class FilterModule:
    """The filter under its name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filters of this file by name."""
        return {"signin_baseline_report": signin_baseline_report}
