# SPDX-License-Identifier: Apache-2.0
"""Tiny models for tests: each `write_*` puts one into a folder and returns the folder."""

from __future__ import annotations

import contextlib
import functools
import os
from typing import TYPE_CHECKING

import numpy as np
from onnx import TensorProto, helper

from support.onnx_graphs import Graph
from velaserve_runtime.protocol.datatypes import DATATYPES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DOUBLE = """
    inputs = (TensorSpec("x", "FP32", (-1, 4)),)
    outputs = (TensorSpec("y", "FP32", (-1, 4)),)

    def predict(self, inputs):
        return {"y": 2 * inputs["x"]}
"""
FAILING = """
    inputs = (TensorSpec("x", "FP32", (-1, 4)),)
    outputs = (TensorSpec("y", "FP32", (-1, 4)),)

    def predict(self, inputs):
        raise ValueError("this model always fails")
"""
SLEEPING = """
    inputs = (TensorSpec("seconds", "FP64", (-1,)),)
    outputs = (TensorSpec("slept", "FP64", (-1,)),)

    def predict(self, inputs):
        import time
        time.sleep(float(inputs["seconds"].max()))
        return {"slept": inputs["seconds"]}
"""
COMPUTING = """
    inputs = (TensorSpec("seconds", "FP64", (-1,)),)
    outputs = (TensorSpec("computed", "FP64", (-1,)),)

    def predict(self, inputs):
        import time
        end = time.thread_time() + float(inputs["seconds"].max())
        while time.thread_time() < end:
            pass
        return {"computed": inputs["seconds"]}
"""
GATED = """
    inputs = (TensorSpec("x", "FP32", (-1, 4)),)
    outputs = (TensorSpec("y", "FP32", (-1, 4)),)

    def load(self, directory):
        import os
        self.entered = os.open(directory / "entered", os.O_RDWR)
        self.gate = os.open(directory / "gate", os.O_RDWR)

    def predict(self, inputs):
        import os
        os.write(self.entered, b".")
        os.read(self.gate, 1)
        return {"y": 2 * inputs["x"]}

    def close(self):
        import os
        os.close(self.entered)
        os.close(self.gate)
"""


def write_onnx(folder: Path, model: bytes) -> Path:
    return _write(folder, "model.onnx", model)


def write_python(folder: Path, body: str) -> Path:
    """`body`: what stands in the class, indented by four; DOUBLE is an example."""
    source = "from velaserve_runtime.model import Model, TensorSpec\n\n\nclass Tested(Model):\n"
    return _write(folder, "model.py", (source + body).encode())


def write_double_onnx(folder: Path, factor: float = 2.0) -> Path:
    """x FP32[-1, 4] -> y FP32[-1, 4] = factor * x."""
    return write_onnx(folder, scale(factor, (None, 4)))


def write_fixed_onnx(folder: Path) -> Path:
    """x FP32[1, 4] -> y FP32[1, 4] = 2 * x: its first dimension is fixed."""
    return write_onnx(folder, scale(2.0, (1, 4)))


def write_simple_onnx(folder: Path) -> Path:
    """Triton's example: INPUT0, INPUT1 INT32[-1, 16] -> OUTPUT0 = sum, OUTPUT1 = difference."""
    return write_onnx(folder, add_sub())


def write_echo_onnx(folder: Path, datatype: str, shape: Sequence[int | None] = (None, 2)) -> Path:
    """x -> y = x of any V2 datatype; None is a free dimension."""
    return write_onnx(folder, echo(datatype, tuple(shape)))


def write_double_python(folder: Path) -> Path:
    """x FP32[-1, 4] -> y FP32[-1, 4] = 2 * x."""
    return write_python(folder, DOUBLE)


def write_failing_python(folder: Path) -> Path:
    """Loads, then raises ValueError for every batch."""
    return write_python(folder, FAILING)


def write_sleeping_python(folder: Path) -> Path:
    """seconds FP64[-1] -> slept FP64[-1], after the longest of them."""
    return write_python(folder, SLEEPING)


def write_computing_python(folder: Path) -> Path:
    """seconds FP64[-1] -> computed FP64[-1], after so much time of a CPU."""
    return write_python(folder, COMPUTING)


def write_echo_python(folder: Path) -> Path:
    """One free-shaped matrix of each V2 datatype: BOOL -> BOOL_out, INT8 -> INT8_out, ..."""
    specs = [f'TensorSpec("{name}{{0}}", "{name}", (-1, -1))' for name in DATATYPES]
    joined = ", ".join(specs)
    return write_python(
        folder,
        f"    inputs = ({joined.replace('{0}', '')},)\n"
        f"    outputs = ({joined.replace('{0}', '_out')},)\n\n"
        "    def predict(self, inputs):\n"
        '        return {name + "_out": array for name, array in inputs.items()}\n',
    )


class GatedModel:
    """A doubling model whose batches wait inside `predict` until the test lets them go.

    Order without sleeping: `wait_entered()`, then look at the server, then `release()`.
    """

    def __init__(self, folder: Path, body: str = GATED) -> None:
        self.folder = write_python(folder, body)
        os.mkfifo(folder / "entered")
        os.mkfifo(folder / "gate")
        self._entered = os.open(folder / "entered", os.O_RDWR)
        self._gate = os.open(folder / "gate", os.O_RDWR)

    def wait_entered(self) -> None:
        """Returns when one more batch is inside the model."""
        os.read(self._entered, 1)

    def release(self, batches: int = 1) -> None:
        """Lets so many batches out, now or when they come."""
        os.write(self._gate, b"." * batches)

    def forget(self) -> None:
        """Begins anew after a warm-up, of unknown length, that `release(1000)` let through."""
        for pipe in (self._entered, self._gate):
            os.set_blocking(pipe, False)
            with contextlib.suppress(BlockingIOError):
                os.read(pipe, 65_536)
            os.set_blocking(pipe, True)

    def close(self) -> None:
        os.close(self._entered)
        os.close(self._gate)


@functools.cache
def scale(factor: float, shape: tuple[int | None, ...]) -> bytes:
    graph = Graph(x=("FP32", shape)).constant("factor", np.array(factor, np.float32))
    return graph.node("Mul", "x factor", "y").output("y", "FP32", shape).build()


@functools.cache
def add_sub() -> bytes:
    shape = (None, 16)
    graph = Graph(INPUT0=("INT32", shape), INPUT1=("INT32", shape))
    graph.node("Add", "INPUT0 INPUT1", "OUTPUT0").node("Sub", "INPUT0 INPUT1", "OUTPUT1")
    return graph.output("OUTPUT0", "INT32", shape).output("OUTPUT1", "INT32", shape).build()


@functools.cache
def echo(datatype: str, shape: tuple[int | None, ...] | None) -> bytes:
    """`shape` None: of unknown rank."""
    graph = Graph(x=(datatype, shape)).node("Identity", "x", "y")
    return graph.output("y", datatype, shape).build()


@functools.cache
def minus_batch_mean() -> bytes:
    """x FP32[-1, 4] -> y = x - mean over the batch: a row's answer depends on the others."""
    graph = Graph(x=("FP32", (None, 4))).node("ReduceMean", "x", "mean", axes=[0], keepdims=1)
    return graph.node("Sub", "x mean", "y").output("y", "FP32", (None, 4)).build()


@functools.cache
def batch_sum() -> bytes:
    """x FP32[-1, 4] -> total FP32[]: an output without a batch dimension."""
    graph = Graph(x=("FP32", (None, 4))).node("ReduceSum", "x", "total", keepdims=0)
    return graph.output("total", "FP32", ()).build()


@functools.cache
def only_one_row() -> bytes:
    """x FP32[-1, 4] -> y FP32[-1, 4], but it fails on anything but one row."""
    graph = Graph(x=("FP32", (None, 4))).constant("shape", np.array([1, 4], np.int64))
    return graph.node("Reshape", "x shape", "y").output("y", "FP32", (None, 4)).build()


@functools.cache
def counting_loop() -> bytes:
    """turns INT64[1] -> count INT64[1], one turn at a time: runs as long as a test wants."""
    scalar = helper.make_tensor_value_info("turn", TensorProto.INT64, [])
    go_in = helper.make_tensor_value_info("go_in", TensorProto.BOOL, [])
    go_out = helper.make_tensor_value_info("go_out", TensorProto.BOOL, [])
    sum_in = helper.make_tensor_value_info("sum_in", TensorProto.INT64, [1])
    sum_out = helper.make_tensor_value_info("sum_out", TensorProto.INT64, [1])
    nodes = [
        helper.make_node("Add", ["sum_in", "one"], ["sum_out"]),
        helper.make_node("Identity", ["go_in"], ["go_out"]),
    ]
    body = helper.make_graph(nodes, "body", [scalar, go_in, sum_in], [go_out, sum_out])
    graph = Graph(turns=("INT64", (1,)))
    graph.constant("one", np.array([1], np.int64)).constant("zero", np.array([0], np.int64))
    graph.constant("go", np.array(True))
    graph.node("Loop", "turns go zero", "count", body=body)
    return graph.output("count", "INT64", (1,)).build()


def _write(folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return folder


def served_python(uri: str) -> dict[str, object]:
    """Properties of a component that serves a Python model."""
    return {
        "modelUri": uri,
        "modelFormat": {"name": "python"},
        "env": {"VELASERVE_ALLOW_PYTHON_MODELS": "true"},
    }
