# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make build`: the archive as users get it, installed away from the checkout and looked at as a user would.

What runs for a user may live only in meta/, plugins/, roles/ and playbooks/, so the installed collection is stripped
to these before its documentation is read and its playbooks are parsed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from tools.ansible_home import prepare_home
from tools.environment import variables
from tools.layout import BUILD, CHECKOUT, COLLECTION_COPY
from tools.locking import exclusive
from tools.mirror import synchronise

ARCHIVES = BUILD / "archives"
INSTALLED = BUILD / "installed"
COLLECTION = INSTALLED / "ansible_collections" / "m365" / "entra"
ALLOWED = {
    *("CHANGELOG.md", "CHANGELOG.rst", "COPYING", "FILES.json", "MANIFEST.json", "README.md", "requirements.txt"),
    *("changelogs", "docs", "extensions", "meta", "playbooks", "plugins", "roles"),
}
NEEDED_AT_RUN_TIME = {"meta", "playbooks", "plugins", "roles", "MANIFEST.json", "FILES.json"}


class BuildError(Exception):
    """The archive is not what it should be; the message says why."""


def fresh(directory: Path) -> Path:
    """Return the directory, empty."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    return directory


def run(command: Sequence[str], directory: Path, environment: Mapping[str, str], show: bool = True) -> str:
    """Run a command and return its answer, shown unless it is only for us; raise BuildError when it fails."""
    print(f"$ {' '.join(command)}", flush=True)
    process = subprocess.run(command, cwd=directory, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if show or process.returncode != 0:
        print(process.stdout, flush=True)
    if process.returncode != 0:
        raise BuildError(f"{command[0]} ended with {process.returncode}")
    return process.stdout


def build_archive(environment: Mapping[str, str]) -> Path:
    """Build the archive and return its path."""
    run(["ansible-galaxy", "collection", "build", "--output-path", str(fresh(ARCHIVES))], COLLECTION_COPY, environment)
    (archive,) = ARCHIVES.glob("m365-entra-*.tar.gz")
    return archive


def install(archive: Path, environment: Mapping[str, str]) -> None:
    """Install the archive where nothing else is and verify it against its own checksums."""
    galaxy = ["ansible-galaxy", "collection"]
    fresh(INSTALLED)
    run([*galaxy, "install", "--offline", "-p", str(INSTALLED), str(archive)], INSTALLED, environment)
    run([*galaxy, "verify", "--offline", "-p", str(INSTALLED), "m365.entra"], INSTALLED, environment)


def check_contents() -> None:
    """Raise BuildError when the archive carries something that does not ship."""
    surplus = {entry.name for entry in COLLECTION.iterdir()} - ALLOWED
    if surplus:
        raise BuildError(f"the archive holds {', '.join(sorted(surplus))}; list them in build_ignore of galaxy.yml")


def strip() -> None:
    """Remove everything that is not needed at run time from the installed collection."""
    for entry in COLLECTION.iterdir():
        if entry.name in NEEDED_AT_RUN_TIME:
            continue
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def check_documentation(environment: Mapping[str, str]) -> None:
    """Raise BuildError when a module of the action group cannot be found or read; ansible-doc itself only warns."""
    runtime = yaml.safe_load((CHECKOUT / "meta" / "runtime.yml").read_text(encoding="utf-8"))
    modules = {f"m365.entra.{name}" for name in runtime["action_groups"]["all"]}
    command = ["ansible-doc", "--type", "module", "--json", *sorted(modules)]
    documented = json.loads(run(command, INSTALLED, environment, show=False))
    missing = modules - documented.keys()
    if missing:
        raise BuildError(f"ansible-doc does not find {', '.join(sorted(missing))}")


def check_playbooks(environment: Mapping[str, str]) -> None:
    """Raise BuildError when a playbook does not parse."""
    for playbook in sorted((COLLECTION / "playbooks").glob("*.yml")):
        if not playbook.stem.endswith(".meta"):
            command = ["ansible-playbook", "--inventory", "localhost,", "--syntax-check", f"m365.entra.{playbook.stem}"]
            run(command, INSTALLED, environment)


def main() -> int:
    """Build, import, install and check, one run at a time; return the exit code."""
    with exclusive(BUILD / "build.lock"):
        return build()


def build() -> int:
    """Build, import, install and check; return the exit code."""
    synchronise()
    everything = variables(prepare_home(), Path(sys.executable).parent)
    only_installed = {**everything, "ANSIBLE_COLLECTIONS_PATH": str(INSTALLED)}
    try:
        archive = build_archive(everything)
        run([sys.executable, "-m", "galaxy_importer.main", str(archive)], ARCHIVES, only_installed)
        install(archive, only_installed)
        check_contents()
        strip()
        check_documentation(only_installed)
        check_playbooks(only_installed)
    except BuildError as error:
        print(f"The build is not good: {error}")
        return 1
    print(f"Built and checked {archive.relative_to(CHECKOUT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
