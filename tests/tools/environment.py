# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run a command the way every part of `make test` runs: in the copy, in our own home, with our own programs first."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from tools.ansible_home import prepare_home
from tools.layout import BUILD, COLLECTION_COPY
from tools.mirror import synchronise


def variables(home: Path, programs: Path) -> dict[str, str]:
    """Return the environment for a child: `programs` first on PATH, Ansible's files in `home`, our collection found."""
    return {
        **os.environ,
        "HOME": str(home),
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "ANSIBLE_HOME": str(home / ".ansible"),
        # Ansible expands ~ by the user's name and not by HOME, where it keeps what a task is given.
        "ANSIBLE_REMOTE_TEMP": str(home / ".ansible" / "tmp"),
        "ANSIBLE_LOCAL_TEMP": str(home / ".ansible" / "tmp"),
        "ANSIBLE_COLLECTIONS_PATH": str(BUILD),
        "ANSIBLE_NOCOLOR": "1",
        "NO_COLOR": "1",
    }


def run_in_copy(command: Sequence[str], output: IO[bytes] | None = None, folder: str = ".") -> int:
    """Run a command in a folder of the up-to-date copy of the collection and return its exit code.

    What it says goes to `output`, or where our own goes.
    """
    synchronise()
    process = subprocess.run(
        command,
        cwd=COLLECTION_COPY / folder,
        env=variables(prepare_home(), Path(sys.executable).parent),
        stdout=output,
        stderr=output,
        check=False,
    )
    return process.returncode


if __name__ == "__main__":
    sys.exit(run_in_copy(sys.argv[1:]))
