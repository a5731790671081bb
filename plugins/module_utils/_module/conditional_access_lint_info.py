# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of conditional_access_lint_info: what is risky or pointless in a tenant's policies. It changes nothing."""

from __future__ import annotations

import typing as t
from collections import Counter
from datetime import UTC, datetime

from .._graph.api_versions import API_VERSIONS, V1
from .._graph.errors import EntraError, OptionError
from .._graph.session import Session
from .._guard.permissions import READ_POLICIES, require_permissions
from .._linting.finding import SEVERITIES, Finding, at_least
from .._linting.ignoring import Sorted, ignored_from, sort_out
from .._linting.lint import lint
from .._linting.linted_tenant import DEFAULT_REPORT_ONLY_DAYS
from .._linting.reading import Asked, Read, read_tenant
from .._policy.policy_plan import CurrentPolicy
from .._policy.policy_shape import POLICY
from .._reconcile.preview import preview_uses
from .._resources.whole_policies import read_whole_policies
from .._spec.argument_spec import ArgumentSpec
from .._spec.policy_options import EMERGENCY_ACCESS
from .._spec.protocol import MakeSession, ModuleProtocol

NEVER = "never"

SPEC = EMERGENCY_ACCESS.merged(
    ArgumentSpec(
        {
            "report_only_days": {"type": "int", "default": DEFAULT_REPORT_ONLY_DAYS},
            "maximum_groups": {"type": "int", "default": 100},
            "ignore": {
                "type": "list",
                "elements": "dict",
                "options": {
                    "rule": {"type": "str", "required": True},
                    "policy": {"type": "str"},
                    "until": {"type": "str"},
                    "reason": {"type": "str", "required": True},
                },
            },
            "fail_on": {"type": "str", "choices": [*SEVERITIES, NEVER], "default": NEVER},
            "api_version": {"type": "str", "choices": list(API_VERSIONS), "default": V1},
        }
    )
)


class PoliciesFailedLint(EntraError):
    """At least one finding is as grave as the task said it must not be."""


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """The policies, then what the rules ask of what they refer to, then the rules."""
    params = module.params
    asked, entries = _asked(params), ignored_from(params["ignore"])
    session = make_session()
    require_permissions((READ_POLICIES,), session.claims.permissions)
    read = read_tenant(session, _read_policies(module, session), asked)
    found = sort_out(lint(read.tenant), entries, asked.now.date())
    for warning in (*found.notes, *_left_out(read, asked)):
        module.warn(warning)
    return _result(found, params["fail_on"])


def _asked(params: t.Mapping[str, t.Any]) -> Asked:
    for name, least in (("report_only_days", 1), ("maximum_groups", 0)):
        if params[name] < least:
            raise OptionError(f"{name}: {params[name]} is too small.", remedy=f"Give {least} or more.")
    emergency = params["emergency_access"] or {}
    return Asked(
        datetime.now(UTC),
        tuple(emergency.get("users") or ()),
        tuple(emergency.get("groups") or ()),
        params["report_only_days"],
        params["maximum_groups"],
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
    if not read.groups_left:
        return []
    return [
        f"maximum_groups: {asked.maximum_groups} groups were looked into, and {read.groups_left} more that policies "
        "name were not, so that empty ones among them are not found."
    ]


def _result(found: Sorted, fail_on: str) -> dict[str, t.Any]:
    """What the task returns. Raises PoliciesFailedLint, with all findings, for one that is as grave as *fail_on*."""
    counted = Counter(one.seen.severity for one in found.counting)
    result = {
        "findings": [one.to_result() for one in found.counting],
        "counts": {severity: counted[severity] for severity in SEVERITIES},
        "ignored": [entry.result_of(one) for one, entry in found.ignored],
    }
    grave = [] if fail_on == NEVER else at_least(found.counting, fail_on)
    if grave:
        raise PoliciesFailedLint(_message(grave), remedy="findings says what to do about each.", details=result)
    return {"changed": False, **result}


def _message(grave: t.Sequence[Finding]) -> str:
    return f"{len(grave)} findings must not be: " + "; ".join(map(str, grave)) + "."
