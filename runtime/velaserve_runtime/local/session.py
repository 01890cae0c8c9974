# SPDX-License-Identifier: Apache-2.0
"""From the first server's start to the last one's end, with signals in between."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from velaserve_runtime.local.stop_signals import StopSignals
from velaserve_runtime.local.supervisor import Supervisor

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from velaserve_runtime.local.console import Console
    from velaserve_runtime.local.served_model import ServedModel
    from velaserve_runtime.local.supervisor import Listen, Running

    Use = Callable[[Supervisor, list[Running], Console], Awaitable[None]]


async def serve(models: Sequence[ServedModel], listen: Listen, console: Console, use: Use) -> int:
    """Starts the servers, lets `use` use them, stops them; the command's exit code.

    Raises:
        LocalError: a server did not start or died, or `use` raised it.
    """
    supervisor = Supervisor(listen, console)
    with StopSignals(supervisor.kill, console) as stop:
        try:
            async with supervisor:
                await use(supervisor, await supervisor.start(models), console)
        except asyncio.CancelledError:
            if stop.exit_code is None:
                raise
    return stop.exit_code or 0
