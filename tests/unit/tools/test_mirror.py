# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The copy that Ansible's tools look at: what is checked must be what the checkout holds, no more and no less."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tools.mirror import copy_changes


@pytest.fixture
def repositories(tmp_path: Path) -> tuple[Path, Path]:
    """Return two empty repositories, the second to become a copy of the first."""
    source, target = tmp_path / "source", tmp_path / "target"
    for repository in (source, target):
        repository.mkdir()
        subprocess.run(["git", "init", "--quiet"], cwd=repository, check=True)
    return source, target


def write(path: Path, text: str) -> None:
    """Write a file and the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def contents(repository: Path) -> dict[str, str]:
    """Return the text of every file by its path, git's own left out."""
    files = (path for path in repository.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(repository).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_new_and_changed_files_are_copied(repositories: tuple[Path, Path]) -> None:
    source, target = repositories
    write(source / "roles/one/tasks/main.yml", "first")
    copy_changes(source, target)
    write(source / "roles/one/tasks/main.yml", "second")
    write(source / "a name with ümlauts.txt", "new")
    copy_changes(source, target)

    assert contents(target) == {"roles/one/tasks/main.yml": "second", "a name with ümlauts.txt": "new"}


def test_what_is_gone_goes_with_its_folders(repositories: tuple[Path, Path]) -> None:
    source, target = repositories
    write(source / "roles/one/tasks/main.yml", "text")
    write(source / "kept", "text")
    copy_changes(source, target)
    (source / "roles/one/tasks/main.yml").unlink()
    copy_changes(source, target)

    assert sorted(path.name for path in target.iterdir()) == [".git", "kept"]


def test_what_git_ignores_is_neither_copied_nor_removed(repositories: tuple[Path, Path]) -> None:
    source, target = repositories
    write(source / ".gitignore", "output/\n")
    write(source / "output/of the checkout", "text")
    copy_changes(source, target)
    write(target / "output/of the copy", "text")
    copy_changes(source, target)

    assert contents(target) == {".gitignore": "output/\n", "output/of the copy": "text"}


def test_permissions_are_copied(repositories: tuple[Path, Path]) -> None:
    source, target = repositories
    write(source / "run", "text")
    copy_changes(source, target)
    (source / "run").chmod(0o755)
    copy_changes(source, target)

    assert (target / "run").stat().st_mode & 0o777 == 0o755
