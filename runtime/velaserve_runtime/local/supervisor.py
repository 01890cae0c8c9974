# SPDX-License-Identifier: Apache-2.0
"""The server processes of one Application: started together, stopped together, none left."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from velaserve_runtime.local import messages
from velaserve_runtime.local.errors import LocalError
from velaserve_runtime.local.ports import Ports, is_free
from velaserve_runtime.local.server_process import Address, ServerProcess

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from velaserve_runtime.local.console import Console
    from velaserve_runtime.local.served_model import ServedModel

# What `velaserve serve` answers when it cannot listen.
_USAGE_EXIT_CODE = 2


@dataclass(frozen=True)
class Listen:
    """Where the first server shall listen; `grpc_port` None = REST only, a port 0 = any free."""

    host: str
    http_port: int
    grpc_port: int | None


@dataclass(frozen=True)
class Running:
    """A server that is ready."""

    model: ServedModel
    address: Address


class Supervisor:
    """Starts one server for each model; `async with` stops them all, however it is left."""

    def __init__(self, listen: Listen, console: Console) -> None:
        self._listen = listen
        self._console = console
        self._ports = Ports(listen.host)
        self._children: list[ServerProcess] = []
        self._tether_end, self._tether = os.pipe()

    async def __aenter__(self) -> Supervisor:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            await asyncio.gather(*(child.stop() for child in self._children))
        finally:
            os.close(self._tether)
            os.close(self._tether_end)

    async def start(self, models: Sequence[ServedModel]) -> list[Running]:
        """Returns when every server is ready.

        Raises:
            LocalError: one ended before, or no port is free.
        """
        wanted = Address(self._listen.host, self._listen.http_port, self._listen.grpc_port)
        first = [(model, self._free_address(model, wanted)) for model in models]
        return list(await asyncio.gather(*(self._start(*each) for each in first)))

    async def wait(self) -> None:
        """Returns never: until a server ends or this task is cancelled.

        Raises:
            LocalError: a server ended; the text says why.
        """
        ends = [asyncio.create_task(child.ended()) for child in self._children]
        try:
            done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            raise done.pop().result()
        finally:
            for end in ends:
                end.cancel()

    def kill(self) -> None:
        """Ends every server at once, in the middle of whatever it does."""
        for child in self._children:
            child.kill()

    async def _start(self, model: ServedModel, address: Address) -> Running:
        while True:
            child = await ServerProcess.start(model, address, self._tether_end, self._console)
            self._children.append(child)
            self._say_loading(child)
            try:
                return Running(model, await child.ready())
            except LocalError:
                if child.exit_code != _USAGE_EXIT_CODE or self._still_free(address):
                    raise
            self._children.remove(child)
            address = self._free_address(model, address)

    def _say_loading(self, child: ServerProcess) -> None:
        model = child.model
        self._console.note(
            messages.LOADING, component=model.component, folder=str(model.folder), pid=child.pid
        )

    def _free_address(self, model: ServedModel, wanted: Address) -> Address:
        http_port = self._free_port(model, wanted.http_port)
        if wanted.grpc_port is None:
            return Address(wanted.host, http_port, None)
        return Address(wanted.host, http_port, self._free_port(model, wanted.grpc_port))

    def _free_port(self, model: ServedModel, wanted: int) -> int:
        ours = self._ports.was_given(wanted)
        found = self._ports.next_free(wanted)
        if found != wanted and not ours:
            self._console.note(
                messages.PORT_TAKEN, port=wanted, component=model.component, found=found
            )
        return found

    def _still_free(self, address: Address) -> bool:
        ports = (address.http_port, address.grpc_port)
        return all(is_free(address.host, port) for port in ports if port)
