# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files with a secret: nobody else's, and whole at any time."""

from __future__ import annotations

import os
import stat
import typing as t
from pathlib import Path

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph import delegated_files
from ansible_collections.m365.entra.plugins.module_utils._graph.delegated_files import (
    has_content,
    read_private,
    write_private,
)
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError

SECRET = "very-secret-value"
OPTION = "portal.refresh_token_path"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A private file with a secret."""
    file = tmp_path / "token"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    file.chmod(0o600)
    return file


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_private_file_is_read_without_white_space(path: Path, mode: int) -> None:
    path.chmod(mode)
    assert read_private(str(path), OPTION) == SECRET


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o666, 0o700, 0o610, 0o601])
def test_file_of_others_is_refused(path: Path, mode: int) -> None:
    path.chmod(mode)
    with pytest.raises(OptionError, match=rf"^{OPTION}: .*has mode {mode:04o}") as failure:
        read_private(str(path), OPTION)
    assert "chmod 0600" in failure.value.remedy
    assert SECRET not in str(failure.value)


def test_owner_counts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    with pytest.raises(OptionError, match="belongs to another user"):
        read_private(str(path), OPTION)


def test_link_is_followed_to_what_is_read(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(path)
    assert read_private(str(link), OPTION) == SECRET
    path.chmod(0o644)
    with pytest.raises(OptionError, match="mode 0644"):
        read_private(str(link), OPTION)


def test_what_cannot_be_read(tmp_path: Path, path: Path) -> None:
    for wrong in (tmp_path / "missing", tmp_path):
        with pytest.raises(OptionError, match=rf"^{OPTION}: .*cannot be read"):
            read_private(str(wrong), OPTION)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(OptionError, match="UnicodeDecodeError"):
        read_private(str(path), OPTION)
    path.write_text(" \n", encoding="utf-8")
    with pytest.raises(OptionError, match="is empty"):
        read_private(str(path), OPTION)
    with pytest.raises(OptionError, match="is no file"):
        read_private(os.devnull, OPTION)


def test_written_file_is_private_whatever_was_there(path: Path) -> None:
    path.chmod(0o644)
    write_private(str(path), "new", OPTION)
    assert read_private(str(path), OPTION) == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(path.parent) == [path.name]


def test_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(path)
    write_private(str(link), "new", OPTION)
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == "new"


def test_file_is_replaced_as_a_whole_or_not_at_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: t.Any) -> None:
        raise OSError("very-secret disk")

    monkeypatch.setattr(delegated_files.os, "replace", fail)
    with pytest.raises(OptionError, match=rf"^{OPTION}: .*cannot be written \(OSError\)") as failure:
        write_private(str(path), "new", OPTION)
    assert "secret disk" not in str(failure.value)
    assert read_private(str(path), OPTION) == SECRET
    assert os.listdir(path.parent) == [path.name]


def test_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="cannot be written"):
        write_private(str(tmp_path / "missing" / "token"), "new", OPTION)


def test_content(tmp_path: Path, path: Path) -> None:
    assert has_content(str(path))
    assert not has_content(str(tmp_path / "missing"))
    path.write_text("", encoding="utf-8")
    assert not has_content(str(path))
