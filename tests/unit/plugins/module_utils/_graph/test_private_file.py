# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files and folders that only their owner can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.private_file import make_private_folder, replace_private


def test_folders_are_made_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    folder = tmp_path / "a" / "b"
    make_private_folder(folder)
    make_private_folder(folder)
    assert [one.stat().st_mode & 0o777 for one in (tmp_path, tmp_path / "a", folder)] == [0o755, 0o700, 0o700]


def test_file_is_replaced_by_a_closed_one(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o644)
    replace_private(path, "new")
    assert (path.read_text(encoding="utf-8"), path.stat().st_mode & 0o777) == ("new", 0o600)
    assert list(tmp_path.iterdir()) == [path]


def test_file_that_cannot_be_replaced_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.mkdir()
    with pytest.raises(OSError, match="directory"):
        replace_private(path, "new")
    assert list(tmp_path.iterdir()) == [path]
