# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter that turns the variables of the role signin_baseline into options of tenant_configuration."""

from __future__ import annotations

import typing as t

from ansible.module_utils.parsing.convert_bool import boolean

from ansible_collections.m365.entra.plugins.plugin_utils._signin_baseline import (
    Settings,
    Wish,
    baseline_configuration,
)

DOCUMENTATION = r"""
name: signin_baseline_configuration
short_description: Options of tenant_configuration from the variables of the role signin_baseline
description:
  - Decides which license tier applies, chooses the policies of the tier and the profile, lays the overrides over them
    and says in which state each is wanted. What cannot be is returned as problems, all of them at once.
  - Made for the role P(m365.entra.signin_baseline#role). It asks nothing of the tenant; what the tenant has comes in
    as O(tenant_info).
author: m365.entra contributors (@m365-entra)
options:
  _input:
    description: The policies of the baseline, settings by key, as the variable C(signin_baseline_policies) holds them.
    type: dict
    required: true
  tenant_info:
    description: What M(m365.entra.tenant_info) returned as RV(m365.entra.tenant_info#module:tenant_info).
    type: dict
    required: true
  license_tier:
    description: The tier to apply, or V(auto) for the tier that the tenant has.
    type: str
    choices: [auto, free, p1, p2]
    default: auto
  profile:
    description: The variant of the baseline.
    type: str
    choices: [modern, seed_2021]
    default: modern
  enforce:
    description: Whether the baseline is enforced. Otherwise policies are only staged and nothing stops a sign-in.
    type: bool
    default: false
  emergency_access_users:
    description: User principal names or ids of the emergency access accounts.
    type: list
    elements: str
    default: []
  emergency_access_groups:
    description: Names or ids of groups that hold emergency access accounts.
    type: list
    elements: str
    default: []
  overrides:
    description: Settings that differ from the input, by policy key.
    type: dict
    default: {}
  administrators_group:
    description: Name or id of the group that stands for the administrator roles. Empty for the roles themselves.
    type: str
    default: ''
  display_name_prefix:
    description: Text put before the display name of each policy.
    type: str
    default: ''
  unmanaged:
    description: Whether policies that the baseline does not name are reported.
    type: str
    choices: [ignore, report]
    default: report
"""

EXAMPLES = r"""
- name: See what the role would ask of a tenant
  ansible.builtin.debug:
    msg: >-
      {{ {'block_legacy_authentication': {}} | m365.entra.signin_baseline_configuration(
           tenant_info={'license': {'tier': 'p1', 'reason': 'AAD_PREMIUM in SPE_E3'}},
           emergency_access_users=['emergency-access-1@contoso.example']) }}
"""

RETURN = r"""
_value:
  description:
    - C(problems), a list of texts for people; and, when that is empty, the applied C(license_tier) and, as far as they
      apply, the options C(emergency_access), C(security_defaults) and C(conditional_access_policies) of
      M(m365.entra.tenant_configuration).
  type: dict
"""


def signin_baseline_configuration(
    policies: Settings | None,
    *,
    tenant_info: Settings,
    license_tier: str = "auto",
    profile: str = "modern",
    enforce: bool = False,
    emergency_access_users: list[str] | None = None,
    emergency_access_groups: list[str] | None = None,
    overrides: Settings | None = None,
    administrators_group: str | None = None,
    display_name_prefix: str | None = None,
    unmanaged: str = "report",
) -> dict[str, t.Any]:
    """Return baseline_configuration for values as they come from a template."""
    wish = Wish(
        license_tier=license_tier,
        profile=profile,
        enforce=boolean(enforce),
        emergency_access_users=list(emergency_access_users or []),
        emergency_access_groups=list(emergency_access_groups or []),
        administrators_group=administrators_group or "",
        display_name_prefix=display_name_prefix or "",
        unmanaged=unmanaged,
    )
    return baseline_configuration(policies or {}, overrides or {}, tenant_info["license"], wish)


class FilterModule:
    """The filter under its name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filters of this file by name."""
        return {"signin_baseline_configuration": signin_baseline_configuration}
