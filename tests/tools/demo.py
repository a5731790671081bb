# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make demo`: start the demonstration from whichever directory."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Run the demonstration and return its exit code."""
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from tools.demonstration import demonstrate

    return demonstrate()


if __name__ == "__main__":
    sys.exit(main())
