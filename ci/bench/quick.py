# SPDX-License-Identifier: Apache-2.0
"""REST, tiny model, 32 connections, one core: velaserve beside a bare echo of the same loop.

    python ci/bench/quick.py [--rounds 5] [--seconds 3]

Server and client have a core each; the rounds alternate; every figure is min, median and max,
and the ratio is taken round by round, so that it holds when the machine's speed drifts.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
SERVER_CORE, CLIENT_CORE = 0, 1
CONNECTIONS = 32
TINY = "/v2/models/tiny/infer"
DISTINCT_BODIES = 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0)
    options = parser.parse_args()
    lines = bodies()
    with tempfile.TemporaryDirectory() as folder, echo() as echo_port, velaserve(folder) as port:
        ours, bare = [], []
        for _ in range(options.rounds):
            bare.append(load(echo_port, options.seconds, lines))
            ours.append(load(port, options.seconds, lines))
    show("echo, thousand/s", [rate / 1000 for rate in bare])
    show("velaserve, thousand/s", [rate / 1000 for rate in ours])
    show("ratio", [one / other for one, other in zip(ours, bare, strict=True)])


def bodies() -> bytes:
    rows = ([random.uniform(-1, 1) for _ in range(4)] for _ in range(DISTINCT_BODIES))
    return b"".join(
        json.dumps(
            {
                "id": str(at),
                "inputs": [{"name": "x", "shape": [1, 4], "datatype": "FP32", "data": row}],
            }
        ).encode()
        + b"\n"
        for at, row in enumerate(rows)
    )


def load(
    port: int, seconds: float, lines: bytes, path: str = TINY, connections: int = CONNECTIONS
) -> float:
    """Requests per second; every answer must be 200."""
    arguments = map(str, (port, path, connections, seconds, CLIENT_CORE))
    command = [sys.executable, str(HERE / "load.py"), *arguments]
    done = subprocess.run(command, input=lines, capture_output=True, check=True)
    result = json.loads(done.stdout)
    if result["not_200"]:
        raise SystemExit(f"{result['not_200']} answers were not 200")
    return float(result["per_s"])


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if "serve" in arguments else None,
        text=True,
        env={**os.environ, "VELASERVE_ENABLE_GRPC": "false", "VELASERVE_LOG_FORMAT": "json"},
        preexec_fn=lambda: os.sched_setaffinity(0, {SERVER_CORE}),
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def echo() -> Iterator[int]:
    with started(str(HERE / "echo.py")) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())


@contextmanager
def velaserve(folder: str) -> Iterator[int]:
    """The server on the tiny model (FP32 [1, 4], MLP 4-16-3), with its defaults."""
    tiny_model(Path(folder) / "model.onnx")
    with serving("--model-name", "tiny", "--model-dir", folder) as port:
        yield port


@contextmanager
def serving(*flags: str) -> Iterator[int]:
    """`velaserve serve` with these flags, on loopback."""
    where = ("--host", "127.0.0.1", "--http-port", "0", "--drain-delay-s", "0")
    with started("-m", "velaserve_runtime", "serve", *flags, *where) as process:
        assert process.stderr is not None
        for line in process.stderr:
            event = json.loads(line)
            if event["event"] == "ready":
                yield event["http_port"]
                return
        raise SystemExit("the server ended before it was ready")


def tiny_model(path: Path) -> None:
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper, save

    rng = np.random.default_rng(7)
    shapes = {"a": (4, 16), "b": (16,), "c": (16, 3), "d": (3,)}
    weights = [
        numpy_helper.from_array(rng.standard_normal(shape).astype(np.float32), name)
        for name, shape in shapes.items()
    ]
    nodes = [
        helper.make_node("Gemm", ["x", "a", "b"], ["h"]),
        helper.make_node("Relu", ["h"], ["r"]),
        helper.make_node("Gemm", ["r", "c", "d"], ["y"]),
    ]
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 4])
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 3])
    graph = helper.make_graph(nodes, "tiny", [x], [y], weights)
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), path)


def show(what: str, values: list[float]) -> None:
    low, middle, high = min(values), statistics.median(values), max(values)
    sys.stdout.write(f"{what:24} {middle:8.2f}  ({low:.2f} to {high:.2f})\n")


if __name__ == "__main__":
    main()
