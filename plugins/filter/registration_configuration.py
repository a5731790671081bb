# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter that turns the variables of the roles for registration into options of tenant_configuration."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError
from ansible.module_utils.parsing.convert_bool import boolean

from ansible_collections.m365.entra.plugins.plugin_utils._registration_baseline import (
    Circumstances,
    Settings,
    has_credential,
    mfa_registration,
    self_service_password_reset,
)
from ansible_collections.m365.entra.plugins.plugin_utils._signin_baseline import tier_problems

DOCUMENTATION = r"""
name: registration_configuration
short_description: Options of tenant_configuration from the variables of the roles for registration
version_added: 0.3.0
description:
  - Lays settings of MFA registration or password reset over what the profile means for the tenant's license tier. What
    cannot be is returned as problems, all of them at once.
  - Made for the roles P(m365.entra.mfa_registration#role) and P(m365.entra.self_service_password_reset#role), whose
    names say what O(role) means. It asks nothing of the tenant; what the tenant has comes in as O(tenant_info).
author: m365.entra contributors (@m365-entra)
options:
  _input:
    description: The settings, as the variable C(<role>_settings) holds them.
    type: dict
    required: true
  role:
    description: The role whose variables these are.
    type: str
    choices: [mfa_registration, self_service_password_reset]
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
    description: Whether anything is written. Otherwise the tenant is only judged.
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
  cloud:
    description: The national cloud of the tenant.
    type: str
    default: global
  portal:
    description: How a person's settings in the portal are reached; only whether it holds a credential matters here.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: See what the role would ask of a tenant
  ansible.builtin.debug:
    msg: >-
      {{ {'enablement_type': 'selected', 'password_reset_enabled_group': 'Pilot'}
         | m365.entra.registration_configuration(
           role='self_service_password_reset',
           tenant_info={'license': {'tier': 'p1', 'reason': 'AAD_PREMIUM in SPE_E3'}}) }}
"""

RETURN = r"""
_value:
  description:
    - C(problems), a list of texts for people; and, when that is empty, the applied C(license_tier), the tier that
      was found as C(license_found), C(notes) on what is left alone and why, and those options of
      M(m365.entra.tenant_configuration) that apply.
  type: dict
"""

_PARTS = {"mfa_registration": mfa_registration, "self_service_password_reset": self_service_password_reset}


def registration_configuration(
    settings: Settings | None,
    *,
    role: str,
    tenant_info: Settings,
    license_tier: str = "auto",
    profile: str = "modern",
    enforce: bool = False,
    emergency_access_users: list[str] | None = None,
    emergency_access_groups: list[str] | None = None,
    cloud: str | None = None,
    portal: Settings | None = None,
) -> dict[str, t.Any]:
    """Return the options for values as they come from a template. Raises AnsibleFilterError for another role."""
    if role not in _PARTS:
        raise AnsibleFilterError(f"role: {role!r} is none of {', '.join(_PARTS)}.")
    license_found = tenant_info["license"]
    circumstances = Circumstances(
        tier=license_found["tier"] if license_tier == "auto" else license_tier,
        profile=profile,
        enforce=boolean(enforce),
        cloud=cloud or "global",
        emergency_access_users=list(emergency_access_users or []),
        emergency_access_groups=list(emergency_access_groups or []),
        has_portal_credential=has_credential(portal),
        enforce_variable=f"{role}_enforce",
    )
    wanted = _PARTS[role](settings or {}, f"{role}_settings", circumstances)
    problems = [*tier_problems(circumstances.tier, license_found, f"{role}_license_tier"), *wanted.problems]
    if problems:
        return {"problems": problems}
    accounts = {"users": circumstances.emergency_access_users, "groups": circumstances.emergency_access_groups}
    has_accounts = any(accounts.values())
    return {
        "problems": [],
        "license_tier": circumstances.tier,
        "license_found": license_found["tier"],
        "notes": list(wanted.notes),
        **({"emergency_access": accounts} if has_accounts else {}),
        **wanted.options,
    }


class FilterModule:
    """The filter under its name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filters of this file by name."""
        return {"registration_configuration": registration_configuration}
