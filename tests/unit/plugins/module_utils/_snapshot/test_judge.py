# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of a touched object: it is put back, and what is not the run's is left alone."""

from __future__ import annotations

import typing as t
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._snapshot.judge import (
    LEAVE,
    PUT_BACK,
    REMAKE,
    REMOVE,
    RESTORE,
    Live,
    Seen,
    Verdict,
    judge,
)
from ansible_collections.m365.entra.plugins.module_utils._snapshot.snapshot import Form, TouchedObject

STAGED = "enabledForReportingButNotEnforced"
BEFORE, PLANNED = Form("A", {"a": 1, "b": 1}, "disabled"), Form("A", {"a": 2, "b": 1}, "enabled")


def live(form: Form, identifier: str = "id", **content: int) -> Live:
    """The object as a *form* says, but for its *content*."""
    return Live(identifier, form.name, {**form.content, **content}, form.state)


CHANGED = TouchedObject("policy", "id", "id", "A", BEFORE, PLANNED)
DELETED = replace(CHANGED, planned=None)
CREATED = replace(CHANGED, before=None, key="key")
UNKNOWN = replace(CREATED, identifier="")
RESTORED = replace(CHANGED, was_deleted=True)


def of(touched: TouchedObject, *now: Live, deleted: tuple[Live, ...] = (), is_finished: bool = True) -> Verdict:
    return judge(touched, Seen(now, deleted), is_finished=is_finished)


@pytest.mark.parametrize(
    ("verdict", "action", "identifier"),
    [
        (of(CHANGED, live(PLANNED)), PUT_BACK, "id"),
        (of(CHANGED, live(BEFORE)), LEAVE, "id"),
        (of(DELETED, deleted=(live(BEFORE),)), RESTORE, "id"),
        (of(DELETED), REMAKE, ""),
        (of(DELETED, live(BEFORE)), LEAVE, "id"),
        (of(CREATED, live(PLANNED)), REMOVE, "id"),
        (of(CREATED), LEAVE, ""),
        (of(UNKNOWN, live(PLANNED, "new")), REMOVE, "new"),
        (of(UNKNOWN), LEAVE, ""),
        (of(RESTORED, live(PLANNED)), REMOVE, "id"),
        (of(RESTORED, deleted=(live(BEFORE),)), LEAVE, ""),
        # It was made anew by an earlier undo: the name finds it.
        (of(DELETED, live(BEFORE, "other")), LEAVE, "other"),
    ],
)
def test_what_nobody_has_changed_since(verdict: Verdict, action: str, identifier: str) -> None:
    assert (verdict.action, verdict.identifier, verdict.since, verdict.problem) == (action, identifier, "", "")


@pytest.mark.parametrize(
    ("verdict", "action", "since"),
    [
        (of(CHANGED, live(PLANNED, a=3)), PUT_BACK, "changed: a"),
        (of(CHANGED, live(PLANNED, b=3)), PUT_BACK, "changed: b"),
        (of(CHANGED, live(replace(PLANNED, state=STAGED))), PUT_BACK, "changed: state"),
        (of(CHANGED, deleted=(live(PLANNED),)), RESTORE, "it has been deleted"),
        (of(CHANGED), REMAKE, "it has been deleted"),
        (of(DELETED, live(BEFORE, a=3)), PUT_BACK, "it is there again"),
        (of(CREATED, live(PLANNED, a=3)), REMOVE, "changed: a"),
    ],
)
def test_what_somebody_has_changed_since_is_told(verdict: Verdict, action: str, since: str) -> None:
    assert (verdict.action, verdict.since, verdict.problem) == (action, since, "")


@pytest.mark.parametrize(
    ("verdict", "told"),
    [
        (of(UNKNOWN, live(PLANNED, "other", a=3)), "it is not known whether the run has made"),
        (of(UNKNOWN, live(PLANNED, "one"), live(PLANNED, "two")), "(one, two)"),
        (of(DELETED, live(BEFORE, "one"), live(BEFORE, "two")), "its name is taken by now"),
        (of(DELETED, live(BEFORE, "other", a=3), deleted=(live(BEFORE),)), "its name is taken by now: 'A' (other)"),
        (of(DELETED, live(replace(BEFORE, name="a"), "other")), "its name is taken by now: 'a' (other)"),
        (
            of(
                replace(CHANGED, planned=replace(PLANNED, name="B")),
                live(replace(PLANNED, name="B")),
                live(BEFORE, "x"),
            ),
            "its name is taken by now",
        ),
    ],
)
def test_what_cannot_be_told_apart_is_left_alone(verdict: Verdict, told: str) -> None:
    assert (verdict.action, verdict.since) == (LEAVE, "")
    assert told in verdict.problem


MEMBERS = st.fixed_dictionaries({"a": st.sampled_from([1, 2]), "b": st.just(1)})


@given(MEMBERS, st.sampled_from(["disabled", "enabled", STAGED]))
def test_a_run_that_did_not_end_may_have_left_anything_between(content: dict[str, t.Any], state: str) -> None:
    verdict = of(CHANGED, Live("id", "A", content, state), is_finished=False)
    assert verdict.action in (PUT_BACK, LEAVE)
    assert verdict.since == ""


def test_what_a_removal_changes_first_is_no_change_of_somebody_else() -> None:
    prepared = live(BEFORE, b=0)
    seen = Seen([prepared])
    assert judge(DELETED, seen, is_finished=False, passing=[prepared.content]).since == ""
    assert judge(DELETED, seen, is_finished=False).since == "changed: b"
