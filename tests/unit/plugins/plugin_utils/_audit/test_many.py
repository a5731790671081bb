# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many tenants at once, in real processes: each is told once, whatever becomes of it."""

from __future__ import annotations

import json
import os
import signal
import struct
import time
import typing as t
from pathlib import Path

import pytest
from ansible.errors import AnsibleError

from ansible_collections.m365.entra.plugins.plugin_utils._audit import many
from ansible_collections.m365.entra.plugins.plugin_utils._audit.audited import Audited
from ansible_collections.m365.entra.plugins.plugin_utils._audit.many import Audit
from ansible_collections.m365.entra.plugins.plugin_utils._audit.tenant import HostVariables, Place, Tenant
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.report import Digest

SECRET = "hush-4711"
HANGS_SECONDS = 60


class Silent(Exception):
    """An error that does not say what it is."""

    def __str__(self) -> str:
        raise ValueError("no words")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where reports are written by tenants that fail by their name or are in order."""

    def audited(tenant: Tenant, *, diff: bool) -> Audited:
        if tenant.host.startswith("killed"):
            os.kill(os.getpid(), signal.SIGKILL)
        if tenant.host.startswith("defect"):
            raise RuntimeError(f"nobody thought of {SECRET}")
        if tenant.host.startswith("silent"):
            raise Silent
        if tenant.host.startswith("slow"):
            (tmp_path / f"{os.getpid()}.pid").touch()
            time.sleep(HANGS_SECONDS)
        return Audited(Digest(tenant.host, "", "", "ok", str(os.getpid())))

    monkeypatch.setattr(many, "audited", audited)
    monkeypatch.setattr(many, "_processors", lambda: 3)
    return tmp_path


def test_hosts_that_would_have_one_report_fail(folder: Path) -> None:
    found = by_host(Audit(variables_in(folder), 1, "/"), ["same a", "host", "same_a"])
    assert {host: one.status for host, one in found.items()} == {"same a": "failed", "same_a": "failed", "host": "ok"}
    assert found["same_a"].message.startswith(f"hosts: 'same a', 'same_a' would have one report, {folder}/same_a.json.")
    assert list(folder.iterdir()) == []


def test_hosts_with_reports_in_folders_of_their_own_may_be_named_alike(folder: Path) -> None:
    def variables_of(host: str) -> HostVariables:
        return variables_in(folder / host[-2:])(host)

    found = by_host(Audit(variables_of, 1, "/"), ["same a", "same_a"])
    assert {one.status for one in found.values()} == {"ok"}


class Said(HostVariables):
    """The variables of a host that has only what the tests need."""

    def tenant(self, place: Place) -> Tenant:
        if self.host.startswith("unknown"):
            raise AnsibleError("'nobody_knows' is undefined")
        return Tenant(place, {"tenant_id": "here", "client_secret": SECRET}, {}, {})


def variables_in(folder: Path) -> t.Callable[[str], HostVariables]:
    variables = {"signin_baseline_report_directory": str(folder), "entra_tenant_id": "here"}
    return lambda host: Said(host, variables, lambda value: value)


def by_host(audit: Audit, hosts: list[str]) -> dict[str, Digest]:
    found = [one.digest for one in audit.all(hosts)]
    assert sorted(one.tenant for one in found) == sorted(hosts)
    return {one.tenant: one for one in found}


@pytest.mark.parametrize("count", [0, 1, 2, 25])
@pytest.mark.parametrize("at_once", [1, 2, 50])
def test_each_is_told_once(folder: Path, count: int, at_once: int) -> None:
    hosts = [f"host-{number}" for number in range(count)]
    found = by_host(Audit(variables_in(folder), at_once, "/"), hosts)
    assert {one.status for one in found.values()} == ({"ok"} if count else set())
    processes = {one.path for one in found.values()}
    assert len(processes) == min(3, at_once, count)
    assert str(os.getpid()) not in processes


def test_templates_are_rendered_where_ansible_was_started(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)

    def variables_of(host: str) -> HostVariables:
        (folder / host).write_text(os.getcwd(), encoding="utf-8")
        return variables_in(Path("reports"))(host)

    found = by_host(Audit(variables_of, 1, "/"), ["host", "defect"])
    assert (folder / "host").read_text(encoding="utf-8") == str(folder)
    assert found["defect"].path == str(folder / "reports" / "defect.failure.json")


def test_those_that_fail_stop_no_other(folder: Path) -> None:
    found = by_host(Audit(variables_in(folder), 1, "/"), ["unknown", "defect", "host"])
    assert {host: one.status for host, one in found.items()} == {"unknown": "failed", "defect": "failed", "host": "ok"}
    assert found["unknown"].message == "'nobody_knows' is undefined"
    assert found["defect"].message == "RuntimeError: nobody thought of ********"
    for host in ("unknown", "defect"):
        written = json.loads((folder / f"{host}.failure.json").read_text(encoding="utf-8"))
        assert (written["message"], written["tenant_id"], written["failed"]) == (found[host].message, "here", True)


def test_host_without_any_good_variables_is_told(folder: Path) -> None:
    (digest,) = by_host(Audit(lambda host: HostVariables(host, {}, lambda value: value), 1, "/"), ["host"]).values()
    assert (digest.status, digest.path) == ("failed", "")
    assert "signin_baseline_report_directory: not defined" in digest.message


def test_process_that_is_killed_fails_those_that_it_still_had(folder: Path) -> None:
    found = by_host(
        Audit(variables_in(folder), 3, "/"), ["killed", "host-1", "host-2", "after-killed", "host-3", "host-4"]
    )
    assert {host for host, one in found.items() if one.status == "failed"} >= {"killed"}
    assert {found[host].status for host in ("host-1", "host-2", "host-3", "host-4")} == {"ok"}
    assert "ended early" in found["killed"].message
    written = json.loads((folder / "killed.failure.json").read_text(encoding="utf-8"))
    assert written["message"] == found["killed"].message


def test_failure_that_cannot_be_written_is_told_all_the_same(folder: Path) -> None:
    (folder / "taken").write_text("", encoding="utf-8")
    found = by_host(Audit(variables_in(folder / "taken"), 1, "/"), ["defect"])
    assert "nobody thought of ********" in found["defect"].message
    assert "could not be written down" in found["defect"].message
    assert found["defect"].path == ""


def test_error_without_words_stops_no_other(folder: Path) -> None:
    found = by_host(Audit(variables_in(folder), 1, "/"), ["silent", "host"])
    assert (found["silent"].message, found["host"].status) == ("Silent: no words, but ValueError", "ok")


def test_process_that_is_killed_while_it_tells_has_ended_early(folder: Path) -> None:
    receiving, sending = many._FORKS.Pipe(duplex=False)
    os.write(sending.fileno(), struct.pack("!i", 1000) + b"the beginning of an answer")
    sending.close()
    (told,) = Audit(variables_in(folder), 1, "/")._answers(receiving, {receiving: {"host"}})
    assert "ended early" in told.digest.message


def begun(folder: Path, count: int) -> list[int]:
    """The processes that are at work, once there are so many."""
    return eventually(lambda: [int(path.stem) for path in folder.glob("*.pid")], lambda found: len(found) == count)


def eventually(look: t.Callable[[], list[int]], is_wanted: t.Callable[[list[int]], bool]) -> list[int]:
    until = time.monotonic() + HANGS_SECONDS / 2
    while not is_wanted(found := look()):
        assert time.monotonic() < until, found
        time.sleep(0.02)
    return found


def running(processes: list[int]) -> list[int]:
    """Those that are still there; one that has ended and that nobody has asked about is not."""
    states = {one: Path(f"/proc/{one}/stat") for one in processes}
    return [
        one for one, state in states.items() if state.exists() and state.read_text().rsplit(")")[-1].split()[0] != "Z"
    ]


def stubborn(signal_number: int, frame: object) -> None:
    """A handler as Ansible's, which a fork has too and which does not end it."""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_processes_end_with_the_one_that_started_them(folder: Path, number: signal.Signals) -> None:
    def work() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        list(Audit(variables_in(folder), 2, "/").all(["slow-1", "slow-2"]))

    parent = many._FORKS.Process(target=work)
    parent.start()
    children = begun(folder, 2)
    os.kill(t.cast(int, parent.pid), number)
    parent.join(HANGS_SECONDS)
    assert eventually(lambda: running(children), lambda left: not left) == []


def test_processes_end_when_nobody_waits_for_them_any_more(folder: Path) -> None:
    every = Audit(variables_in(folder), 2, "/").all(["host", "slow-1"])
    assert next(every).digest.tenant == "host"
    children = begun(folder, 1)
    every.close()  # type: ignore[attr-defined]
    assert eventually(lambda: running(children), lambda left: not left) == []


def test_processes_end_when_they_are_told_to(folder: Path) -> None:
    before = signal.signal(signal.SIGTERM, stubborn)
    try:
        every = Audit(variables_in(folder), 2, "/").all(["host", "slow-1"])
        assert next(every).digest.tenant == "host"
        (child,) = begun(folder, 1)
        os.kill(child, signal.SIGTERM)
        (told,) = every
    finally:
        signal.signal(signal.SIGTERM, before)
    assert (told.digest.tenant, "ended early" in told.digest.message) == ("slow-1", True)
