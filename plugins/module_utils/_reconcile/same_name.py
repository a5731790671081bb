# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When two names are one to people: without case, blanks at the ends and in a row, and forms of a letter."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = "Cf"
_BLANKS = re.compile(r"\s+")


def folded(name: str) -> str:
    """*name* in the form in which names are one to people. Objects are found by their exact names all the same."""
    seen = "".join(one for one in unicodedata.normalize("NFKC", name) if unicodedata.category(one) != _INVISIBLE)
    return _BLANKS.sub(" ", seen).strip().casefold()
