# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of a sign-in under a set of policies: pure, like the service's own evaluation but with an outcome."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._reconcile.shape import Json
from .controls import Clause, adds_nothing, blocks, combined
from .evaluated_policy import EvaluatedPolicy
from .matching_places import Locations
from .sign_in import SignIn
from .verdict import Verdict, verdict

BLOCKED = "blocked"
GRANTED = "granted"
UNKNOWN = "unknown"
OUTCOMES = (BLOCKED, GRANTED, UNKNOWN)


@dataclass(frozen=True)
class Outcome:
    """*kind* is one of OUTCOMES. A sign-in is granted once every one of *controls* is met.

    *blocked_by*: policies that surely block. *session_controls*: what policies do to the session, by their names.
    *undecided*: policies of which cannot be told whether they apply, although they would make a difference;
    *missing* is what must be said for that. Where the outcome is unknown, *controls* are asked for at least.
    """

    kind: str
    blocked_by: tuple[EvaluatedPolicy, ...] = ()
    controls: tuple[Clause, ...] = ()
    session_controls: tuple[tuple[EvaluatedPolicy, Json], ...] = ()
    undecided: tuple[EvaluatedPolicy, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_surely_not_blocked(self) -> bool:
        """Whether nothing blocks, whatever is not said; more may still be asked for."""
        return self.kind != BLOCKED and not any(blocks(policy) for policy in self.undecided)


@dataclass(frozen=True)
class Evaluation:
    """The verdict on every policy, what becomes of the sign-in, and what would if report-only ones were enforced."""

    verdicts: tuple[Verdict, ...]
    outcome: Outcome
    outcome_if_enforced: Outcome


def evaluate(policies: t.Iterable[EvaluatedPolicy], sign_in: SignIn, locations: Locations | None = None) -> Evaluation:
    """Evaluate *sign_in* against *policies*, whose named locations are *locations*."""
    known = locations or Locations()
    verdicts = tuple(verdict(policy, sign_in, known) for policy in policies)
    enforced = [one for one in verdicts if one.policy.is_enforced]
    return Evaluation(verdicts, outcome_of(enforced), outcome_of(verdicts))


def outcome_of(verdicts: t.Sequence[Verdict]) -> Outcome:
    """What policies together do, taken as enforced; those that do not apply do nothing."""
    applying = [one.policy for one in verdicts if one.applies.is_yes]
    blockers = tuple(policy for policy in applying if blocks(policy))
    if blockers:
        return Outcome(BLOCKED, blocked_by=blockers)
    clauses = combined(applying)
    sessions = tuple((policy, policy.view.session) for policy in applying if policy.view.session)
    open_ = [one for one in verdicts if one.applies.value is None and not adds_nothing(one.policy, clauses)]
    if not open_:
        return Outcome(GRANTED, controls=clauses, session_controls=sessions)
    return Outcome(
        UNKNOWN,
        controls=clauses,
        session_controls=sessions,
        undecided=tuple(one.policy for one in open_),
        missing=tuple(sorted({name for one in open_ for name in one.applies.missing})),
    )
