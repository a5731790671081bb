# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a policy comes to in a generated sign-in (facts section 9.2)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from .json_types import JsonObject
from .sign_in_shape import SignInShape
from .spreading import coprime

REPORT_ONLY, ENFORCED = "enabledForReportingButNotEnforced", "enabled"
FAILURE, SUCCESS, NOT_APPLIED, NOT_ENABLED = "failure", "success", "notApplied", "notEnabled"
REPORT_ONLY_RESULTS = frozenset(
    {"reportOnlySuccess", "reportOnlyFailure", "reportOnlyNotApplied", "reportOnlyInterrupted"}
)
RESULTS = frozenset({SUCCESS, FAILURE, NOT_APPLIED, NOT_ENABLED, "unknown", "unknownFutureValue"}) | REPORT_ONLY_RESULTS
# The part of all rows by which two rows that are neighbours to a policy lie apart; an irrational number.
STRIDE = 0.38196601


@dataclass(frozen=True)
class AppliedPolicy:
    """A policy of the tenant, and for which rows it comes to what.

    The rows are numbered anew for each policy: the first ``limits`` of them have the result that stands beside.
    """

    identity: JsonObject
    grant_controls: tuple[str, ...]
    session_controls: tuple[str, ...]
    limits: tuple[tuple[int, str], ...]
    otherwise: str
    step: int
    offset: int
    count: int

    def result(self, index: int) -> str:
        """Return what the policy comes to in the row with that number."""
        rank = (index * self.step + self.offset) % self.count
        return next((result for limit, result in self.limits if rank < limit), self.otherwise)

    def shown(self, index: int) -> JsonObject:
        """Return the policy as the row shows it."""
        result = self.result(index)
        applied = result not in (NOT_APPLIED, NOT_ENABLED, "reportOnlyNotApplied")
        return {
            **self.identity,
            "enforcedGrantControls": list(self.grant_controls) if applied else [],
            "enforcedSessionControls": list(self.session_controls) if applied else [],
            "result": result,
        }


def applied_policies(policies: Iterable[JsonObject], shape: SignInShape) -> list[AppliedPolicy]:
    """Return what becomes of each policy in the sign-ins of a shape."""
    return [_applied(policy, shape) for policy in policies]


def _applied(policy: JsonObject, shape: SignInShape) -> AppliedPolicy:
    limits, otherwise = _results(policy, shape)
    return AppliedPolicy(
        identity={"id": policy["id"], "displayName": policy["displayName"]},
        grant_controls=_capitalised((policy["grantControls"] or {}).get("builtInControls") or ()),
        session_controls=_capitalised(name for name, value in (policy["sessionControls"] or {}).items() if value),
        limits=limits,
        otherwise=otherwise,
        step=coprime(round(STRIDE * shape.count), shape.count),
        offset=zlib.crc32(str(policy["id"]).encode()) % max(1, shape.count),
        count=shape.count,
    )


def _results(policy: JsonObject, shape: SignInShape) -> tuple[tuple[tuple[int, str], ...], str]:
    """Return which results the first rows have, and the result of the others."""
    state = policy["state"]
    if state not in (ENFORCED, REPORT_ONLY):
        return (), NOT_ENABLED
    not_applied = NOT_APPLIED if state == ENFORCED else "reportOnlyNotApplied"
    if not _is_for_sign_ins(policy):
        return (), not_applied
    shares = [(shape.not_applied, not_applied)]
    if state == ENFORCED:
        return _limits([*shares, (shape.failure, FAILURE)], shape.count), SUCCESS
    reported = [(shape.would_fail, "reportOnlyFailure"), (shape.would_be_interrupted, "reportOnlyInterrupted")]
    return _limits([*shares, *reported], shape.count), "reportOnlySuccess"


def _is_for_sign_ins(policy: JsonObject) -> bool:
    """Say whether a policy is for people who sign in to applications, and neither for user actions nor workloads."""
    conditions = policy["conditions"]
    return not (
        (conditions.get("applications") or {}).get("includeUserActions") or conditions.get("clientApplications")
    )


def _limits(shares: list[tuple[float, str]], count: int) -> tuple[tuple[int, str], ...]:
    """Return up to which row each result goes, so that exactly its share of all rows has it."""
    limits, end = [], 0
    for share, result in shares:
        end += round(share * count)
        limits.append((end, result))
    return tuple(limits)


def _capitalised(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name[:1].upper() + name[1:] for name in names)
