# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a module in an Ansible of its own and prints its result with the memory and the time that this took.

Arguments: the module and its options as JSON. The memory is that of the largest process, Ansible itself included.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

KIBIBYTES_IN_A_MEGABYTE = 1000 * 1000 / 1024


def main(module: str, options: str) -> None:
    """Print one JSON object: result, megabytes, seconds."""
    started = time.monotonic()
    run = subprocess.run(
        ["ansible", "localhost", "-m", module, "-a", options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    seconds = time.monotonic() - started
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    result = json.loads(run.stdout[run.stdout.index("{") : run.stdout.rindex("}") + 1])
    print(json.dumps({"result": result, "megabytes": largest / KIBIBYTES_IN_A_MEGABYTE, "seconds": seconds}))


if __name__ == "__main__":
    main(*sys.argv[1:])
