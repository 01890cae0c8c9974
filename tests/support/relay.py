# SPDX-License-Identifier: Apache-2.0
"""Stands between a reader and a server of HTTP, so that a test can take the server away."""

from __future__ import annotations

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from types import TracebackType

_TIMEOUT_S = 10


class Relay:
    """Hands each GET on to `behind`, http://host:port, from a port of 127.0.0.1."""

    def __init__(self, behind: str) -> None:
        self._behind = urlsplit(behind).netloc
        self._port = 0
        self._server: ThreadingHTTPServer | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """On the port of the first time."""
        server = ThreadingHTTPServer(("127.0.0.1", self._port), _handler(self._behind))
        self._port = server.server_port
        self._server = server
        threading.Thread(target=server.serve_forever).start()

    def stop(self) -> None:
        """From here on, connections are refused; none is kept, as each ends with its answer."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def __enter__(self) -> Relay:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def _handler(behind: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body = _get(behind, self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: what is asked is of no interest."""

    return Handler


def _get(host: str, path: str) -> tuple[int, str, bytes]:
    connection = http.client.HTTPConnection(host, timeout=_TIMEOUT_S)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type", ""), answer.read()
    finally:
        connection.close()
