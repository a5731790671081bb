# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The runner behind `make test`: nothing that failed may look as if it had passed, and nothing may stop the rest."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools.parts import Outcome, Part, interruptible, run_all, verdict

PASSES = Part("passes", (sys.executable, "-c", "print('===== 3 passed in 0.10s =====')"))
FAILS = Part("fails", (sys.executable, "-c", "import sys; print('the reason'); sys.exit(3)"))


def test_every_part_runs_whatever_the_others_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = run_all([FAILS, PASSES, FAILS, PASSES], tmp_path, workers=1)

    assert [outcome.exit_code for outcome in outcomes] == [3, 0, 3, 0]
    assert "the reason" in capsys.readouterr().out


def test_one_failure_fails_the_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = run_all([PASSES, FAILS], tmp_path, workers=2)
    capsys.readouterr()

    assert verdict(outcomes, "parts") == 1
    closing = capsys.readouterr().out
    assert "Failed: fails" in closing
    assert closing.endswith("\nparts: 1 passed, 1 failed\n")


def test_all_passed(tmp_path: Path) -> None:
    assert verdict(run_all([PASSES], tmp_path, workers=1), "parts") == 0


def test_a_program_that_is_not_there_is_no_success(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no-such-program"):
        run_all([Part("missing", ("no-such-program",))], tmp_path, workers=1)


@pytest.mark.parametrize(
    ("said", "summary"),
    [
        ("===== 3 passed in 0.10s =====", "3 passed in 0.10s"),
        ("===== 1 failed, 2 passed in 61.00s (0:01:01) =====", "1 failed, 2 passed in 61.00s (0:01:01)"),
        (
            "== 3 passed in 0.10s ==\n== 4 passed, 1 skipped in 1.00s ==",
            "3 passed in 0.10s; 4 passed, 1 skipped in 1.00s",
        ),
        ("nothing that counts", ""),
    ],
)
def test_the_summary_of_a_test_runner_is_shown(tmp_path: Path, said: str, summary: str) -> None:
    log = tmp_path / "log"
    log.write_text(f"before\n{said}\nafter\n", encoding="utf-8")

    assert Outcome(PASSES, 0, 1.0, log).summary() == summary


def test_an_interrupt_has_its_own_exit_code() -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    assert interruptible(interrupted) == 130
