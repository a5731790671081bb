# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter that leaves of a baseline's configuration what is an option of tenant_configuration."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError

DOCUMENTATION = r"""
name: signin_baseline_options
short_description: Options of tenant_configuration from a baseline's configuration, all at once
version_added: 0.4.0
description:
  - Leaves of what the filter P(m365.entra.signin_baseline_configuration#filter) returned what is an option of
    M(m365.entra.tenant_configuration), so that one template gives all options.
  - Fails with the configuration's problems where it has any.
author: m365.entra contributors (@m365-entra)
options:
  _input:
    description: What the filter P(m365.entra.signin_baseline_configuration#filter) returned.
    type: dict
    required: true
seealso:
  - plugin: m365.entra.signin_baseline_configuration
    plugin_type: filter
"""

EXAMPLES = r"""
- name: See which options a baseline needs
  ansible.builtin.debug:
    msg: "{{ configuration | m365.entra.signin_baseline_options }}"
  vars:
    configuration:
      problems: []
      license_tier: p2
      license_found: p2
      notes: []
      exceptions: []
      security_defaults: {is_enabled: false}
"""

RETURN = r"""
_value:
  description: Options of M(m365.entra.tenant_configuration) by their names.
  type: dict
"""

_OPTIONS = (
    "authentication_method_configurations",
    "authentication_methods_policy",
    "conditional_access_policies",
    "emergency_access",
    "groups",
    "lint",
    "mfa_registration_policy",
    "per_user_mfa",
    "security_defaults",
    "self_service_password_reset",
    "sign_in_tests",
)


def signin_baseline_options(configuration: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return the options in a configuration. Raises AnsibleFilterError with its problems."""
    problems = configuration.get("problems")
    if problems:
        raise AnsibleFilterError(f"{' '.join(problems)} Nothing was written.")
    options = {name: configuration[name] for name in _OPTIONS if name in configuration}
    tier = {"license_tier": configuration["license_found"]} if "license_found" in configuration else {}
    return {**tier, **options}


class FilterModule:
    """The filter under its name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filters of this file by name."""
        return {"signin_baseline_options": signin_baseline_options}
