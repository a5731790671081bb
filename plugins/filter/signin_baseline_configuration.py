# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter that turns the variables of the role signin_baseline into options of tenant_configuration."""

from __future__ import annotations

import typing as t

from ansible.module_utils.parsing.convert_bool import boolean
from ansible.utils.vars import merge_hash

from ansible_collections.m365.entra.plugins.plugin_utils._registration_baseline import has_credential
from ansible_collections.m365.entra.plugins.plugin_utils._signin_baseline import (
    PARTS_OF_A_TIER,
    Settings,
    Wish,
    baseline_configuration,
)
from ansible_collections.m365.entra.plugins.plugin_utils._signin_baseline_tests import NO_LINT, WantedChecks

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
  sign_in_tests:
    description: Whether the plan is held against the sign-ins that show whether the policies do what they are for.
    type: bool
    default: true
    version_added: 0.4.0
  additional_sign_in_tests:
    description: Further tests of sign-ins, as O(m365.entra.sign_in_test#module:sign_ins).
    type: list
    elements: dict
    default: []
    version_added: 0.4.0
  sign_in_tests_on_failure:
    description: Whether a sign-in that does not become what is expected blocks the plan.
    type: str
    choices: [fail, report]
    default: report
    version_added: 0.4.0
  lint_fail_on:
    description: From which severity on a finding that the plan brings blocks it; with V(none) nothing is looked at.
    type: str
    choices: [none, never, information, warning, error]
    default: none
    version_added: 0.4.0
  rollout:
    description: How policies come to be enforced in stages, as for M(m365.entra.tenant_configuration).
    type: dict
    default: {}
    version_added: 0.4.0
  promote:
    description: Whether policies of the rollout are promoted whose time has come.
    type: bool
    default: false
    version_added: 0.4.0
  promotion:
    description: How the sign-in log is read for that, as for M(m365.entra.tenant_configuration).
    type: dict
    default: {}
    version_added: 0.4.0
  mfa_registration:
    description: What is wanted of MFA registration, as C(signin_baseline_mfa_registration) holds it.
    type: dict
    default: {enabled: false}
  mfa_registration_overrides:
    description: Settings that differ from O(mfa_registration).
    type: dict
    default: {}
  self_service_password_reset:
    description: What is wanted of password reset, as C(signin_baseline_self_service_password_reset) holds it.
    type: dict
    default: {enabled: false}
  self_service_password_reset_overrides:
    description: Settings that differ from O(self_service_password_reset).
    type: dict
    default: {}
  cloud:
    description: The national cloud of the tenant.
    type: str
    default: global
  exceptions:
    description: Who is left out of which policy until when and why, as C(signin_baseline_exceptions) holds it.
    type: list
    elements: dict
    default: []
    version_added: 0.4.0
  tiers:
    description:
      - What the baselines of the tiers bring, by tier, with C(policies), C(mfa_registration) and
        C(self_service_password_reset). That of the tier which applies takes the place of the input,
        O(mfa_registration) and O(self_service_password_reset).
    type: dict
    default: {}
    version_added: 0.4.0
  portal:
    description: How a person's settings in the portal are reached; only whether it holds a credential matters here.
    type: dict
    default: {}
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
    - C(problems), a list of texts for people; and, when that is empty, the applied C(license_tier), the tier that
      was found as C(license_found), C(notes) on what is left alone and why, C(exceptions) with their C(status), and
      those options of M(m365.entra.tenant_configuration) that apply, such as C(emergency_access),
      C(security_defaults) and C(conditional_access_policies).
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
    sign_in_tests: bool = True,
    additional_sign_in_tests: list[dict[str, t.Any]] | None = None,
    sign_in_tests_on_failure: str = "report",
    lint_fail_on: str = NO_LINT,
    rollout: Settings | None = None,
    promote: bool = False,
    promotion: Settings | None = None,
    mfa_registration: Settings | None = None,
    mfa_registration_overrides: Settings | None = None,
    self_service_password_reset: Settings | None = None,
    self_service_password_reset_overrides: Settings | None = None,
    cloud: str | None = None,
    portal: Settings | None = None,
    exceptions: list[Settings] | None = None,
    tiers: t.Mapping[str, Settings] | None = None,
) -> dict[str, t.Any]:
    """Return baseline_configuration for values as they come from a template."""
    tier = tenant_info["license"]["tier"] if license_tier == "auto" else license_tier
    if tiers and tier in tiers:
        policies, mfa_registration, self_service_password_reset = (tiers[tier][part] for part in PARTS_OF_A_TIER)
    wish = Wish(
        license_tier=license_tier,
        profile=profile,
        enforce=boolean(enforce),
        emergency_access_users=list(emergency_access_users or []),
        emergency_access_groups=list(emergency_access_groups or []),
        administrators_group=administrators_group or "",
        display_name_prefix=display_name_prefix or "",
        unmanaged=unmanaged,
        checks=WantedChecks(
            sign_in_tests=boolean(sign_in_tests),
            additional_sign_in_tests=list(additional_sign_in_tests or []),
            on_failure=sign_in_tests_on_failure,
            lint_fail_on=lint_fail_on,
        ),
        rollout=dict(rollout or {}),
        promote=boolean(promote),
        promotion=dict(promotion or {}),
        cloud=cloud or "global",
        has_portal_credential=has_credential(portal),
        mfa_registration=settings(mfa_registration, mfa_registration_overrides),
        self_service_password_reset=settings(self_service_password_reset, self_service_password_reset_overrides),
        exceptions=exceptions or [],
    )
    return baseline_configuration(policies or {}, overrides or {}, tenant_info["license"], wish)


def settings(given: Settings | None, overrides: Settings | None) -> Settings:
    """Return the settings with what differs laid over them; nothing given means switched off."""
    base = {"enabled": False} if given is None else dict(given)
    return dict(merge_hash(base, dict(overrides or {})))


class FilterModule:
    """The filter under its name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filters of this file by name."""
        return {"signin_baseline_configuration": signin_baseline_configuration}
