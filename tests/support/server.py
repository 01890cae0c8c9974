# SPDX-License-Identifier: Apache-2.0
"""A real `velaserve serve` process on loopback, for tests of what is seen from outside."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

START_TIMEOUT_S = 60


class RunningServer:
    """The process, its ports and what it has logged; ended by the context manager."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[dict[str, Any]] = []  # log lines carry fields of every kind
        self._ready = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def http_port(self) -> int:
        return int(self._started()["http_port"])

    @property
    def grpc_port(self) -> int:
        return int(self._started()["grpc_port"])

    def wait_started(self) -> None:
        """Returns when the server says that it is ready, or why it is not."""
        assert self._ready.wait(START_TIMEOUT_S), f"no ready line: {self.lines}"
        assert self.find("ready", "not ready"), f"the server ended: {self.lines}"

    def find(self, *events: str) -> list[dict[str, Any]]:
        return [line for line in self.lines if line.get("event") in events]

    def request(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request on its own connection."""
        connection = http.client.HTTPConnection("127.0.0.1", self.http_port, timeout=60)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            return Answer(response.status, response.read(), dict(response.getheaders()))
        finally:
            connection.close()

    def infer(self, model: str, document: object, **headers: str) -> Answer:
        path = f"/v2/models/{model}/infer"
        return self.request("POST", path, json.dumps(document), headers)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Signals the server and waits for its exit code."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        code = self.process.wait(60)
        self._reader.join(10)
        if self.process.stderr is not None:
            self.process.stderr.close()
        return code

    def _started(self) -> dict[str, Any]:
        return self.find("ready", "not ready")[0]

    def _read(self) -> None:
        assert self.process.stderr is not None
        for text in self.process.stderr:
            try:
                line = json.loads(text)
            except ValueError:
                line = {"event": text.rstrip()}
            self.lines.append(line)
            if line.get("event") in ("ready", "not ready"):
                self._ready.set()
        self._ready.set()


class Answer:
    """Status, body and headers (lower-case names) of an HTTP answer."""

    def __init__(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.status = status
        self.body = body
        self.headers = {name.lower(): value for name, value in headers.items()}

    @property
    def json(self) -> Any:  # whatever the server answered
        return json.loads(self.body)

    def __repr__(self) -> str:
        return f"<{self.status} {self.body[:300]!r}>"


def spawn_server(
    *flags: str, module: str = "velaserve_runtime", **environment: str
) -> RunningServer:
    """Starts `velaserve serve` with free ports; flags given here win."""
    command = [sys.executable, "-m", module, "serve"]
    ports = ["--host", "127.0.0.1", "--http-port", "0", "--drain-delay-s", "0"]
    process = subprocess.Popen(
        [*command, *ports, "--log-format", "json", *flags],
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "VELASERVE_GRPC_PORT": "0", **environment},
    )
    return RunningServer(process)


@contextmanager
def running_server(
    *flags: str, module: str = "velaserve_runtime", **environment: str
) -> Iterator[RunningServer]:
    """A started server, killed at the end if the test has not stopped it."""
    server = spawn_server(*flags, module=module, **environment)
    try:
        server.wait_started()
        yield server
    finally:
        if server.process.poll() is None:
            server.process.kill()
        server.wait()
        if server.process.stderr is not None:
            server.process.stderr.close()


def serve_folder(folder: Path, *flags: str) -> tuple[str, ...]:
    """Flags that serve a repository and let tests load and unload."""
    return ("--model-repository", str(folder), *flags)
