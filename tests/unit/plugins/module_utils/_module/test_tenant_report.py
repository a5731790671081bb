# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of tenant_report: a private file, written once."""

from __future__ import annotations

import json
import stat
import typing as t
from pathlib import Path

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._module.tenant_report import SPEC, run
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module


def no_session() -> t.NoReturn:
    raise AssertionError("no service is to be asked")


def write(path: Path, content: t.Any, **modes: bool) -> dict[str, t.Any]:
    return run(fake_module(SPEC, {"path": str(path), "content": content}, **modes), no_session)


@pytest.mark.parametrize("content", [{"b": [1, None], "a": "é"}, '{"b": [1, null], "a": "é"}'], ids=["dict", "text"])
def test_content_is_written_once_and_for_its_owner_only(tmp_path: Path, content: t.Any) -> None:
    path = tmp_path / "report.json"
    assert write(path, content) == {"changed": True, "dest": str(path)}
    assert json.loads(path.read_text(encoding="utf-8")) == {"b": [1, None], "a": "é"}
    assert path.read_text(encoding="utf-8").endswith("}\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert write(path, content)["changed"] is False


def test_file_that_others_can_read_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    write(path, {})
    path.chmod(0o644)
    assert write(path, {})["changed"] is True
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_check_mode_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    assert write(path, {}, check_mode=True)["changed"] is True
    assert not path.exists()


def test_directories_are_made_for_the_owner_alone(tmp_path: Path) -> None:
    """Such as one for each night, which no run before has made."""
    path = tmp_path / "reports" / "2027-03-02" / "report.json"
    assert write(path, {}, check_mode=True)["changed"] is True
    assert not path.parent.parent.exists()
    write(path, {})
    assert path.is_file()
    assert [stat.S_IMODE(one.stat().st_mode) for one in (path.parent, path.parent.parent)] == [0o700, 0o700]


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OptionError, match=r"path: .*cannot be written"):
        write(tmp_path / "file" / "report.json", {})
    with pytest.raises(OptionError, match="content: this is not JSON"):
        write(tmp_path / "report.json", "{")
