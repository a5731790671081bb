# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run an ansible-test command on this interpreter only: `python -m tools.ansible_test sanity --test pep8`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tools.environment import run_in_copy
from tools.layout import BUILD, MODULE_DOOR
from tools.locking import exclusive

# One broken target says nothing about the others.
ALWAYS = {"integration": ["--continue-on-error"]}


def command(arguments: Sequence[str]) -> list[str]:
    """Return the full command line for a subcommand of ansible-test and its options.

    Without a version ansible-test would also try every other Python on PATH, which holds none of our packages.
    """
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    subcommand, *options = arguments
    return [
        "ansible-test",
        subcommand,
        "--local",
        "--python",
        version,
        "--color",
        "no",
        *ALWAYS.get(subcommand, []),
        *options,
    ]


def main(arguments: Sequence[str]) -> int:
    """Run the command, after any other run of the same subcommand: they would share their temporary files."""
    with exclusive(BUILD / f"{arguments[0]}.lock"), door(arguments[0]):
        return run_in_copy(command(arguments))


@contextmanager
def door(subcommand: str) -> Iterator[None]:
    """Have integration tests run modules in processes of their own where ENTRA_IN_PROCESS says so.

    ansible-test hands no variable of the environment on, so that a file says it to the configuration of the copy.
    """
    if subcommand != "integration":
        yield
        return
    MODULE_DOOR.unlink(missing_ok=True)
    if os.environ.get("ENTRA_IN_PROCESS") == "false":
        MODULE_DOOR.touch()
    try:
        yield
    finally:
        MODULE_DOOR.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
