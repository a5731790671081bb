# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A running simulator: the services, the listeners and the file that tells where they are."""

from __future__ import annotations

import json
import threading
from pathlib import Path

from .json_types import JsonObject
from .messages import Request, Response
from .private_files import write_private
from .profile import Profile
from .server import LoopbackServer, serve_in_thread
from .simulator import Simulator

CONNECTION_FILE = "connection.json"
FEDERATED_TOKEN_FILE = "federated-token"


class RunningSimulator:
    """A simulator that accepts connections from the moment it is made until ``stop``."""

    def __init__(
        self,
        directory: Path,
        port: int = 0,
        profile: Profile | None = None,
        imds_port: int | None = None,
        imds_tenant: str | None = None,
        demo_tenants: bool = True,
        client_certificate: bool = False,
    ) -> None:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.directory = directory
        self._writing = threading.Lock()
        # One that was left behind by a killed process would be believed.
        self.connection_path.unlink(missing_ok=True)
        self.simulator = Simulator(directory, profile or Profile())
        self._server = LoopbackServer(port, self.simulator.answer, self.simulator.trust.server_context())
        self.url = f"https://localhost:{self._server.port}"
        self._imds = None if imds_port is None else self._metadata_server(imds_port, imds_tenant)
        if client_certificate:
            self.simulator.trust.ensure_client_certificate()
        if demo_tenants:
            self.simulator.create_demo_tenants()
        self.federated_token_path = directory / FEDERATED_TOKEN_FILE
        write_private(self.federated_token_path, self.simulator.federation.token().encode())
        for server in self._servers:
            serve_in_thread(server)
        self.simulator.on_tenants_changed = self.write_connection
        self.write_connection()

    @property
    def ca_path(self) -> Path:
        return self.simulator.trust.ca_path

    @property
    def connection_path(self) -> Path:
        return self.directory / CONNECTION_FILE

    @property
    def imds_url(self) -> str | None:
        """The instance metadata service's address, where there is one."""
        return None if self._imds is None else f"http://127.0.0.1:{self._imds.port}"

    @property
    def _servers(self) -> list[LoopbackServer]:
        return [self._server] if self._imds is None else [self._server, self._imds]

    def connection(self) -> JsonObject:
        """Return the content of connection.json."""
        connection: JsonObject = {
            "url": self.url,
            "ca_path": str(self.ca_path.resolve()),
            "tenants": [tenant.connection_entry() for tenant in self.simulator.tenants.all()],
            "client_certificate_path": str(self.simulator.trust.client_certificate_path.resolve()),
            "federated_token_path": str(self.federated_token_path.resolve()),
        }
        if self.imds_url is not None:
            connection["imds_url"] = self.imds_url
        return connection

    def write_connection(self) -> None:
        with self._writing:
            write_private(self.connection_path, json.dumps(self.connection(), indent=2).encode() + b"\n")

    def stop(self) -> None:
        """Stop listening and take connection.json away."""
        self.simulator.on_tenants_changed = lambda: None
        self.connection_path.unlink(missing_ok=True)
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def _metadata_server(self, port: int, tenant_name: str | None) -> LoopbackServer:
        def answer(request: Request) -> Response:
            return self.simulator.metadata_answer(request, tenant_name)

        return LoopbackServer(port, answer, tls=None, base_url=self.url)
