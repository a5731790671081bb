# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keep a copy of the checkout where Ansible's tools expect a collection: `.build/ansible_collections/m365/entra`.

A clone may have any name and lie anywhere, while ansible-test insists on a real directory with exactly that end of
its path. The copy holds what git knows or would add; what the tools themselves leave in it (test output, byte code)
is not touched.
"""

from __future__ import annotations

import filecmp
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from tools.layout import BUILD, CHECKOUT, COLLECTION_COPY, MODULE_DOOR, SHARED
from tools.locking import exclusive

INTEGRATION_CONFIG = Path("tests/integration/integration_config.yml")


def files_of(repository: Path) -> set[Path]:
    """Return the files and links git tracks or would add, relative to the repository, unless deleted meanwhile."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listing = subprocess.run(command, cwd=repository, check=True, capture_output=True, text=True).stdout
    names = (Path(name) for name in listing.split("\0") if name)
    return {name for name in names if (repository / name).is_file() or (repository / name).is_symlink()}


def same(source: Path, target: Path) -> bool:
    """Return whether two files agree in content and permission."""
    if not target.is_file() or source.stat().st_mode != target.stat().st_mode:
        return False
    return filecmp.cmp(source, target)


def copy_changes(source: Path, target: Path) -> None:
    """Make the files of `target` those of `source`: copy what differs, delete what is gone."""
    wanted = files_of(source)
    for name in sorted(wanted):
        if not same(source / name, target / name):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, target / name)
    for name in sorted(files_of(target) - wanted):
        (target / name).unlink()
        remove_empty_folders(target / name.parent)


def remove_empty_folders(folder: Path) -> None:
    """Remove a folder that has become empty, and then the one around it: an empty role would still count as a role."""
    if not any(folder.iterdir()):
        folder.rmdir()
        remove_empty_folders(folder.parent)


def write_integration_config(target: Path) -> None:
    """Tell integration targets, which run elsewhere with a bare environment, where the checkout and Python are."""
    config = {
        "entra_test_checkout": str(CHECKOUT),
        "entra_test_shared": str(SHARED),
        "entra_test_python": sys.executable,
        "entra_test_in_process": not MODULE_DOOR.exists(),
    }
    (target / INTEGRATION_CONFIG).write_text(yaml.safe_dump(config), encoding="utf-8")


def link_reference_material() -> None:
    """Let `../shared` mean the same beside the copy as beside the checkout."""
    link = COLLECTION_COPY.parent / "shared"
    if SHARED.is_dir() and not link.is_symlink():
        link.symlink_to(SHARED)


def prepare(target: Path) -> None:
    """Make the copy a repository of its own: tools ask git for its files, and outside git ignores all of `.build`."""
    target.mkdir(parents=True, exist_ok=True)
    if not (target / ".git").is_dir():
        subprocess.run(["git", "init", "--quiet", "--initial-branch=main"], cwd=target, check=True)


def synchronise() -> None:
    """Bring the copy up to date; safe to call from several processes at once."""
    with exclusive(BUILD / "mirror.lock"):
        prepare(COLLECTION_COPY)
        copy_changes(CHECKOUT, COLLECTION_COPY)
        write_integration_config(COLLECTION_COPY)
        link_reference_material()


if __name__ == "__main__":
    synchronise()
