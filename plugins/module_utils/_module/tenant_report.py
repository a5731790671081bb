# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of tenant_report: what a run found, in a private file. No service is asked."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

from .._graph.errors import OptionError
from .._graph.private_file import make_private_folder, replace_private
from .._spec.argument_spec import ArgumentSpec
from .._spec.protocol import MakeSession, ModuleProtocol

# As JSON text, so that nulls are kept: those of options mean that nothing was given.
SPEC = ArgumentSpec({"path": {"type": "path", "required": True}, "content": {"type": "json", "required": True}})


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """Write the content, unless the file holds just that and is private. Directories that are missing are made."""
    path = Path(module.params["path"])
    text = _text(module.params["content"])
    try:
        is_written = _holds(path, text)
        if not is_written and not module.check_mode:
            write_report(path, text)
    except OSError as error:
        raise OptionError(
            f"path: {str(path)!r} cannot be written ({error.strerror}).",
            remedy="Give a file in a directory that you may write to, or that you may make.",
        ) from None
    return {"changed": not is_written, "dest": str(path)}


def report_text(document: t.Any) -> str:
    """*document* as files have it that people read."""
    return json.dumps(document, indent=4, sort_keys=True) + "\n"


def write_report(path: Path, text: str) -> None:
    """Write *text* to a file for its owner's eyes only; folders that are missing are made. Raises OSError."""
    make_private_folder(path.parent)
    replace_private(path, text)


def _text(content: str) -> str:
    try:
        return report_text(json.loads(content))
    except ValueError:
        raise OptionError("content: this is not JSON.", remedy="Give what the filter to_json makes.") from None


def _holds(path: Path, text: str) -> bool:
    if not path.is_file() or path.stat().st_mode & 0o077:
        return False
    return path.read_bytes() == text.encode()
