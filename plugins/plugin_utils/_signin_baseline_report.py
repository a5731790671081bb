# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report of one tenant, of what a run found and did. Private to this collection."""

from __future__ import annotations

import typing as t
from datetime import UTC, datetime

from ansible_collections.m365.entra.plugins.plugin_utils._fleet.report import FORMAT

Json: t.TypeAlias = t.Mapping[str, t.Any]

# Only what a run asked for is in its result.
_ONLY_IF_FOUND = (
    "authentication_methods_policy",
    "authentication_method_configurations",
    "mfa_registration_policy",
    "self_service_password_reset",
    "per_user_mfa",
    "sign_in_tests",
    "lint_findings",
)


def baseline_report(result: Json, tenant_info: Json, configuration: Json, around: Json) -> dict[str, t.Any]:
    """Return the report, *around* laid over it: what neither the tasks nor the configuration say.

    *result* is that of tenant_configuration, *tenant_info* what the task of that name returned, *configuration* what
    the baseline is for this tenant. Raises KeyError where one of them is something else.
    """
    found = result["tenant_configuration"]
    return {
        "tenant_id": tenant_info["tenant_id"],
        "display_name": tenant_info["display_name"],
        "license": tenant_info["license"],
        "license_tier": configuration["license_tier"],
        "notes": configuration["notes"],
        "exceptions": configuration["exceptions"],
        "generated_at": datetime.now(UTC).strftime(FORMAT),
        "changed": bool(result.get("changed", False)),
        "plan": result["plan"],
        "rollout": result.get("rollout", []),
        "results": found["assessment"]["results"],
        "requirements": found["assessment"]["requirements"],
        "security_defaults": found["security_defaults"],
        "conditional_access_policies": found["conditional_access_policies"],
        "unmanaged_policies": found.get("unmanaged_policies", []),
        **{name: found[name] for name in _ONLY_IF_FOUND if name in found},
        **around,
    }
