# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The version matrix: a row is tested with exactly what it says, or said to be skipped."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools import matrix

CURRENT = f"{sys.version_info.major}.{sys.version_info.minor}"


def program(path: Path, script: str) -> str:
    """Write an executable shell script and return its path."""
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_a_program_that_only_looks_like_the_version_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choices = [
        str(tmp_path / "absent"),
        program(tmp_path / "fails", "exit 127"),
        program(tmp_path / "other-version", "echo 2.7"),
        sys.executable,
    ]
    monkeypatch.setattr(matrix, "candidates", lambda version: iter(choices))

    assert matrix.find_interpreter(CURRENT) == sys.executable


def test_a_row_without_interpreter_is_skipped_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(matrix, "candidates", lambda version: iter(()))

    assert matrix.run_row(matrix.Row("2.99", "3.99")) == []
    assert "skipped core 2.99, Python 3.99: there is no Python 3.99 here" in capsys.readouterr().out


def test_the_lowest_row_is_pinned_to_the_floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix, "ENVIRONMENTS", tmp_path)
    lines = matrix.constraints_for(matrix.Row("2.18", "3.11", lowest=True)).read_text(encoding="utf-8").splitlines()

    floors = (matrix.CHECKOUT / "requirements.txt").read_text(encoding="utf-8").split()
    assert {floor.replace(">=", "==") for floor in floors} <= set(lines)
    assert "ansible-core~=2.18.0" in lines
    assert len([line for line in lines if line.startswith("ansible-core")]) == 1
