# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A snapshot around a run: there before the first write, whole at any time, and no obstacle afterwards."""

from __future__ import annotations

import os
import typing as t
from pathlib import Path

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph import private_file
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    EntraError,
    OptionError,
    OutcomeUnknown,
    ServiceRefused,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.tenant import reconcile
from ansible_collections.m365.entra.plugins.module_utils._resources.wanted import Wanted
from ansible_collections.m365.entra.plugins.module_utils._snapshot.choose import chosen_snapshot, read_snapshot
from ansible_collections.m365.entra.plugins.module_utils._snapshot.document import SnapshotRefused
from ansible_collections.m365.entra.plugins.module_utils._snapshot.place import SnapshotPlace
from ansible_collections.m365.entra.plugins.module_utils._snapshot.record import Keeping
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    POLICIES,
    SECURITY_DEFAULTS,
    FakeSession,
    Fault,
    refused,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import ENABLED, stored
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.runs import wanted

SECOND = {"display_name": "MFA", "policy_state": "disabled"}
NEW = {"template": "block_legacy_authentication"}


def keeping(folder: Path, keep: int = 100, undoes: str = "") -> Keeping:
    return Keeping(SnapshotPlace(folder, keep), "tenant_configuration", undoes)


def files(folder: Path) -> list[Path]:
    return sorted((folder / ids.TENANT).iterdir())


def run(folder: Path, session: FakeSession, what: Wanted, **modes: t.Any) -> t.Any:
    return reconcile(session, what, **{"check_mode": False, "keeping": keeping(folder), **modes})


def failed(folder: Path, session: FakeSession, error: BaseException, path: str, method: str) -> t.Any:
    """The exception of a run whose request fails, and its snapshot."""
    session.faults.append(Fault(method, path, error))
    with pytest.raises(type(error)) as failure:
        run(folder, session, wanted(SECOND, NEW))
    return failure.value


def test_it_is_there_before_the_first_write(tmp_path: Path) -> None:
    session = FakeSession([stored(state=ENABLED)])
    seen: list[str] = []
    patch = session.patch

    def patching(path: str, body: dict[str, t.Any], **more: str) -> None:
        seen.extend(read_snapshot(one).status for one in files(tmp_path))
        patch(path, body, **more)

    session.patch = patching  # type: ignore[method-assign]
    outcome = run(tmp_path, session, wanted(SECOND))
    assert seen == ["begun"]
    assert outcome.snapshot == str(*files(tmp_path))
    (touched,) = read_snapshot(Path(outcome.snapshot)).objects
    assert (touched.identifier, touched.before.state, touched.planned.state) == (ids.POLICY_ONE, ENABLED, "disabled")
    assert touched.before.raw["id"] == ids.POLICY_ONE


@pytest.mark.parametrize("modes", [{"check_mode": True}, {"keeping": None}])
def test_none_is_kept(tmp_path: Path, modes: dict[str, t.Any]) -> None:
    session = FakeSession([stored(state=ENABLED)], read_only="check_mode" in modes)
    assert run(tmp_path, session, wanted(SECOND), **modes).snapshot == ""
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_do_keeps_none(tmp_path: Path) -> None:
    assert run(tmp_path, FakeSession([stored()]), wanted({"display_name": "MFA"})).snapshot == ""
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_tells_the_way_back(tmp_path: Path) -> None:
    error = failed(tmp_path, FakeSession([stored(state=ENABLED)]), refused(403, "no"), POLICIES, "PATCH")
    (path,) = files(tmp_path)
    snapshot = read_snapshot(path)
    assert error.details["snapshot"] == str(path)
    assert f"from_snapshot: {path}" in error.remedy
    assert (snapshot.status, snapshot.is_unclear, snapshot.may_have_effect) == ("failed", False, True)
    assert [action.is_done for action in snapshot.actions] == [True, False]
    assert list(snapshot.created.values()) != []


def test_a_refusal_of_the_first_write_has_no_effect(tmp_path: Path) -> None:
    error = failed(tmp_path, FakeSession([stored(state=ENABLED)]), refused(403, "no"), POLICIES, "POST")
    assert read_snapshot(*files(tmp_path)).may_have_effect is False
    assert "from_snapshot" not in error.remedy


@pytest.mark.parametrize("error", [OutcomeUnknown("no answer"), KeyboardInterrupt()])
def test_what_may_have_happened_has_effect(tmp_path: Path, error: BaseException) -> None:
    failed(tmp_path, FakeSession([stored(state=ENABLED)]), error, POLICIES, "POST")
    snapshot = read_snapshot(*files(tmp_path))
    assert (snapshot.status, snapshot.may_have_effect) == ("failed", True)


class Killed(BaseException):
    """The end of the process."""


def test_a_killed_run_leaves_the_first_form(tmp_path: Path) -> None:
    failed(tmp_path, FakeSession([stored(state=ENABLED)]), Killed(), POLICIES, "PATCH")
    snapshot = read_snapshot(*files(tmp_path))
    assert (snapshot.status, snapshot.created, snapshot.may_have_effect) == ("begun", {}, True)


def test_what_was_put_back_needs_no_way_back(tmp_path: Path) -> None:
    session = FakeSession(security_defaults=True)
    session.faults.append(Fault("PATCH", SECURITY_DEFAULTS, refused(403, "no")))
    with pytest.raises(ServiceRefused) as failure:
        run(tmp_path, session, wanted({**NEW, "policy_state": "enabled"}, security_defaults=False))
    assert "from_snapshot" not in failure.value.remedy
    assert failure.value.details["snapshot"] == str(*files(tmp_path))


def test_without_a_place_nothing_is_written(tmp_path: Path) -> None:
    session = FakeSession([stored(state=ENABLED)])
    (tmp_path / ids.TENANT).write_text("no folder", encoding="utf-8")
    with pytest.raises(OptionError, match=r"^snapshot\.directory: .*Nothing was changed"):
        run(tmp_path, session, wanted(SECOND))
    assert session.writes == []


def full(disk: t.Iterable[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let writes to the disk fail, one after the other."""
    states, replace = iter(disk), os.replace

    def replacing(source: str, target: Path) -> None:
        if next(states):
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(private_file.os, "replace", replacing)


def test_a_full_disk_before_the_run_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full([True], monkeypatch)
    session = FakeSession([stored(state=ENABLED)])
    with pytest.raises(OptionError, match="No space left on device"):
        run(tmp_path, session, wanted(SECOND))
    assert (session.writes, files(tmp_path)) == ([], [])


def test_a_full_disk_after_the_run_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full([False, True], monkeypatch)
    outcome = run(tmp_path, FakeSession([stored(state=ENABLED)]), wanted(SECOND))
    (problem,) = outcome.snapshot_problems
    assert "No space left on device" in problem
    assert read_snapshot(*files(tmp_path)).status == "begun"


def test_a_full_disk_after_a_failure_hides_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full([False, True], monkeypatch)
    error = failed(tmp_path, FakeSession([stored(state=ENABLED)]), refused(403, "no"), POLICIES, "PATCH")
    assert error.status == 403
    assert "No space left on device" in error.details["snapshot_problems"][0]


@pytest.mark.parametrize("keep", [1, 2])
def test_the_newest_stay(tmp_path: Path, keep: int) -> None:
    session, paths = FakeSession([stored(state=ENABLED)]), []
    for state in ("disabled", "report_only", "disabled"):
        what = wanted({"display_name": "MFA", "policy_state": state})
        paths.append(run(tmp_path, session, what, keeping=keeping(tmp_path, keep)).snapshot)
    assert [str(one) for one in files(tmp_path)] == paths[-keep:]


def test_the_latest_is_no_undo_and_had_an_effect(tmp_path: Path) -> None:
    session = FakeSession([stored(state=ENABLED)])
    place = SnapshotPlace(tmp_path)
    with pytest.raises(OptionError, match="there is no snapshot of a run that changed tenant"):
        chosen_snapshot("latest", place, ids.TENANT)
    first = run(tmp_path, session, wanted(SECOND)).snapshot
    back = wanted({"display_name": "MFA", "policy_state": "enabled"})
    run(tmp_path, session, back, keeping=keeping(tmp_path, undoes=first))
    failed(tmp_path, session, refused(403, "no"), POLICIES, "POST")
    assert len(files(tmp_path)) == 3
    assert chosen_snapshot("latest", place, ids.TENANT)[0] == Path(first)


def test_a_snapshot_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(run(tmp_path, FakeSession([stored(state=ENABLED)]), wanted(SECOND)).snapshot)
    owner = 4711
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    monkeypatch.setattr(os, "fstat", lambda descriptor: _owned_by(owner, os.stat(path)))
    with pytest.raises(SnapshotRefused, match="belongs to another user"):
        read_snapshot(path)


def _owned_by(owner: int, found: os.stat_result) -> os.stat_result:
    return os.stat_result((*found[:4], owner, *found[5:]))


def test_a_token_without_a_tenant_keeps_nothing_elsewhere(tmp_path: Path) -> None:
    session = FakeSession([stored(state=ENABLED)], token_tenant="../elsewhere")
    with pytest.raises(EntraError):
        run(tmp_path, session, wanted(SECOND))
    assert session.writes == []
    assert list(tmp_path.iterdir()) == []
