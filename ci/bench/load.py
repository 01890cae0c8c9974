# SPDX-License-Identifier: Apache-2.0
"""A closed-loop HTTP load on 127.0.0.1: C connections, one request at a time on each, T seconds."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from time import perf_counter
from typing import cast

import uvloop


class Client(asyncio.Protocol):
    """One connection; sends the next body as soon as the answer is complete."""

    def __init__(self, bodies: list[bytes], done: asyncio.Event, count: list[int]) -> None:
        self._bodies = bodies
        self._at = id(self) % len(bodies)
        self._done = done
        self._count = count
        self._missing_bytes = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        if not self._missing_bytes:
            head, _, body = data.partition(b"\r\n\r\n")
            length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
            self._missing_bytes = int(length) - len(body)
            self._count[0 if data[9:12] == b"200" else 1] += 1
        else:
            self._missing_bytes -= len(data)
        if self._missing_bytes == 0:
            if self._done.is_set():
                self._transport.close()
            else:
                self._send()

    def _send(self) -> None:
        self._at = (self._at + 1) % len(self._bodies)
        self._transport.write(self._bodies[self._at])


async def run(
    port: int, path: str, connections: int, seconds: float, bodies: list[bytes]
) -> dict[str, float]:
    """Requests per second and how many were not 200."""
    head = "POST {} HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n\r\n"
    requests = [head.format(path, len(body)).encode() + body for body in bodies]
    done, count = asyncio.Event(), [0, 0]
    loop = asyncio.get_running_loop()
    begin = perf_counter()
    for _ in range(connections):
        await loop.create_connection(lambda: Client(requests, done, count), "127.0.0.1", port)
    await asyncio.sleep(seconds)
    done.set()
    return {"per_s": sum(count) / (perf_counter() - begin), "not_200": count[1]}


if __name__ == "__main__":
    port, path, connections, seconds, core = sys.argv[1:]
    os.sched_setaffinity(0, {int(core)})
    lines = [line.rstrip(b"\n") for line in sys.stdin.buffer]
    json.dump(uvloop.run(run(int(port), path, int(connections), float(seconds), lines)), sys.stdout)
