# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter that makes one summary of the reports of many tenants."""

from __future__ import annotations

import typing as t
from datetime import UTC, datetime

from ansible.errors import AnsibleFilterError

from ansible_collections.m365.entra.plugins.plugin_utils._fleet.report import digest_from_result
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.summary import expectation
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.summary import fleet_summary as summary_of

DOCUMENTATION = r"""
name: fleet_summary
short_description: One summary of the reports of many tenants
version_added: 0.4.0
description:
  - Brings the reports of many tenants together, wherever they were made - on one controller, or on several that each
    ran a slice of the inventory.
  - A tenant of which there is more than one report counts once, with the newest, and is named.
author: m365.entra contributors (@m365-entra)
options:
  _input:
    description: What the lookup P(m365.entra.tenant_reports#lookup) returned.
    type: list
    elements: dict
    required: true
  expected:
    description:
      - The hosts that should have a report. Those without are missing, and reports of others are not counted.
      - Not given, nobody is missed.
    type: list
    elements: str
  maximum_age_hours:
    description: Reports that are older are stale, as if the tenant had not been run. With 0 the age does not matter.
    type: float
    default: 0
seealso:
  - plugin: m365.entra.tenant_reports
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: Say how many tenants are as wanted
  ansible.builtin.debug:
    msg: "{{ summary.counts }}"
  vars:
    summary: >-
      {{ query('m365.entra.tenant_reports', 'slice-1', 'slice-2')
         | m365.entra.fleet_summary(expected=groups['all'], maximum_age_hours=24) }}
"""

RETURN = r"""
_value:
  description:
    - C(counts) of tenants by status, C(tenants) with what is known of each, and C(failed_hosts), those that have
      failed, are missing, stale or unreadable.
    - C(duplicates) are tenants that were run more than once, C(name_conflicts) hosts of one name that are different
      tenants, C(unexpected) reports of hosts that are not expected.
  type: dict
"""


def fleet_summary(
    reports: list[dict[str, t.Any]], expected: list[str] | None = None, maximum_age_hours: float = 0
) -> dict[str, t.Any]:
    """Return the summary; what no lookup of reports has returned becomes an error of the filter."""
    now = datetime.now(UTC)
    try:
        digests = [digest_from_result(one) for one in reports]
    except (KeyError, TypeError) as error:
        raise AnsibleFilterError("fleet_summary: what the lookup tenant_reports returns is expected.") from error
    return summary_of(digests, expectation(expected, float(maximum_age_hours), now), now)


class FilterModule:
    """The filter under its name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filters of this file by name."""
        return {"fleet_summary": fleet_summary}
