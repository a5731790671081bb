# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run named commands, two at a time where asked, each with its own log, and report on one line each."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import IO

TAIL_LINES = 150
PYTEST_SUMMARY = re.compile(r"^(?:=+ )?(\d+ (?:passed|failed|error|skipped).*? in [\d.]+s.*?)(?: =+)?$")


@dataclass(frozen=True)
class Part:
    """One thing to run: what people call it and the command that does it."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of a part."""

    part: Part
    exit_code: int
    seconds: float
    log: Path

    @property
    def passed(self) -> bool:
        """Whether the command ended with success."""
        return self.exit_code == 0

    def summary(self) -> str:
        """Return what the test runners in this part said at their ends; ansible-test starts several of them."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        matches = (PYTEST_SUMMARY.match(line.strip()) for line in lines)
        return "; ".join(match.group(1) for match in matches if match)

    def line(self) -> str:
        """Return the one line that reports this outcome."""
        verdict = "ok    " if self.passed else "FAILED"
        return f"{verdict} {self.part.name:<36} {self.seconds:6.1f} s  {self.summary()}".rstrip()

    def tail(self) -> str:
        """Return the end of the log under a headline."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        left_out = [f"... {len(lines) - TAIL_LINES} lines more in {self.log}"] if len(lines) > TAIL_LINES else []
        return "\n".join([f"----- {self.part.name} -----", *left_out, *lines[-TAIL_LINES:]])


Runner = Callable[[Sequence[str], IO[bytes]], int]


def run_here(command: Sequence[str], output: IO[bytes]) -> int:
    """Run a command in the current directory, all it says going to `output`; return its exit code."""
    process = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False)
    return process.returncode


def run_part(part: Part, directory: Path, runner: Runner) -> Outcome:
    """Run one part and return its outcome."""
    log = directory / f"{re.sub(r'[^A-Za-z0-9.]+', '-', part.name)}.log"
    start = time.monotonic()
    with log.open("wb") as output:
        exit_code = runner(part.command, output)
    return Outcome(part, exit_code, time.monotonic() - start, log)


def run_all(parts: Sequence[Part], directory: Path, workers: int, runner: Runner = run_here) -> list[Outcome]:
    """Run all parts in their order, at most `workers` at once, printing a line as each ends and the failed logs last.

    Every part runs even when an earlier one failed. Logs are written to `directory`.
    """
    directory.mkdir(parents=True, exist_ok=True)
    outcomes = []
    pool = ThreadPoolExecutor(max_workers=workers)
    try:
        for future in as_completed([pool.submit(run_part, part, directory, runner) for part in parts]):
            outcomes.append(future.result())
            print(outcomes[-1].line(), flush=True)
    finally:
        pool.shutdown(cancel_futures=True)  # an interrupt ends the parts that run; the others must not begin
    for outcome in outcomes:
        if not outcome.passed:
            print(f"\n{outcome.tail()}", flush=True)
    return outcomes


def verdict(outcomes: Sequence[Outcome], word: str) -> int:
    """Print which parts failed and the closing count, and return the exit code for all of them together."""
    failed = sorted(outcome.part.name for outcome in outcomes if not outcome.passed)
    if failed:
        print(f"\nFailed: {', '.join(failed)}")
    print(f"\n{word}: {len(outcomes) - len(failed)} passed, {len(failed)} failed", flush=True)
    return 1 if failed else 0


def interruptible(main: Callable[[], int]) -> int:
    """Return what `main` returns, or, when the user interrupts it, the exit code that says so."""
    try:
        return main()
    except KeyboardInterrupt:
        print("\nInterrupted.", flush=True)
        return 130
