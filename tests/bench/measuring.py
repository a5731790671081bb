# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run a command and say what it cost: wall time, the CPU time of all its processes, and their memory together."""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE_SECONDS = 0.5


class BenchmarkError(Exception):
    """What was to be measured did not work; the text says what it said."""


@dataclass(frozen=True)
class Cost:
    """What a run cost. Memory is the proportional share (PSS), so that what forks share is counted once."""

    wall_seconds: float
    cpu_seconds: float
    megabytes: float


@dataclass(frozen=True)
class Command:
    """A command with the folder and the environment it runs in."""

    arguments: Sequence[str]
    folder: Path
    environment: Mapping[str, str]


def measure(command: Command) -> Cost:
    """Run the command to its end. Raises BenchmarkError when it fails."""
    log = command.folder / "bench.log"
    with log.open("wb") as output:
        before = time.monotonic()
        process = subprocess.Popen(
            command.arguments,
            cwd=command.folder,
            env=dict(command.environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        memory = MemorySampler(process.pid)
        memory.start()
        _identifier, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - before
        memory.stop()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        said = log.read_text(encoding="utf-8", errors="replace")
        raise BenchmarkError(f"{' '.join(command.arguments)} ended with {process.returncode}:\n{said[-4000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, memory.peak_megabytes)


def median(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure."""
    return Cost(
        statistics.median(cost.wall_seconds for cost in costs),
        statistics.median(cost.cpu_seconds for cost in costs),
        statistics.median(cost.megabytes for cost in costs),
    )


class MemorySampler(threading.Thread):
    """Looks now and then how much memory a process and all its descendants have together."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.peak_megabytes = 0.0
        self._root = root
        self._ended = threading.Event()

    def run(self) -> None:
        """Sample until stopped."""
        while not self._ended.wait(SAMPLE_SECONDS):
            kilobytes = sum(_share(process) for process in _family(self._root))
            self.peak_megabytes = max(self.peak_megabytes, kilobytes / 1024)

    def stop(self) -> None:
        """Take no more samples."""
        self._ended.set()
        self.join()


def _family(root: int) -> list[int]:
    found = [root]
    for process in found:
        for path in Path(f"/proc/{process}/task").glob("*/children"):
            try:
                found.extend(int(child) for child in path.read_text(encoding="ascii").split())
            except OSError:
                continue  # it has ended meanwhile
    return found


def _share(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0  # it has ended meanwhile
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
