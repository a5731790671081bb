# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Create or bring up to date a virtual environment with pinned packages.

Run by whichever interpreter is to own the environment, before anything is installed: only the standard library is
at hand, and the interpreter may turn out to be too old, so the syntax stays within what Python 3.7 reads.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import subprocess
import sys
from pathlib import Path

MINIMUM_VERSION = (3, 11)


class SetupError(Exception):
    """The environment cannot be made; the message says what to do."""


def fingerprint(files: list[Path]) -> str:
    """Return a digest of this interpreter's version and of the files that decide what is installed."""
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def included_files(requirements: list[Path]) -> list[Path]:
    """Return the requirement files together with the ones they include by `-r`, each once."""
    found = []  # type: list[Path]
    for file in requirements:
        lines = file.read_text(encoding="utf-8").splitlines()
        nested = [file.parent / line[3:].strip() for line in lines if line.startswith("-r ")]
        found += [entry for entry in [file, *included_files(nested)] if entry not in found]
    return found


def run(command: list[str], remedy: str) -> None:
    """Run a command with its output shown; raise SetupError with the remedy when it fails."""
    try:
        subprocess.run(command, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError(f"{error}\n{remedy}") from error


def create(directory: Path) -> None:
    """Create an empty virtual environment, replacing whatever half-made one is there."""
    version = ".".join(str(part) for part in sys.version_info[:2])
    run(
        [sys.executable, "-m", "venv", "--clear", str(directory)],
        f"Python {version} at {sys.executable} cannot make virtual environments. "
        "On Debian and Ubuntu: apt install python3-venv",
    )


def install(directory: Path, requirements: list[Path], constraints: Path) -> None:
    """Install the packages of the requirement files, at the constrained versions, into the environment."""
    command = [str(directory / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    # Byte code is made on first import: compiling every file of the SDKs would double the time.
    command += ["--no-compile", "--constraint", str(constraints)]
    for file in requirements:
        command += ["--requirement", str(file)]
    run(command, "The packages could not be installed. Does pip reach the package index it is configured for?")


def has_working_interpreter(directory: Path) -> bool:
    """Return whether the environment exists and belongs to this version of Python."""
    python = directory / "bin" / "python"
    if not python.exists():
        return False
    question = [str(python), "-c", "import sys; print(sys.version)"]
    answer = subprocess.run(question, capture_output=True, text=True, check=False)
    return answer.stdout.strip() == sys.version


def ensure(directory: Path, requirements: list[Path], constraints: Path) -> bool:
    """Make the environment match the files; return whether anything had to be done.

    Raises SetupError when this interpreter is too old, cannot make environments, or packages cannot be installed.
    """
    if sys.version_info < MINIMUM_VERSION:
        wanted = ".".join(str(part) for part in MINIMUM_VERSION)
        raise SetupError(f"Python {wanted} or newer is needed; {sys.executable} is {sys.version.split()[0]}.")
    stamp = directory / ".complete"
    wanted = fingerprint([*included_files(requirements), constraints])
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted and has_working_interpreter(directory):
        return False
    stamp.unlink(missing_ok=True)
    if not has_working_interpreter(directory):
        create(directory)
    install(directory, requirements, constraints)
    stamp.write_text(wanted, encoding="utf-8")
    return True


def main() -> int:
    """Read the command line, take the lock and make the environment."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--requirements", type=Path, action="append", required=True, metavar="FILE")
    parser.add_argument("--constraints", type=Path, required=True, metavar="FILE")
    arguments = parser.parse_args()
    lock = arguments.directory.with_name(arguments.directory.name + ".lock")
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)  # two make commands may start at the same time
        try:
            ensure(arguments.directory.absolute(), arguments.requirements, arguments.constraints)
        except SetupError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
