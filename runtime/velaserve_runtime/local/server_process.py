# SPDX-License-Identifier: Apache-2.0
"""One `velaserve serve` as a child process: its addresses, its last words, its end."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from velaserve_runtime.local import messages
from velaserve_runtime.local.errors import BAD_APPLICATION, LocalError
from velaserve_runtime.local.log_line import LogLine, parse_log_line

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from velaserve_runtime.local.console import Console
    from velaserve_runtime.local.served_model import ServedModel

LONGEST_LINE_BYTES = 1 << 20
# Above the server's own grace_period_s, after which it ends by itself.
STOP_TIMEOUT_S = 40.0
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104


@dataclass(frozen=True)
class Address:
    """Where a server listens; `grpc_port` is None when it speaks REST only."""

    host: str
    http_port: int
    grpc_port: int | None

    @property
    def reachable_host(self) -> str:
        """A host that clients on this machine can connect to."""
        return _EVERYWHERE.get(self.host, self.host)

    @property
    def rest(self) -> str:
        return f"http://{self._bracketed}:{self.http_port}"

    @property
    def grpc(self) -> str:
        return "-" if self.grpc_port is None else f"{self._bracketed}:{self.grpc_port}"

    @property
    def _bracketed(self) -> str:
        host = self.reachable_host
        return f"[{host}]" if ":" in host else host


class ServerProcess:
    """A running child; made by `start`, given back by `stop`."""

    def __init__(
        self,
        model: ServedModel,
        address: Address,
        process: asyncio.subprocess.Process,
        console: Console,
    ) -> None:
        self.model = model
        self._address = address
        self._process = process
        self._console = console
        self._ready = asyncio.get_running_loop().create_future()
        self._last_error = ""
        self._last_text = ""
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(
        cls, model: ServedModel, address: Address, tether: int, console: Console
    ) -> ServerProcess:
        """`tether` is the reading end of a pipe that the child watches."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "velaserve_runtime.local.tether", str(tether)),
            *serve_arguments(model, address, "debug" if console.verbose else "info"),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env={**os.environ, "VELASERVE_DRAIN_DELAY_S": "0", **model.environment},
            pass_fds=(tether,),
            limit=LONGEST_LINE_BYTES,
            start_new_session=True,  # the terminal's Ctrl-C is for `up`, which then stops us
        )
        return cls(model, address, process, console)

    async def ready(self) -> Address:
        """Waits until the server serves.

        Raises:
            LocalError: it ended instead.
        """
        await asyncio.wait({self._ready, self._reading}, return_when=asyncio.FIRST_COMPLETED)
        if not self._ready.done():
            raise await self.ended()
        return self._address

    async def ended(self) -> LocalError:
        """Waits for the end of the process; why it came, as an error to raise."""
        await asyncio.shield(self._reading)
        code = await self._process.wait()
        return LocalError(
            BAD_APPLICATION,
            messages.SERVER_KILLED if code < 0 else messages.SERVER_ENDED,
            component=self.model.component,
            code=abs(code),
            reason=self._last_error or self._last_text or messages.NO_REASON,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        return self._process.returncode

    async def stop(self) -> None:
        """Lets the server answer what it has accepted, which before `ready` is nothing."""
        if not self._ready.done():
            self.kill()
        with suppress(ProcessLookupError):
            self._process.terminate()
        try:
            await asyncio.wait_for(asyncio.shield(self._reading), STOP_TIMEOUT_S)
        except TimeoutError:
            self.kill()
        await self._process.wait()

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()

    async def _read(self) -> None:
        async for line in self._lines():
            if line.event == "ready" and not self._ready.done():
                self._ready.set_result(None)
                self._address = Address(
                    self._address.host,
                    line.port("http_port") or self._address.http_port,
                    line.port("grpc_port"),
                )
            self._remember(line)
            if self._is_for_people(line):
                self._console.warn(f"{self.model.component}: {line.text}")

    def _remember(self, line: LogLine) -> None:
        if line.is_error:
            self._last_error = line.reason
        elif not line.fields and line.text:
            self._last_text = line.text

    def _is_for_people(self, line: LogLine) -> bool:
        """An error before `ready` is shown once: as the reason of the end."""
        if self._console.verbose:
            return True
        held_back = line.is_error and not self._ready.done()
        return line.is_loud and not held_back

    async def _lines(self) -> AsyncIterator[LogLine]:
        stream = self._process.stdout
        while stream is not None:
            try:
                line = await stream.readline()
            except ValueError:  # longer than LONGEST_LINE_BYTES: dropped
                continue
            if not line:
                return
            yield parse_log_line(line)


def serve_arguments(model: ServedModel, address: Address, log_level: str) -> list[str]:
    grpc = ["--enable-grpc=false"]
    if address.grpc_port is not None:
        grpc = ["--grpc-port", str(address.grpc_port)]
    return [
        "serve",
        *("--model-name", model.name, "--model-dir", str(model.folder)),
        *("--model-format", model.format),
        *("--host", address.host, "--http-port", str(address.http_port), *grpc),
        *("--log-format", "json", "--log-level", log_level),
    ]
