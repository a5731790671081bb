# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files of a tenant on disk: what a folder holds, and how it is brought to what it is to hold."""

from __future__ import annotations

import os
import typing as t
from dataclasses import dataclass
from pathlib import Path

from .._graph.errors import OptionError
from .layout import FOLDERS
from .read import files_in, parsed_file


@dataclass(frozen=True)
class FileChange:
    """One file before and after; None for a file that does not exist."""

    path: Path
    before: str | None
    after: str | None


def planned_changes(
    root: Path, files: t.Mapping[str, str], *, removes_stale: bool, keeps: t.Collection[str] = ()
) -> list[FileChange]:
    """What must happen to the files below *root* so that *files* (text by relative path) are there.

    With *removes_stale* other files go that an export wrote, but for those of the objects named in *keeps*. Raises
    OptionError for a file that cannot be read.
    """
    if root.exists() and not root.is_dir():
        raise OptionError(f"path: a folder is expected, {str(root)!r} is a file.")
    wanted = {root / name: text for name, text in files.items()}
    changes = [FileChange(path, _read(path), text) for path, text in sorted(wanted.items())]
    if removes_stale:
        changes.extend(FileChange(path, _read(path), None) for path in _exported(root, keeps) if path not in wanted)
    return [change for change in changes if change.before != change.after]


def _exported(root: Path, keeps: t.Collection[str]) -> list[Path]:
    """The files of objects that say all of one object, as exports do; what people keep beside them is theirs."""
    files = (path for folder in FOLDERS.values() for path in files_in(root / folder))
    return [path for path in files if _name_of_whole_object(path) not in (None, *keeps)]


def _name_of_whole_object(path: Path) -> str | None:
    try:
        parsed = parsed_file(path)
    except OptionError:
        return None
    says_all = isinstance(parsed, dict) and parsed.get("complete") is True
    return str(parsed["display_name"]) if says_all and "display_name" in parsed else None


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError(f"path: the file {str(path)!r} cannot be read ({_cause(error)}).") from None


def make_folders(root: Path) -> None:
    """Make the folders of objects, also those that stay empty. Raises OptionError when that is not possible."""
    try:
        for folder in FOLDERS.values():
            (root / folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OptionError(f"path: the folder {str(root)!r} cannot be made ({_cause(error)}).") from None


def carry_out_changes(changes: t.Iterable[FileChange]) -> None:
    """Write and remove files, each at once or not at all. Raises OptionError for one that cannot be written."""
    for change in changes:
        try:
            if change.after is None:
                change.path.unlink()
            else:
                _write(change.path, change.after)
        except OSError as error:
            raise OptionError(f"path: the file {str(change.path)!r} cannot be written ({_cause(error)}).") from None


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _cause(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__
