# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads the files of a tenant: folders of YAML or JSON files, each with the options of one object or a list of them."""

from __future__ import annotations

import typing as t
from pathlib import Path

from .._graph.errors import OptionError
from .._policy.definition_yaml import parse_yaml
from .._reconcile.shape import Json
from .layout import FOLDERS

_SUFFIXES = (".yml", ".yaml", ".json")


def read_tenant_files(root: Path) -> dict[str, list[Json]]:
    """The objects in the files below *root*, by folder; each folder is an option of tenant_configuration.

    Files are read in the order of their names. Raises OptionError that names the file and the place.
    """
    if not root.is_dir():
        raise OptionError(f"{root}: there is no such folder.")
    return {folder: _objects(root / folder) for folder in FOLDERS.values()}


def _objects(folder: Path) -> list[Json]:
    files = sorted(path for path in folder.glob("*") if path.suffix in _SUFFIXES and not path.name.startswith("."))
    return [found for path in files for found in _objects_of(path)]


def _objects_of(path: Path) -> t.Iterator[Json]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise OptionError(f"{path}: the file cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise OptionError(f"{path}: the file is not UTF-8 text.", remedy="Save it as UTF-8.") from None
    parsed = parse_yaml(text, str(path))
    for found in parsed if isinstance(parsed, list) else [parsed]:
        if not isinstance(found, dict):
            raise OptionError(f"{path}: the options of one object, or a list of them, are expected.")
        yield found
