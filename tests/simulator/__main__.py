# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m simulator``: run the simulator in the foreground."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
import time
from pathlib import Path
from types import FrameType

from .running import RunningSimulator


def main(arguments: list[str] | None = None) -> int:
    """Serve until a signal arrives, or until nothing was asked for the idle time."""
    options = _parser().parse_args(arguments)
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    try:
        running = RunningSimulator(
            directory=options.directory,
            port=options.port,
            imds_port=options.imds_port,
            imds_tenant=options.imds_tenant,
            client_certificate=True,
        )
    except OSError as error:
        print(f"simulator: cannot listen: {error}; choose another --port", file=sys.stderr)
        return 1
    print(f"simulator: serving {running.url}, see {running.connection_path}", flush=True)
    _wait(running, stopping, options.idle_timeout)
    running.stop()
    return 0


def _wait(running: RunningSimulator, stopping: threading.Event, idle_timeout: float | None) -> None:
    while not stopping.wait(timeout=None if idle_timeout is None else 0.2):
        if idle_timeout is not None and time.monotonic() - running.simulator.last_request > idle_timeout:
            print(f"simulator: stopping after {idle_timeout:g} seconds without a request", flush=True)
            return


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="simulator", description="A Microsoft Graph and token service on loopback.")
    parser.add_argument("--port", type=int, default=8443, help="the port to listen on; 0 takes a free one")
    parser.add_argument("--directory", type=Path, default=Path(".simulator"), help="where connection.json goes")
    parser.add_argument("--idle-timeout", type=float, metavar="SECONDS", help="stop after that time without requests")
    parser.add_argument("--imds-port", type=int, help="also serve an instance metadata service (plain HTTP) there")
    parser.add_argument("--imds-tenant", help="the name of the tenant whose identity it gives; by default the first")
    return parser


if __name__ == "__main__":
    sys.exit(main())
