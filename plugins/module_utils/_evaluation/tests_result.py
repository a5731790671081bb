# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What became of tests of sign-ins, all together: as tasks return it, and in a sentence."""

from __future__ import annotations

import typing as t

from .._reconcile.shape import Json
from .run_tests import SignInResult


def failed_of(results: t.Iterable[SignInResult]) -> list[SignInResult]:
    """Those that did not become what was expected."""
    return [one for one in results if one.passed is False]


def verdict_of(results: t.Sequence[SignInResult]) -> Json:
    """Whether all passed, and the names of those that did not."""
    failed = failed_of(results)
    return {"passed": not failed, "failed_sign_ins": [one.test.name for one in failed]}


def failures_by_name(name: str, failures: t.Iterable[str]) -> list[str]:
    """The *failures* of the sign-in called *name*, which an option path alone does not tell apart for people."""
    return [f"{name!r}, {failure}" for failure in failures]


def told_failures(results: t.Sequence[SignInResult]) -> str:
    """Every failure in one sentence, each led by its sign-in and option path; empty where there is none."""
    failed = failed_of(results)
    if not failed:
        return ""
    whole = "; ".join(told for one in failed for told in failures_by_name(one.test.name, one.failures))
    return f"{len(failed)} of {len(results)} sign-ins did not become what was expected: {whole}."
