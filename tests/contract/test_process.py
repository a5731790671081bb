# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator as a process: files, signals, start and stop."""

from __future__ import annotations

import json
import os
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from simulator.fixture import running_simulator
from simulator.json_types import JsonObject
from simulator.running import RunningSimulator

from .graph_client import GraphClient

TESTS = Path(__file__).resolve().parents[1]


@contextmanager
def started(directory: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], JsonObject]]:
    """Run ``python -m simulator`` until the block ends, and give its connection.json."""
    command = [sys.executable, "-m", "simulator", "--port", "0", "--directory", str(directory), *arguments]
    environment = os.environ | {"PYTHONPATH": str(TESTS)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        connection = directory / "connection.json"
        deadline = time.monotonic() + 20
        while not connection.exists():
            assert process.poll() is None, "the simulator ended"
            assert time.monotonic() < deadline, "the simulator does not start"
            time.sleep(0.01)
        yield process, json.loads(connection.read_text())
    finally:
        process.terminate()
        process.wait(timeout=10)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_it_serves_as_soon_as_it_says_so(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    begin = time.monotonic()
    with started(tmp_path / "made") as (_process, connection):
        record_property("seconds_until_connection_json", round(time.monotonic() - begin, 3))
        trusted = ssl.create_default_context(cafile=connection["ca_path"])
        assert httpx.get(f"{connection['url']}/_simulator/profile", verify=trusted).status_code == 200
        assert [tenant["name"] for tenant in connection["tenants"]] == ["contoso-free", "contoso-p1", "contoso-p2"]


def test_defaults_are_those_of_the_service(tmp_path: Path) -> None:
    with started(tmp_path) as (_process, connection):
        trusted = ssl.create_default_context(cafile=connection["ca_path"])
        profile = httpx.get(f"{connection['url']}/_simulator/profile", verify=trusted).json()
    assert profile["consistency_delay_seconds"] == 1
    assert profile["conditional_access_requests_per_second"] == 1
    assert profile["error_shape"] == "message"
    assert profile["strict_security_defaults"] is False
    assert profile["managed_policies_on_disabling_security_defaults"] is False
    assert profile["mask_unknown_enum_members"] is True
    assert profile["approved_application_retired"] is True


def test_secret_files_are_private(tmp_path: Path) -> None:
    with started(tmp_path) as (_process, connection):
        for name in ("connection.json", "ca-key.pem"):
            assert mode(tmp_path / name) == 0o600
        for key in ("client_certificate_path", "federated_token_path"):
            assert mode(Path(connection[key])) == 0o600


def test_what_a_killed_one_left_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / "connection.json").write_text("stale")
    with running_simulator() as first:
        port = int(first.url.rpartition(":")[2])
        with pytest.raises(OSError, match="in use"):
            RunningSimulator(tmp_path, port=port)
    assert not (tmp_path / "connection.json").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_stop_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with started(tmp_path) as (process, _connection):
        process.send_signal(number)
        assert process.wait(timeout=5) == 0
        assert not (tmp_path / "connection.json").exists()


def test_it_stops_when_nobody_asks(tmp_path: Path) -> None:
    with started(tmp_path, "--idle-timeout", "0.3") as (process, _connection):
        assert process.wait(timeout=5) == 0
        assert not (tmp_path / "connection.json").exists()


def test_what_trusts_it_keeps_working(tmp_path: Path) -> None:
    kept = ("ca.pem", "client-certificate.pem")
    contents = []
    for _start in range(2):
        with started(tmp_path) as (_process, connection):
            contents.append([(tmp_path / name).read_bytes() for name in kept])
            ca = contents[0][0].decode()
            trusted = ssl.create_default_context(cadata=ca)
            assert httpx.get(f"{connection['url']}/_simulator/profile", verify=trusted).status_code == 200
    assert contents[0] == contents[1]


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    with started(tmp_path / "one") as (_process, connection):
        port = connection["url"].rpartition(":")[2]
        command = [sys.executable, "-m", "simulator", "--port", port, "--directory", str(tmp_path / "two")]
        second = subprocess.run(
            command,
            env=os.environ | {"PYTHONPATH": str(TESTS)},
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    assert second.returncode == 1
    assert "cannot listen" in second.stderr
    assert "--port" in second.stderr


def test_a_client_that_does_not_trust_it_is_not_served(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with started(tmp_path) as (_process, connection):
        with pytest.raises(httpx.ConnectError, match="certificate verify failed"):
            httpx.get(connection["url"])
        trusted = ssl.create_default_context(cafile=connection["ca_path"])
        assert httpx.get(f"{connection['url']}/_simulator/profile", verify=trusted).status_code == 200
    assert "Traceback" not in capfd.readouterr().err


def test_bodies_may_come_in_chunks(client: GraphClient) -> None:
    def change() -> Iterator[bytes]:
        yield b'{"page_'
        yield b'size": 12}'

    assert client.http.put("/_simulator/profile", content=change()).json()["page_size"] == 12
    assert client.http.put("/_simulator/profile", content=b'{"page_size": 13}').json()["page_size"] == 13
