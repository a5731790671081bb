# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write one text in the encodings in which exported policies are found: `write_encodings.py SOURCE DIRECTORY`."""

from __future__ import annotations

import codecs
import sys
from pathlib import Path

ENCODINGS = {
    "utf-8": ("utf-8", b""),
    "utf-8-with-mark": ("utf-8", codecs.BOM_UTF8),
    "utf-16-le": ("utf-16-le", b""),
    "utf-16-le-with-mark": ("utf-16-le", codecs.BOM_UTF16_LE),
    "utf-16-be-with-mark": ("utf-16-be", codecs.BOM_UTF16_BE),
}


def main(source: str, directory: str) -> None:
    """Write the text of *source* once in each encoding."""
    text = Path(source).read_text(encoding="utf-8")
    for name, (encoding, mark) in ENCODINGS.items():
        (Path(directory) / f"{name}.json").write_bytes(mark + text.encode(encoding))


if __name__ == "__main__":
    main(*sys.argv[1:])
