# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How what became of a sign-in differs from what was expected, in words for people."""

from __future__ import annotations

import typing as t

from .controls import OR, Clause, clause_texts, control_name
from .evaluation import GRANTED, UNKNOWN, Evaluation, Outcome
from .sign_in_test import Expectation, SignInTest
from .verdict import Verdict

Names = t.Mapping[str, str]


def failures_of(test: SignInTest, evaluation: Evaluation, outcome: Outcome, names: Names) -> list[str]:
    """Every difference from the test's expectation, led by its option path; *names* are those of controls by id."""
    expected = test.expectation
    if expected is None:
        return []
    option = f"{test.option}.expect"
    found: list[str] = []
    if expected.outcome is not None and expected.outcome != outcome.kind:
        found.append(f"{option}.outcome: {expected.outcome} was expected, and {_became(outcome)}")
    if expected.controls is not None:
        found += _wrong_controls(expected, outcome, f"{option}.controls", names)
    found += _wrong(expected.policies_apply, True, f"{option}.policies_apply", evaluation)
    found += _wrong(expected.policies_do_not_apply, False, f"{option}.policies_do_not_apply", evaluation)
    return found


def _wrong_controls(expected: Expectation, outcome: Outcome, option: str, names: Names) -> t.Iterator[str]:
    """Controls alone mean a sign-in that is granted for them: one that is blocked is asked for nothing, too."""
    controls = expected.controls or ()
    if expected.outcome is None and outcome.kind != GRANTED:
        yield f"{option}: {_listed(controls)} was expected, and {_became(outcome)}"
    elif _wanted(controls, names) != _asked_for(outcome.controls, names):
        asked = _listed(clause_texts(outcome.controls, names))
        yield f"{option}: {_listed(controls)} was expected, and {asked} is asked for"


def _became(outcome: Outcome) -> str:
    if outcome.blocked_by:
        return f"it is blocked by {_quoted(policy.name for policy in outcome.blocked_by)}"
    if outcome.kind == UNKNOWN:
        undecided = _quoted(policy.name for policy in outcome.undecided)
        return f"it is unknown, because {undecided} may apply: what is missing is {', '.join(outcome.missing)}"
    return f"it is {outcome.kind}"


def _wrong(names: t.Iterable[str], expected: bool, option: str, evaluation: Evaluation) -> t.Iterator[str]:
    for position, name in enumerate(names):
        problem = _problem(name, expected, evaluation)
        if problem:
            yield f"{option}[{position}]: {problem}"


def _problem(name: str, expected: bool, evaluation: Evaluation) -> str:
    found = [one for one in evaluation.verdicts if name.lower() in (one.policy.name.lower(), one.policy.key)]
    if len(found) != 1:
        count = "no policy is" if not found else f"{len(found)} policies are"
        return f"{count} named {name!r}"
    return "" if found[0].applies.value is expected else _told(found[0], name)


def _told(verdict: Verdict, name: str) -> str:
    if verdict.applies.is_yes:
        return f"{name!r} applies"
    if verdict.applies.is_no:
        return f"{name!r} does not apply ({verdict.reason})"
    return (
        f"it cannot be told whether {name!r} applies: what is missing is {', '.join(sorted(verdict.applies.missing))}"
    )


def _wanted(controls: t.Iterable[str], names: Names) -> set[Clause]:
    return {frozenset(_named(one, names) for one in clause.split(OR)) for clause in controls}


def _asked_for(clauses: t.Iterable[Clause], names: Names) -> set[Clause]:
    return {frozenset(control_name(control, names).lower() for control in clause) for clause in clauses}


def _named(control: str, names: Names) -> str:
    """A control by its name where it has one, since tests may say it by name or by id."""
    text = control.strip()
    return names.get(text.lower(), text).lower()


def _listed(controls: t.Iterable[str]) -> str:
    return " and ".join(f"({one})" if OR in one else one for one in controls) or "nothing"


def _quoted(names: t.Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names)
