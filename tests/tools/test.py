# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make test`: every part, two at a time, the slowest first."""

from __future__ import annotations

import sys
import time

from tools.layout import LOGS
from tools.parts import Part, interruptible, run_all, verdict

TARGETS = ("sanity", "integration", "molecule", "build", "lint", "contract", "integration-module-door", "unit")


def main() -> int:
    """Run every part and return the exit code."""
    start = time.monotonic()
    parts = [Part(target, ("make", "--no-print-directory", target)) for target in TARGETS]
    outcomes = run_all(parts, LOGS, workers=2)
    print(f"\nAll parts took {time.monotonic() - start:.0f} s. Their logs: {LOGS}")
    return verdict(outcomes, "parts")


if __name__ == "__main__":
    sys.exit(interruptible(main))
