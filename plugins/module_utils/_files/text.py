# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options as the text of a file: YAML that reads well and differs only where the options differ."""

from __future__ import annotations

import json

from .._graph.errors import OptionError
from .._reconcile.shape import Json

try:
    import yaml
except ImportError:
    HAS_YAML = False
else:
    HAS_YAML = True

_WIDTH = 120
_LINE_BREAKS = ("\x85", "\u2028", "\u2029")


def file_text(options: Json, schema: str | None = None) -> str:
    """*options* in their own order, below a line that names the JSON *schema* for editors, where one is given.

    Raises OptionError when PyYAML is missing.
    """
    if not HAS_YAML:
        raise OptionError(
            "The Python package PyYAML is missing on the machine that runs this task.", remedy="Install it there."
        )
    head = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    # YAML folds these breaks, which a name may hold, unless they are written as escapes.
    is_plain = not any(line_break in json.dumps(options, ensure_ascii=False) for line_break in _LINE_BREAKS)
    body = yaml.safe_dump(options, sort_keys=False, default_flow_style=False, allow_unicode=is_plain, width=_WIDTH)
    return f"---\n{head}{body}" if not head else f"{head}---\n{body}"
