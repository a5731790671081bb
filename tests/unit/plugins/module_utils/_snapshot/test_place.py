# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where snapshots are: which directory, which names, closed to others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError, OptionError
from ansible_collections.m365.entra.plugins.module_utils._snapshot.place import (
    SnapshotPlace,
    default_directory,
    file_name,
    files_in,
    place_from_options,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids


def test_the_directory_that_was_given() -> None:
    assert place_from_options({"directory": "/there", "keep": 3}) == SnapshotPlace(Path("/there"), 3)


@pytest.mark.parametrize("options", [None, {}, {"directory": None, "keep": None}, {"directory": " "}])
def test_the_directory_of_the_user(options: dict[str, None] | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/state")
    assert place_from_options(options) == SnapshotPlace(Path("/state/m365.entra/snapshots"), 100)


@pytest.mark.parametrize("state", ["", "relative/state"])
def test_the_home_directory(state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", state)
    monkeypatch.setenv("HOME", "/home/ada")
    assert default_directory() == Path("/home/ada/.local/state/m365.entra/snapshots")


@pytest.mark.parametrize("keep", [0, -1])
def test_at_least_one_stays(keep: int) -> None:
    with pytest.raises(OptionError, match=r"^snapshot\.keep: "):
        place_from_options({"keep": keep})


@pytest.mark.parametrize("tenant_id", ["", "..", "../other", "contoso.example", "/"])
def test_a_tenant_is_named_by_its_id(tenant_id: str) -> None:
    with pytest.raises(EntraError, match="is no id of a tenant"):
        SnapshotPlace(Path("/there")).folder(tenant_id)


def test_one_folder_for_a_tenant() -> None:
    assert SnapshotPlace(Path("/there")).folder(ids.TENANT.upper()) == Path("/there", ids.TENANT)


def test_names_are_in_the_order_of_time() -> None:
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    names = [file_name(moment + timedelta(microseconds=step)) for step in (0, 1, 10, 1_000_000, 10**9, 10**12)]
    assert names == sorted(names)
    assert file_name(moment) != file_name(moment)


def test_only_snapshots_are_listed(tmp_path: Path) -> None:
    names = [file_name(datetime(2026, 11, day, tzinfo=UTC)) for day in (1, 2)]
    for name in (*names, "notes.json", f".{names[0]}.x7", f"{names[0]}.old"):
        (tmp_path / name).touch()
    assert [one.name for one in files_in(tmp_path)] == names[::-1]
    assert files_in(tmp_path / "nowhere") == []
