# SPDX-License-Identifier: Apache-2.0
"""What a health probe waits for while models are busy, beside a bare echo probed in the same run.

    python -m ci.bench.probe [--seconds 5]

Both servers share a core; load and probes share the other, so both see the same scheduling of the
system, and what velaserve adds is the difference (runtime.md 7: worst at most 5 ms above the echo,
for models that release the GIL). The sleeping model is Python and releases it; the busy one is the
tiny ONNX model under as many requests as one core can send.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, perf_counter_ns, sleep
from typing import TYPE_CHECKING, NamedTuple

from ci.bench.quick import CLIENT_CORE, CONNECTIONS, TINY, bodies, echo, load, serving, tiny_model

if TYPE_CHECKING:
    from collections.abc import Iterator

PROBE = b"GET /v2/health/ready HTTP/1.1\r\nhost: localhost\r\n\r\n"
PAUSE_S = 0.001
SLEEPING_MODEL = """
import time
from velaserve_runtime.model import Model, TensorSpec


class Sleeping(Model):
    inputs = (TensorSpec("seconds", "FP64", (-1,)),)
    outputs = (TensorSpec("slept", "FP64", (-1,)),)

    def predict(self, inputs):
        time.sleep(float(inputs["seconds"].max()))
        return {"slept": inputs["seconds"]}
"""
SLEEP = {"name": "seconds", "shape": [1], "datatype": "FP64", "data": [0.05]}


class Load(NamedTuple):
    """Requests that keep one model busy."""

    path: str
    connections: int
    bodies: bytes


LOADS = {
    "sleeping": Load(
        "/v2/models/sleeping/infer", 8, json.dumps({"inputs": [SLEEP]}).encode() + b"\n"
    ),
    "busy": Load(TINY, CONNECTIONS, bodies()),
}
CASES = {
    "no load": (),
    "sleeping Python model": ("sleeping",),
    "busy tiny model": ("busy",),
    "both": ("sleeping", "busy"),
}


class Prober:
    """One connection on which probes are sent, one at a time."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.waited_ms: list[float] = []

    def probe(self) -> None:
        begin_ns = perf_counter_ns()
        self._socket.sendall(PROBE)
        answer = self._socket.recv(65536)
        self.waited_ms.append((perf_counter_ns() - begin_ns) / 1e6)
        if not answer.startswith(b"HTTP/1.1 200 "):
            raise SystemExit(f"a probe was answered with {answer[:80]!r}")

    def close(self) -> None:
        self._socket.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    os.sched_setaffinity(0, {CLIENT_CORE})
    with echo() as echo_port, velaserve() as port:
        sys.stdout.write(f"{'ms':24} {'':9} {'median':>8} {'p99':>8} {'worst':>8} {'probes':>8}\n")
        for case, loads in CASES.items():
            bare, ours = probes(echo_port, port, loads, options.seconds)
            show(case, "echo", bare)
            show("", "velaserve", ours)


@contextmanager
def velaserve() -> Iterator[int]:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("tiny", "sleeping"):
            (Path(folder) / name / "1").mkdir(parents=True)
        tiny_model(Path(folder) / "tiny" / "1" / "model.onnx")
        (Path(folder) / "sleeping" / "1" / "model.py").write_text(SLEEPING_MODEL)
        with serving("--model-repository", folder, "--allow-python-models") as port:
            yield port


def probes(
    echo_port: int, port: int, loads: tuple[str, ...], seconds: float
) -> tuple[list[float], list[float]]:
    """Milliseconds of the echo's and of velaserve's probes, which alternate."""
    with ExitStack() as stack:
        threads = stack.enter_context(ThreadPoolExecutor())
        bare, ours = Prober(echo_port), Prober(port)
        for prober in (bare, ours):
            stack.callback(prober.close)
        running = [threads.submit(start, port, LOADS[name], seconds) for name in loads]
        end_s = monotonic() + seconds
        while monotonic() < end_s:
            for prober in (bare, ours):
                prober.probe()
                sleep(PAUSE_S)
        for one in running:
            one.result()
    return bare.waited_ms, ours.waited_ms


def start(port: int, wanted: Load, seconds: float) -> float:
    return load(port, seconds, wanted.bodies, wanted.path, wanted.connections)


def show(case: str, server: str, waited_ms: list[float]) -> None:
    p99 = statistics.quantiles(waited_ms, n=100)[-1]
    figures = f"{statistics.median(waited_ms):8.2f} {p99:8.2f} {max(waited_ms):8.2f}"
    sys.stdout.write(f"{case:24} {server:9} {figures} {len(waited_ms):8}\n")


if __name__ == "__main__":
    main()
