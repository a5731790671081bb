# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of conditional_access_lint_info: what is risky or pointless in a tenant's policies. It changes nothing."""

from __future__ import annotations

import typing as t
from collections import Counter
from datetime import UTC, datetime

from .._graph.api_versions import API_VERSIONS, V1
from .._graph.errors import EntraError
from .._graph.session import Session
from .._guard.permissions import READ_POLICIES, require_permissions
from .._linting.finding import SEVERITIES
from .._linting.ignoring import Sorted, sort_out
from .._linting.lint import lint
from .._linting.reading import Asked, Read, read_tenant, told_groups_left
from .._linting.wanted_lint import WantedLint, told_grave, wanted_lint
from .._policy.policy_plan import CurrentPolicy
from .._policy.policy_shape import POLICY
from .._reconcile.preview import preview_uses
from .._resources.whole_policies import read_whole_policies
from .._spec.argument_spec import ArgumentSpec
from .._spec.lint_options import lint_options
from .._spec.policy_options import EMERGENCY_ACCESS
from .._spec.protocol import MakeSession, ModuleProtocol

SPEC = ArgumentSpec(
    {
        "emergency_access": EMERGENCY_ACCESS.options["emergency_access"],
        **lint_options(),
        "api_version": {"type": "str", "choices": list(API_VERSIONS), "default": V1},
    }
)


class PoliciesFailedLint(EntraError):
    """At least one finding is as grave as the task said it must not be."""


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """The policies, then what the rules ask of what they refer to, then the rules."""
    params = module.params
    wanted = wanted_lint(params)
    asked = _asked(params, wanted)
    session = make_session()
    require_permissions((READ_POLICIES,), session.claims.permissions)
    read = read_tenant(session, _read_policies(module, session), asked)
    found = sort_out(lint(read.tenant), wanted.ignored, asked.now.date())
    for warning in (*found.notes, *_left_out(read, asked)):
        module.warn(warning)
    return _result(found, wanted)


def _asked(params: t.Mapping[str, t.Any], wanted: WantedLint) -> Asked:
    emergency = params["emergency_access"] or {}
    return Asked(
        datetime.now(UTC),
        tuple(emergency.get("users") or ()),
        tuple(emergency.get("groups") or ()),
        wanted.report_only_days,
        wanted.maximum_groups,
    )


def _read_policies(module: ModuleProtocol, session: Session) -> list[CurrentPolicy]:
    """The tenant's policies, with a warning that names those that had to be read from the beta endpoint."""
    version = module.params["api_version"]
    policies = read_whole_policies(session, version)
    previews = [policy.name for policy in policies if version == V1 and list(preview_uses(POLICY, policy.content))]
    if previews:
        module.warn(
            "These policies use preview features, and were read from the beta endpoint: "
            f"{', '.join(map(repr, previews))}. See api_version."
        )
    return policies


def _left_out(read: Read, asked: Asked) -> list[str]:
    told = told_groups_left(read, asked)
    return [told] if told else []


def _result(found: Sorted, wanted: WantedLint) -> dict[str, t.Any]:
    """What the task returns. Raises PoliciesFailedLint, with all findings, for one that must not be."""
    counted = Counter(one.seen.severity for one in found.counting)
    result = {
        "findings": [one.to_result() for one in found.counting],
        "counts": {severity: counted[severity] for severity in SEVERITIES},
        "ignored": [entry.result_of(one) for one, entry in found.ignored],
    }
    grave = wanted.grave(found.counting)
    if grave:
        raise PoliciesFailedLint(told_grave(grave), remedy="findings says what to do about each.", details=result)
    return {"changed": False, **result}
