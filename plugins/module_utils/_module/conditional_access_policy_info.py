# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of conditional_access_policy_info: reads policies and changes nothing."""

from __future__ import annotations

import typing as t

from .._directory.directory import Directory
from .._files.exported import exported_policy
from .._files.names import learn_names
from .._graph.api_versions import API_VERSIONS, V1
from .._graph.session import Session
from .._guard.cloud_capabilities import check_bin_in_cloud
from .._guard.permissions import READ_POLICIES, require_permissions
from .._policy.policy_plan import CurrentPolicy
from .._reconcile.shape import Json
from .._resources.conditional_access_policy import policy_result, read_deleted_policies, read_policies
from .._resources.prerequisites import require_names
from .._resources.preview_policies import preview_policies_warning, read_preview_policies
from .._spec.argument_spec import ArgumentSpec
from .._spec.protocol import MakeSession, ModuleProtocol
from .named_object import was_asked_for

SPEC = ArgumentSpec(
    {
        "display_name": {"type": "str"},
        "id": {"type": "str"},
        "policy_state": {"type": "str", "choices": ["enabled", "report_only", "disabled"]},
        "deleted": {"type": "bool", "default": False},
        "names": {"type": "bool", "default": False},
        "api_version": {"type": "str", "choices": list(API_VERSIONS), "default": V1},
    },
    mutually_exclusive=(("display_name", "id"),),
)


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """All policies of the tenant, or those that were asked for."""
    session, version = make_session(), module.params["api_version"]
    require_permissions((READ_POLICIES,), session.claims.permissions)
    if module.params["deleted"]:
        check_bin_in_cloud(session.cloud, "deleted")
        policies = read_deleted_policies(session, version)
    else:
        policies = read_policies(session, version)
        warning = preview_policies_warning(read_preview_policies(session, policies)) if version == V1 else ""
        if warning:
            module.warn(warning)
    found = [policy for policy in policies if _was_asked_for(policy, module.params)]
    return {"changed": False, "conditional_access_policies": _results(session, found, names=module.params["names"])}


def _results(session: Session, found: t.Sequence[CurrentPolicy], *, names: bool) -> list[Json]:
    results = [policy_result(policy) for policy in found]
    if not names:
        return results
    require_names(session, found)
    directory = Directory(session)
    learn_names(directory, [policy.content for policy in found])
    named = [exported_policy(policy, directory) for policy in found]
    return [{**result, **options} for result, options in zip(results, named, strict=True)]


def _was_asked_for(policy: CurrentPolicy, params: t.Mapping[str, t.Any]) -> bool:
    if not was_asked_for(policy.identifier, policy.name, params):
        return False
    return not params["policy_state"] or policy_result(policy)["policy_state"] == params["policy_state"]
