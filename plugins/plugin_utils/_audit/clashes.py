# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds hosts that would have one report, where the last would hide the others. Private to this collection."""

from __future__ import annotations

import typing as t
from collections.abc import Callable, Hashable, Iterable
from pathlib import Path

from ansible_collections.m365.entra.plugins.plugin_utils._audit.tenant import Place, file_name

PlaceOf: t.TypeAlias = Callable[[str], Place | None]


def clashes(hosts: Iterable[str], place_of: PlaceOf) -> dict[str, str]:
    """Why hosts cannot be audited, by their names. *place_of* is asked only where names of files are alike."""
    alike = [host for group in _groups(hosts, file_name) for host in group]
    paths = {host: place.report_path for host in alike if (place := place_of(host)) is not None}
    return {host: _message(group, paths[host]) for group in _groups(paths, paths.__getitem__) for host in group}


def _groups(hosts: Iterable[str], key: Callable[[str], Hashable]) -> list[list[str]]:
    """The hosts that have a key in common with others."""
    found: dict[Hashable, list[str]] = {}
    for host in hosts:
        found.setdefault(key(host), []).append(host)
    return [group for group in found.values() if len(group) > 1]


def _message(hosts: Iterable[str], path: Path) -> str:
    return (
        f"hosts: {', '.join(map(repr, hosts))} would have one report, {path}. "
        "Give them names that differ in letters, digits, '.', '_' or '-'."
    )
