# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts the authentication strength of a policy in line, as every read shows it (facts section 2.4)."""

from __future__ import annotations

from ..json_types import JsonObject
from ..tenant import AUTHENTICATION_STRENGTHS, Tenant


def expanded_policy(policy: JsonObject, tenant: Tenant) -> JsonObject:
    """Return the policy with the whole authentication strength where it has the id of one."""
    controls = policy["grantControls"]
    if controls is None or controls["authenticationStrength"] is None:
        return policy
    reference = controls["authenticationStrength"]
    strength = tenant[AUTHENTICATION_STRENGTHS].find_latest(reference["id"]) or reference
    return policy | {"grantControls": controls | {"authenticationStrength": strength}}


def annotated_policy(policy: JsonObject, context_url: str) -> JsonObject:
    """Return an expanded policy with the annotations that a read adds to its related objects."""
    controls = policy["grantControls"]
    if controls is None:
        return policy
    base = f"{context_url}identity/conditionalAccess/policies('{policy['id']}')/grantControls/authenticationStrength"
    strength = controls["authenticationStrength"]
    annotated = dict(controls)
    annotated.pop("authenticationStrength")
    annotated["authenticationStrength@odata.context"] = f"{base}/$entity"
    annotated["authenticationStrength"] = strength and {
        "combinationConfigurations@odata.context": f"{base}/combinationConfigurations"
    } | dict(strength)
    return policy | {"grantControls": annotated}
