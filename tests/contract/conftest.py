# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One simulator a test process, and a new tenant for every test that wants one."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator, running_simulator
from simulator.profile import PROMPT

from .graph_client import GraphClient

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
NUMBERS = itertools.count(1)


@pytest.fixture(scope="session", autouse=True)
def state_of_programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where runs keep their snapshots: not in the home of whoever runs the tests."""
    folder = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder))
        patch.delenv("ENTRA_SNAPSHOT_DIRECTORY", raising=False)
        yield folder


@pytest.fixture(scope="session", autouse=True)
def runtime_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where processes share what they know of rate limits and tokens: not with other programs on this machine."""
    folder = tmp_path_factory.mktemp("runtime")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        yield folder


@pytest.fixture(scope="session")
def running() -> Iterator[TestSimulator]:
    with running_simulator() as simulator:
        yield simulator


@pytest.fixture
def simulator(running: TestSimulator, runtime_folder: Path) -> Iterator[TestSimulator]:
    """The simulator with its usual settings, without faults and with an empty journal."""
    running.clear_requests()
    for left in runtime_folder.iterdir():
        shutil.rmtree(left)
    yield running
    running.simulator.profile = PROMPT
    running.set_faults()


MakeClient = Callable[..., GraphClient]


@pytest.fixture
def make_client(simulator: TestSimulator) -> Iterator[MakeClient]:
    """Make a tenant and a client for it; the arguments are those of ``create_tenant`` without the name."""
    clients: list[GraphClient] = []

    def make(license: str = "p2", **more: Any) -> GraphClient:  # noqa: A002 - the face's name
        client = GraphClient(simulator, simulator.create_tenant(f"fabrikam-{next(NUMBERS)}", license, **more))
        clients.append(client)
        return client

    yield make
    for client in clients:
        client.http.close()
        simulator.simulator.delete_tenant(client.tenant_id)


@pytest.fixture
def client(make_client: MakeClient) -> GraphClient:
    """A client of a new P2 tenant without security defaults and without policies."""
    return make_client()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with Microsoft's schema and the recorded answers."""
    if not SHARED.is_dir():
        pytest.skip("the reference material in ../shared is not on this machine")
    return SHARED
