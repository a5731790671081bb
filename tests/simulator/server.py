# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network side: HTTP/1.1 over TLS on loopback, one thread a connection."""

from __future__ import annotations

import contextlib
import os
import socket
import socketserver
import ssl
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from .messages import ConnectionDropped, Request, Response

ADDRESS = "127.0.0.1"
IDLE_CONNECTION_SECONDS = 75
HANDSHAKE_SECONDS = 10
Answering = Callable[[Request], Response]


class LoopbackServer(ThreadingHTTPServer):
    """Listens on loopback only. The TLS handshake runs in the connection's own thread, so that none waits for it."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, answer: Answering, tls: ssl.SSLContext | None, base_url: str | None = None) -> None:
        super().__init__((ADDRESS, port), _Handler)
        self.answer = answer
        self.tls = tls
        self.fixed_base_url = base_url

    def server_bind(self) -> None:
        """Bind without asking the name service for the host's name, as the base class would."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = ADDRESS, self.port

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def finish_request(self, request: Any, client_address: Any) -> None:
        if self.tls is None:
            super().finish_request(request, client_address)
            return
        request.settimeout(HANDSHAKE_SECONDS)
        try:
            secured = self.tls.wrap_socket(request, server_side=True)
        except (OSError, ssl.SSLError):
            # A client that does not trust the certificate breaks off here; that is its decision, not an error.
            return
        with contextlib.closing(secured):
            super().finish_request(secured, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client may go away at any time; anything else is a fault of the simulator and is shown."""
        error = _current_error()
        if not isinstance(error, ConnectionError | ssl.SSLError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = IDLE_CONNECTION_SECONDS
    disable_nagle_algorithm = True
    wbufsize = -1
    server: LoopbackServer

    def _serve(self) -> None:
        path, _question, query = self.path.partition("?")
        request = Request(
            method=self.command,
            path=path,
            query_string=query,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self._body(),
            base_url=self._base_url(),
            client_address=str(self.client_address[0]),
        )
        try:
            self._send(self.server.answer(request))
        except ConnectionDropped:
            self._drop()

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = do_HEAD = _serve

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return b"".join(self._chunks())
        return self.rfile.read(int(self.headers.get("Content-Length", "0")))

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self.rfile.readline().partition(b";")[0], base=16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self._skip_trailing_headers()

    def _skip_trailing_headers(self) -> None:
        while self.rfile.readline().strip():
            continue

    def _base_url(self) -> str:
        return self.server.fixed_base_url or f"https://{self.headers.get('Host', f'localhost:{self.server.port}')}"

    def _send(self, response: Response) -> None:
        content = response.encoded_body()
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.body is not None:
            self.send_header("Content-Type", "application/json; charset=utf-8")
        if response.status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        self.wfile.flush()

    def _drop(self) -> None:
        """Reset the connection: closing with a linger of zero sends RST instead of FIN."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())

    def finish(self) -> None:
        if self.connection.fileno() != -1:
            super().finish()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base class
        """The journal is the log."""


def serve_in_thread(server: LoopbackServer) -> threading.Thread:
    """Start serving in a daemon thread."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    return thread


def _current_error() -> BaseException | None:
    return sys.exc_info()[1]
