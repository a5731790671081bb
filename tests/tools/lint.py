# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make lint`: everything that can be said about the sources without running them."""

from __future__ import annotations

import shutil
import sys

from tools.environment import run_in_copy
from tools.layout import HOME, LOGS
from tools.parts import Part, interruptible, run_all, verdict

CHECKS = (
    Part("ansible-lint", ("ansible-lint", "--offline", "--profile", "production")),
    Part("mypy", ("mypy",)),
    Part("ruff format", ("ruff", "format", "--check", ".")),
    Part("ruff check", ("ruff", "check", ".")),
    Part("yamllint", ("yamllint", "--strict", ".")),
    Part("antsibull-changelog", ("antsibull-changelog", "lint")),
    Part(
        "antsibull-docs",
        (
            "antsibull-docs",
            "lint-collection-docs",
            "--plugin-docs",
            "--validate-collection-refs=all",
            "--skip-rstcheck",
            ".",
        ),
    ),
)


# Where ansible-lint keeps the collection as it was when it first looked, and would not see what came since.
STALE_COPY = HOME / ".ansible" / "collections" / "ansible_collections" / "m365" / "entra"


def main() -> int:
    """Run every check and return the exit code."""
    shutil.rmtree(STALE_COPY, ignore_errors=True)
    outcomes = run_all(CHECKS, LOGS / "lint", workers=2, runner=run_in_copy)
    return verdict(outcomes, "checks")


if __name__ == "__main__":
    sys.exit(interruptible(main))
