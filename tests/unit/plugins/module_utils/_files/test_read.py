# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of a tenant: nothing that may have been meant is passed over, nothing that others wrote is removed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ansible_collections.m365.entra.plugins.module_utils._files.folder import planned_changes
from ansible_collections.m365.entra.plugins.module_utils._files.read import read_tenant_files
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError

POLICIES = "conditional_access_policies"


def written(root: Path, files: dict[str, str]) -> Path:
    """A folder with files, by relative path."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"named_location/x.yml": "display_name: A"}, "a tenant has no such folder"),
        ({f"{POLICIES}/emea/x.yml": "display_name: A"}, "folders inside"),
        ({POLICIES: "display_name: A", "named_locations/x.yml": "display_name: B"}, "this is a file"),
        ({"notes.txt": "x"}, "holds no files of a tenant"),
        ({f"{POLICIES}/x.yml": "just text"}, "the options of one object"),
        ({f"{POLICIES}/x.yml": 'display_name: "A \\ud83d\\udd12"'}, "half of a character"),
        ({f"{POLICIES}/x.yml": "{[a]: b}"}, "the name of a member is a text"),
    ],
)
def test_what_may_have_been_meant_is_told(tmp_path: Path, files: dict[str, str], words: str) -> None:
    with pytest.raises(OptionError, match=words):
        read_tenant_files(written(tmp_path, files))


def test_json_is_read_as_json_and_other_suffixes_without_case(tmp_path: Path) -> None:
    name = "A \U0001f512"
    files = {
        f"{POLICIES}/a.json": json.dumps({"display_name": name}),
        f"{POLICIES}/b.YML": "- display_name: B\n- display_name: C\n",
        f"{POLICIES}/.hidden.yml": "display_name: D",
        f"{POLICIES}/README.md": "text",
    }
    found = read_tenant_files(written(tmp_path, files))
    assert [one["display_name"] for one in found[POLICIES]] == [name, "B", "C"]
    assert found["named_locations"] == []


def test_only_what_an_export_wrote_goes_and_what_could_not_be_written_stays(tmp_path: Path) -> None:
    files = {
        f"{POLICIES}/gone.yml": "display_name: Gone\ncomplete: true\n",
        f"{POLICIES}/hidden.yml": "display_name: Hidden\ncomplete: true\n",
        f"{POLICIES}/draft.yml": "display_name: Draft\n",
        f"{POLICIES}/broken.yml": "a: [",
        f"{POLICIES}/.gone.yml": "display_name: Gone\ncomplete: true\n",
    }
    root = written(tmp_path, files)
    changes = planned_changes(root, {}, removes_stale=True, keeps={"Hidden"})
    assert [(str(one.path.relative_to(root)), one.after) for one in changes] == [(f"{POLICIES}/gone.yml", None)]
    assert planned_changes(root, {}, removes_stale=False) == []


def test_path_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OptionError, match="a folder is expected"):
        planned_changes(tmp_path / "file", {}, removes_stale=False)
