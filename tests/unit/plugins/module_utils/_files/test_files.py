# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of a tenant: their names, their text, and how a folder is brought to them."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._files.folder import (
    FileChange,
    carry_out_changes,
    planned_changes,
)
from ansible_collections.m365.entra.plugins.module_utils._files.layout import FOLDERS, file_names
from ansible_collections.m365.entra.plugins.module_utils._files.read import read_tenant_files
from ansible_collections.m365.entra.plugins.module_utils._files.text import file_text
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError

Json = dict[str, t.Any]
POLICIES, LOCATIONS = "conditional_access_policies", "named_locations"


# Names


@pytest.mark.parametrize(
    ("names", "files"),
    [
        (["CA001: Block legacy"], ["ca001-block-legacy.yml"]),
        (["../../etc/passwd"], ["etc-passwd.yml"]),
        (["x" * 300], ["x" * 100 + ".yml"]),
        ([], []),
    ],
)
def test_file_is_named_like_its_object(names: list[str], files: list[str]) -> None:
    assert file_names(names) == files


@given(st.lists(st.one_of(st.text(max_size=6), st.sampled_from(["A b", "a-B", "A  b", "東京", "", "x"])), max_size=6))
def test_file_names_are_safe_and_differ_whatever_the_file_system_thinks_of_case(names: list[str]) -> None:
    found = file_names(names)
    assert len({name.lower() for name in found}) == len(names)
    assert all(name.endswith(".yml") and name.removesuffix(".yml").strip("-") for name in found)
    assert all(
        set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.") and not name.startswith(".") for name in found
    )


def test_name_of_a_file_stays_when_others_come() -> None:
    """Otherwise a new policy would look like a renamed one in a diff."""
    assert file_names(["A b", "Other"])[0] == file_names(["A b", "Third", "Other"])[0]


# Text


def test_text_keeps_the_order_and_names_its_schema() -> None:
    text = file_text({"display_name": "Zürich", "complete": True, "a": ["x"]}, "../schemas/policy.json")
    assert text.splitlines() == [
        "# yaml-language-server: $schema=../schemas/policy.json",
        "---",
        "display_name: Zürich",
        "complete: true",
        "a:",
        "- x",
    ]
    assert file_text({"a": 1}).startswith("---\n")


# Folders


def test_folder_is_brought_to_its_files_and_then_left_alone(tmp_path: Path) -> None:
    files = {f"{POLICIES}/a.yml": "a\n", f"{LOCATIONS}/b.yml": "b\n"}
    changes = planned_changes(tmp_path, files, removes_stale=False)
    assert [(one.path.name, one.before, one.after) for one in changes] == [
        ("a.yml", None, "a\n"),
        ("b.yml", None, "b\n"),
    ]
    carry_out_changes(changes)
    assert planned_changes(tmp_path, files, removes_stale=False) == []
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["a.yml", "b.yml"]


@pytest.mark.parametrize("removes_stale", [True, False])
def test_stale_files_go_only_when_said_so_and_only_ours(tmp_path: Path, removes_stale: bool) -> None:
    others = {
        f"{POLICIES}/old.yml": "display_name: Old\ncomplete: true\n",
        # What people wrote themselves is theirs.
        f"{POLICIES}/by-hand.yml": "display_name: By hand\n",
        f"{POLICIES}/several.yml": "- display_name: A\n  complete: true\n",
        f"{POLICIES}/broken.yml": "a: [",
        f"{POLICIES}/notes.txt": "x",
        "elsewhere/x.yml": "display_name: X\ncomplete: true\n",
        "top.yml": "display_name: X\ncomplete: true\n",
    }
    for name, text in others.items():
        write(tmp_path, name, text)
    carry_out_changes(planned_changes(tmp_path, {f"{POLICIES}/new.yml": "n"}, removes_stale=removes_stale))
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    stale = {f"{POLICIES}/old.yml"} if removes_stale else set()
    assert left == (set(others) - stale) | {f"{POLICIES}/new.yml"}


def test_changed_file_is_replaced(tmp_path: Path) -> None:
    name = f"{POLICIES}/a.yml"
    carry_out_changes(planned_changes(tmp_path, {name: "one"}, removes_stale=False))
    (change,) = planned_changes(tmp_path, {name: "two"}, removes_stale=False)
    assert (change.before, change.after) == ("one", "two")
    carry_out_changes([change])
    assert (tmp_path / name).read_text(encoding="utf-8") == "two"


def test_file_that_cannot_be_read_or_written_is_named(tmp_path: Path) -> None:
    (tmp_path / POLICIES / "a.yml").mkdir(parents=True)
    with pytest.raises(OptionError, match=r"^path: the file .*a\.yml.* cannot be read"):
        planned_changes(tmp_path, {f"{POLICIES}/a.yml": "x"}, removes_stale=False)
    (tmp_path / LOCATIONS).write_text("a file where a folder belongs", encoding="utf-8")
    with pytest.raises(OptionError, match=r"^path: the file .*b\.yml.* cannot be written"):
        carry_out_changes([FileChange(tmp_path / LOCATIONS / "b.yml", None, "x")])


# Reading


def write(root: Path, name: str, content: str | bytes) -> None:
    """Put a file into a tenant's folder."""
    path = root / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def test_files_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    write(tmp_path, f"{POLICIES}/b.yml", "display_name: B\n")
    write(tmp_path, f"{POLICIES}/a.yaml", yaml.safe_dump([{"display_name": "A1"}, {"display_name": "A2"}]))
    write(tmp_path, f"{POLICIES}/c.json", "\ufeff" + json.dumps({"display_name": "C"}))
    write(tmp_path, f"{POLICIES}/README.md", "no object")
    write(tmp_path, f"{POLICIES}/.hidden.yml", "display_name: hidden\n")
    found = read_tenant_files(tmp_path)
    assert [one["display_name"] for one in found.pop(POLICIES)] == ["A1", "A2", "B", "C"]
    assert found == {**{folder: [] for folder in FOLDERS.values() if folder != POLICIES}, "settings": {}}


def test_settings_are_named_after_their_options(tmp_path: Path) -> None:
    write(tmp_path, "settings/authorization_policy.yml", "allowed_to_use_sspr: false\n")
    write(tmp_path, "settings/authentication_method_configurations.json", '[{"id": "Fido2"}]')
    assert read_tenant_files(tmp_path)["settings"] == {
        "authorization_policy": {"allowed_to_use_sspr": False},
        "authentication_method_configurations": [{"id": "Fido2"}],
    }


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["authorisation_policy.yml"], "no such setting"),
        (["per_user_mfa.json", "per_user_mfa.yml"], "another file"),
    ],
)
def test_setting_that_is_none_is_named(tmp_path: Path, names: list[str], words: str) -> None:
    for name in names:
        write(tmp_path, f"settings/{name}", "{}")
    with pytest.raises(OptionError) as failure:
        read_tenant_files(tmp_path)
    assert words in str(failure.value)
    assert names[-1] in str(failure.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("just a text", "options of one object"),
        ("- 5\n", "options of one object"),
        ("a: [", "a.yml"),
        (b"\xff\xfe\x00x", "UTF-8"),
    ],
)
def test_file_that_is_none_is_named(tmp_path: Path, content: str | bytes, words: str) -> None:
    write(tmp_path, f"{POLICIES}/a.yml", content)
    with pytest.raises(OptionError) as failure:
        read_tenant_files(tmp_path)
    assert "a.yml" in str(failure.value)
    assert words in str(failure.value)


def test_folder_that_is_not_there_is_not_an_empty_tenant(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="there is no such folder"):
        read_tenant_files(tmp_path / "gone")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("policies/a.yml", "a tenant has no such folder"),
        (f"{POLICIES}/deeper/a.yml", "folders inside the folder of objects are not read"),
        ("a.yml", "holds no files of a tenant"),
        (POLICIES, "a folder is expected"),
    ],
)
def test_nothing_that_may_have_been_meant_is_passed_over(tmp_path: Path, name: str, words: str) -> None:
    if name == POLICIES:
        (tmp_path / LOCATIONS).mkdir()
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("display_name: A\n", encoding="utf-8")
    with pytest.raises(OptionError, match=words):
        read_tenant_files(tmp_path)
