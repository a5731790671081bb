# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of conditional_access_template_info: reads Microsoft's templates and compares, and changes nothing."""

from __future__ import annotations

import typing as t

from .._graph.api_versions import API_VERSIONS, V1
from .._guard.permissions import Requirement, require_permissions
from .._policy.template_catalogue import TEMPLATES
from .._policy.template_comparison import without_counterpart
from .._reconcile.shape import Json
from .._resources.conditional_access_template import (
    SCENARIOS,
    microsoft_template_result,
    named_policy_result,
    read_templates,
    scenarios_of,
)
from .._spec.argument_spec import ArgumentSpec
from .._spec.protocol import MakeSession, ModuleProtocol

READ_TEMPLATES = Requirement("reading Conditional Access templates", ("Policy.Read.All",))

SPEC = ArgumentSpec(
    {
        "scenario": {"type": "str", "choices": list(SCENARIOS)},
        "id": {"type": "str"},
        "name": {"type": "str"},
        "api_version": {"type": "str", "choices": list(API_VERSIONS), "default": V1},
    },
    mutually_exclusive=(("id", "name"),),
)


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """The templates that Microsoft offers, or those that were asked for, beside the named policies, in one read."""
    session = make_session()
    require_permissions((READ_TEMPLATES,), session.claims.permissions)
    offered = read_templates(session, module.params["api_version"])
    return {
        "changed": False,
        "conditional_access_templates": [
            microsoft_template_result(one, TEMPLATES.values()) for one in offered if _was_asked_for(one, module.params)
        ],
        "without_counterpart": [named_policy_result(one) for one in without_counterpart(TEMPLATES.values(), offered)],
    }


def _was_asked_for(microsoft: Json, params: t.Mapping[str, t.Any]) -> bool:
    if params["id"] and str(microsoft.get("id")).lower() != str(params["id"]).lower():
        return False
    if params["name"] and microsoft.get("name") != params["name"]:
        return False
    return not params["scenario"] or params["scenario"] in scenarios_of(microsoft)
