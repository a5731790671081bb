# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No module writes without a snapshot, and each says which version of the collection wrote it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import yaml

from ansible_collections.m365.entra.plugins.module_utils._snapshot.collection_version import COLLECTION_VERSION

ROOT = Path(__file__).resolve().parents[5]
BODIES = ROOT / "plugins" / "module_utils" / "_module"
MODULES = ROOT / "plugins" / "modules"
# They have plans of their own, which no snapshot holds; the guide to the way back names them.
WITHOUT = {"application_assignment", "revoke_sign_in_sessions", "role_holders_group", "saas_application"}


def runs_in(path: Path) -> list[ast.Call]:
    """Every run that a module's body begins."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "reconcile"]


def test_bodies_are_found() -> None:
    running = {path.stem for path in BODIES.glob("*.py") if runs_in(path)}
    assert {"tenant_configuration", "named_object", "tenant_setting", "tenant_undo"} <= running


@pytest.mark.parametrize("path", sorted(BODIES.glob("*.py")), ids=lambda path: path.stem)
def test_every_run_keeps_a_snapshot(path: Path) -> None:
    for call in runs_in(path):
        assert "keeping" in {keyword.arg for keyword in call.keywords}


@pytest.mark.parametrize("path", sorted(MODULES.glob("*.py")), ids=lambda path: path.stem)
def test_every_module_with_a_plan_documents_its_snapshot(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    keeps = "\nplan_status:\n" in text and path.stem not in WITHOUT
    assert ("  - m365.entra.snapshot\n" in text) == keeps
    assert ("\nsnapshot:\n" in text) == keeps


@pytest.mark.parametrize("module", sorted(WITHOUT))
def test_guide_names_what_keeps_none(module: str) -> None:
    guide = ROOT / "docs" / "docsite" / "rst" / "guide_undo.rst"
    assert f"``{module}``" in guide.read_text(encoding="utf-8")


def test_version() -> None:
    galaxy = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))
    assert galaxy["version"] == COLLECTION_VERSION
