# SPDX-License-Identifier: Apache-2.0
"""A server that answers every request with what it is told, as no Prometheus would."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Nonsense(ThreadingHTTPServer):
    """One answer after the other, a status and a body, and the last one again and again."""

    def __init__(self, answers: Sequence[tuple[int, str]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self._answers = list(answers)
        self._lock = threading.Lock()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def next(self) -> tuple[int, str]:
        with self._lock:
            return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


class _Handler(BaseHTTPRequestHandler):
    server: Nonsense

    def do_GET(self) -> None:
        status, body = self.server.next()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def answering(*answers: tuple[int, str]) -> Iterator[Nonsense]:
    with Nonsense(answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
