# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must hold for the repository as a whole, and what no single file can see: nothing forgotten, nothing leaked."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
HEADER = (
    "# Copyright: (c) 2026, m365.entra contributors",
    "# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)",
    "# SPDX-License-Identifier: GPL-3.0-or-later",
)
# Written in pieces, since this file is searched too.
FORBIDDEN = {
    "a package index": re.compile(r"\b(pypi" + r"\.org|pythonhosted" + r"\.org|registry\.npmjs" + r"\.org)\b"),
    "a path of one machine": re.compile(r"(?<![\w.])/(work|root|opt/wheels|tmp/bri" + r"ef)/"),
}


def repository_files() -> list[Path]:
    """Return the files that git tracks or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in sorted(set(listing.split("\0"))) if name and (ROOT / name).is_file()]


def names_in(folder: str, pattern: str) -> set[str]:
    """Return the names, without suffix, of the public entries of a folder."""
    return {path.stem for path in (ROOT / folder).glob(pattern) if not path.name.startswith(("_", "."))}


MODULES = names_in("plugins/modules", "*.py")
ROLES = names_in("roles", "*")
PLAYBOOKS = {name for name in names_in("playbooks", "*.yml") if not name.endswith(".meta")}


def test_modules_are_found() -> None:
    """Guards the tests below against passing because they looked in the wrong place."""
    assert "tenant_info" in MODULES
    assert "signin_baseline" in ROLES
    assert "remote_work_step1" in PLAYBOOKS


def test_action_group_lists_every_module() -> None:
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))
    assert set(runtime["action_groups"]["all"]) == MODULES


@pytest.mark.parametrize("name", sorted(MODULES | ROLES | PLAYBOOKS))
def test_readme_names_everything_public(name: str) -> None:
    assert f"`{name}`" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("module", sorted(MODULES))
def test_every_module_runs_in_an_integration_target(module: str) -> None:
    targets = (ROOT / "tests" / "integration" / "targets").rglob("*.yml")
    assert any(f"m365.entra.{module}:" in target.read_text(encoding="utf-8") for target in targets)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_is_complete(role: str) -> None:
    expected = {"README.md", "meta/argument_specs.yml", "meta/main.yml", "defaults/main.yml", "tasks/main.yml"}
    assert {name for name in expected if not (ROOT / "roles" / role / name).is_file()} == set()


def test_python_files_carry_the_licence() -> None:
    unmarked = [
        path.relative_to(ROOT).as_posix()
        for path in repository_files()
        if path.suffix == ".py" and not has_header(path.read_text(encoding="utf-8"))
    ]
    assert unmarked == []


def has_header(text: str) -> bool:
    """Return whether a file starts with the licence header; modules name their interpreter before it."""
    lines = [line for line in text.splitlines()[:6] if line and not line.startswith("#!")]
    return tuple(lines[:3]) == HEADER


@pytest.mark.parametrize("what", sorted(FORBIDDEN))
def test_nothing_names(what: str) -> None:
    found = []
    for path in repository_files():
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in FORBIDDEN[what].finditer(text)]
    assert found == []


def test_sanity_ignores_nothing() -> None:
    ignores = (ROOT / "tests" / "sanity").glob("ignore-*.txt")
    assert [path.name for path in ignores if path.read_text(encoding="utf-8").strip()] == []


def test_runtime_requirements_are_floors() -> None:
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in requirements if not re.fullmatch(r"[a-z-]+>=[\d.]+", line)] == []
    assert (ROOT / "meta" / "ee-requirements.txt").read_text(encoding="utf-8").splitlines() == requirements


def test_the_floors_are_what_the_lowest_tests_run_with() -> None:
    floors = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = (ROOT / "tests" / "constraints-lowest.txt").read_text(encoding="utf-8").splitlines()
    assert {floor.replace(">=", "==") for floor in floors} <= set(pins)
