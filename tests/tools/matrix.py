# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make test-matrix`: unit and integration tests on every supported pair of ansible-core and Python that is here."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.layout import CHECKOUT, LOGS
from tools.parts import Outcome, Part, interruptible, run_all, verdict

ENVIRONMENTS = CHECKOUT / ".venv-matrix"
PYENV_VERSIONS = Path.home() / ".pyenv" / "versions"
REQUIREMENTS = ("requirements.txt", "tests/requirements.txt")
CHOSEN_BY_ANSIBLE_CORE = "resolvelib"


@dataclass(frozen=True)
class Row:
    """A supported pair; the lowest one also takes the lowest SDK versions that requirements.txt allows."""

    core: str
    python: str
    lowest: bool = False

    @property
    def name(self) -> str:
        """What people call the row."""
        return f"core {self.core}, Python {self.python}"

    @property
    def environment(self) -> Path:
        """Where the row's virtual environment lies."""
        return ENVIRONMENTS / f"core-{self.core}-python-{self.python}"


ROWS = (
    Row("2.18", "3.11", lowest=True),
    Row("2.19", "3.11"),
    Row("2.21", "3.12"),
    Row("2.21", "3.13"),
)


def candidates(version: str) -> Iterator[str]:
    """Yield the programs that may be a Python of this version: on PATH, and those of pyenv."""
    yield f"python{version}"
    yield "python3"
    yield from (str(path) for path in sorted(PYENV_VERSIONS.glob(f"{version}.*/bin/python"), reverse=True))


def find_interpreter(version: str) -> str | None:
    """Return the first program that really is a Python of this version, or None."""
    question = "import sys; print('%d.%d' % sys.version_info[:2])"
    for candidate in candidates(version):
        try:
            answer = subprocess.run([candidate, "-c", question], capture_output=True, text=True, check=False)
        except FileNotFoundError:
            continue
        if answer.returncode == 0 and answer.stdout.strip() == version:
            return candidate
    return None


def pins(file: Path) -> dict[str, str]:
    """Return the lines of a constraints file by the name of their package, in lower case."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {line.partition("==")[0].lower().replace("_", "-"): line for line in lines}


def constraints_for(row: Row) -> Path:
    """Write the row's constraints and return their path: ours, with its ansible-core, and the lowest where it is.

    Each ansible-core accepts only a narrow range of resolvelib, so that pin of ours gives way.
    """
    lowest = pins(CHECKOUT / "tests" / "constraints-lowest.txt") if row.lowest else {}
    chosen = {**pins(CHECKOUT / "tests" / "constraints.txt"), **lowest, "ansible-core": f"ansible-core~={row.core}.0"}
    del chosen[CHOSEN_BY_ANSIBLE_CORE]
    target = row.environment.with_suffix(row.environment.suffix + ".constraints.txt")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join([*chosen.values(), ""]), encoding="utf-8")
    return target


def setup(row: Row, interpreter: str) -> Part:
    """Return the part that makes the row's virtual environment."""
    command = [
        interpreter,
        "tests/tools/make_venv.py",
        str(row.environment),
        "--constraints",
        str(constraints_for(row)),
    ]
    for requirements in REQUIREMENTS:
        command += ["--requirements", requirements]
    return Part(f"{row.name} setup", tuple(command))


def tests(row: Row) -> list[Part]:
    """Return the parts that test in the row's environment."""
    python = str(row.environment / "bin" / "python")
    return [Part(f"{row.name} {what}", (python, "-m", "tools.ansible_test", what)) for what in ("units", "integration")]


def run_row(row: Row) -> list[Outcome]:
    """Set up and test one row, and return what became of it; without an interpreter that is nothing."""
    interpreter = find_interpreter(row.python)
    if interpreter is None:
        print(f"skipped {row.name}: there is no Python {row.python} here", flush=True)
        return []
    outcomes = run_all([setup(row, interpreter)], LOGS / "matrix", workers=1)
    if outcomes[0].passed:
        # Two runs of ansible-test in one copy would overwrite each other's results.
        outcomes += run_all(tests(row), LOGS / "matrix", workers=1)
    return outcomes


def main() -> int:
    """Run every row and return the exit code."""
    outcomes = [outcome for row in ROWS for outcome in run_row(row)]
    return verdict(outcomes, "parts")


if __name__ == "__main__":
    sys.exit(interruptible(main))
