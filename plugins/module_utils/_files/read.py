# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads the files of a tenant: folders of YAML or JSON files, each with the options of one object or a list of them.

Nothing that may have been meant is passed over in silence: a policy that is overlooked is one that is not wanted.
"""

from __future__ import annotations

import typing as t
from pathlib import Path

from .._graph.errors import OptionError
from .._policy.definition_reader import parse_definition
from .._policy.definition_yaml import parse_yaml
from .._reconcile.shape import Json
from .layout import FOLDERS, SETTINGS, SETTINGS_FOLDER

_JSON = ".json"
_SUFFIXES = (".yml", ".yaml", _JSON)


def read_tenant_files(root: Path) -> dict[str, t.Any]:
    """The objects in the files below *root*, by folder; each folder is an option of tenant_configuration.

    ``settings`` holds the other options by name, each from a file of its own.

    Files are read in the order of their names. Raises OptionError that names the file and the place.
    """
    if not root.is_dir():
        raise OptionError(f"{root}: there is no such folder.")
    _refuse_other_folders(root)
    objects = {folder: [one for path in files_in(root / folder) for one in _objects_of(path)] for folder in _FOLDERS}
    return {**objects, SETTINGS_FOLDER: _settings_in(root / SETTINGS_FOLDER)}


_FOLDERS = tuple(FOLDERS.values())


def _settings_in(folder: Path) -> Json:
    """The options in the files of *folder* by the names of the files, which are their own."""
    found: Json = {}
    for path in files_in(folder):
        name = path.stem
        if name not in SETTINGS:
            raise OptionError(
                f"{path}: there is no such setting.", remedy=f"The files of settings are {', '.join(SETTINGS)}."
            )
        if name in found:
            raise OptionError(f"{path}: another file speaks of the same setting.", remedy="Keep one of them.")
        found[name] = parsed_file(path)
    return found


def _refuse_other_folders(root: Path) -> None:
    """A folder with another name may be a known one that is misspelt."""
    folders = {path.name for path in root.iterdir() if path.is_dir() and not path.name.startswith(".")}
    known = ", ".join((*_FOLDERS, SETTINGS_FOLDER))
    for name in sorted(folders - {*_FOLDERS, SETTINGS_FOLDER}):
        raise OptionError(f"{root / name}: a tenant has no such folder.", remedy=f"Its folders are {known}.")
    if not folders:
        raise OptionError(f"{root}: the folder holds no files of a tenant.", remedy=f"Its folders are {known}.")


def files_in(folder: Path) -> list[Path]:
    """The files of objects in *folder*, sorted by name; none when there is no such folder.

    Hidden files and those of other kinds are no files of objects. Raises OptionError for folders inside.
    """
    if not folder.exists():
        return []
    if not folder.is_dir():
        raise OptionError(f"{folder}: a folder is expected, this is a file.")
    visible = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    for path in visible:
        if path.is_dir():
            raise OptionError(
                f"{path}: folders inside the folder of objects are not read.", remedy="Move its files up."
            )
    return [path for path in visible if path.suffix.lower() in _SUFFIXES]


def parsed_file(path: Path) -> t.Any:
    """What the file *path* holds. Raises OptionError that names the file and the place, never the content."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise OptionError(f"{path}: the file cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise OptionError(f"{path}: the file is not UTF-8 text.", remedy="Save it as UTF-8.") from None
    is_json = path.suffix.lower() == _JSON
    return parse_definition(text, str(path)) if is_json else parse_yaml(text, str(path))


def _objects_of(path: Path) -> t.Iterator[Json]:
    parsed = parsed_file(path)
    for found in parsed if isinstance(parsed, list) else [parsed]:
        if not isinstance(found, dict):
            raise OptionError(f"{path}: the options of one object, or a list of them, are expected.")
        yield found
