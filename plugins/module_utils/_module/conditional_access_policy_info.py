# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of conditional_access_policy_info: reads policies and changes nothing."""

from __future__ import annotations

import typing as t

from .._guard.permissions import READ_POLICIES, require_permissions
from .._policy.policy_plan import CurrentPolicy
from .._resources.conditional_access_policy import policy_result, read_policies
from .._spec.argument_spec import ArgumentSpec
from .._spec.protocol import MakeSession, ModuleProtocol

SPEC = ArgumentSpec(
    {
        "display_name": {"type": "str"},
        "id": {"type": "str"},
        "policy_state": {"type": "str", "choices": ["enabled", "report_only", "disabled"]},
    },
    mutually_exclusive=(("display_name", "id"),),
)


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """All policies of the tenant, or those that were asked for, in one read."""
    session = make_session()
    require_permissions((READ_POLICIES,), session.claims.permissions)
    found = [policy for policy in read_policies(session) if _was_asked_for(policy, module.params)]
    return {"changed": False, "conditional_access_policies": [policy_result(policy) for policy in found]}


def _was_asked_for(policy: CurrentPolicy, params: t.Mapping[str, t.Any]) -> bool:
    if params["id"] and policy.identifier != str(params["id"]).lower():
        return False
    if params["display_name"] and policy.name != params["display_name"]:
        return False
    return not params["policy_state"] or policy_result(policy)["policy_state"] == params["policy_state"]
