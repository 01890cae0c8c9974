# SPDX-License-Identifier: Apache-2.0
"""Sends one handwritten digit over both wires and tells how long everything took."""

from __future__ import annotations

import asyncio
import sys
import time
from typing import TYPE_CHECKING

from velaserve_runtime.local import messages
from velaserve_runtime.local.digit import draw
from velaserve_runtime.local.digit_requests import read_over_grpc, read_over_rest
from velaserve_runtime.local.status_table import status_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from velaserve_runtime.local.console import Console
    from velaserve_runtime.local.digit import Digit
    from velaserve_runtime.local.digit_requests import Reading
    from velaserve_runtime.local.server_process import Address
    from velaserve_runtime.local.supervisor import Running, Supervisor

    Read = Callable[[Address, str, Digit], Reading]

WIRES: tuple[tuple[str, Read], ...] = (("REST", read_over_rest), ("gRPC", read_over_grpc))


class DigitsDemo:
    """What `velaserve demo` does with the server it has started."""

    def __init__(self, digit: Digit, install_s: str | None) -> None:
        self._digit = digit
        self._install_s = install_s
        self._began_s = time.monotonic()

    async def __call__(
        self, _supervisor: Supervisor, servers: list[Running], console: Console
    ) -> None:
        parts = [console.say(messages.PART_LOAD, seconds=_seconds(self._began_s))]
        if self._install_s:
            install = console.say(messages.PART_INSTALL, seconds=self._install_s)
            parts.insert(0, install)
        console.result(status_table(servers, console))
        console.result(f"\n{console.say(messages.DIGIT_SENT, label=self._digit.label)}")
        console.result(draw(self._digit, sys.stdout.encoding))
        for wire, read in WIRES:
            parts.append(await self._ask(wire, read, servers[0], console))
        console.result(console.say(messages.SECONDS, parts=", ".join(parts)))

    async def _ask(self, wire: str, read: Read, server: Running, console: Console) -> str:
        began_s = time.monotonic()
        reading = await asyncio.to_thread(read, server.address, server.model.name, self._digit)
        seconds = _seconds(began_s)
        percent = f"{reading.probability:.1%}".removesuffix("%")
        console.result(
            console.say(messages.DIGIT_READ, wire=wire, label=reading.label, percent=percent)
        )
        return console.say(messages.PART_ANSWER, wire=wire, seconds=seconds)


def _seconds(since_s: float) -> str:
    return f"{time.monotonic() - since_s:.3f}"
