# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make molecule`: every scenario of the roles, or the ones that the arguments name."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tools.environment import run_in_copy
from tools.layout import BUILD
from tools.locking import exclusive


def main(arguments: Sequence[str]) -> int:
    """Run molecule and return its exit code, after any other run of it: they would share their instances."""
    selection = arguments or ["--all"]
    with exclusive(BUILD / "molecule.lock"):
        return run_in_copy(["molecule", "test", *selection], folder="extensions")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
