# SPDX-License-Identifier: Apache-2.0
"""onnxruntime on the CPU: datatypes, shapes, refusals, cancellation."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.backends import loaded, open_folder
from support.models import (
    batch_sum,
    counting_loop,
    echo,
    write_double_onnx,
    write_echo_onnx,
    write_onnx,
)
from support.onnx_graphs import Graph
from velaserve_runtime.backends.onnx_cpu import OnnxCpuInstance
from velaserve_runtime.protocol.datatypes import DATATYPES
from velaserve_runtime.protocol.errors import InvalidRequest, LoadFailed, ModelFailed
from velaserve_runtime.protocol.tensors import TensorSpec

if TYPE_CHECKING:
    from pathlib import Path

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.protocol.datatypes import Array

BFLOAT16_1_2_3 = np.array([[0x3F80, 0x4000], [0x4040, 0x7FC0]], np.uint16)


def sample(datatype: str) -> Array:
    """Two rows that reach the ends of the datatype."""
    if datatype == "BYTES":
        return np.array([[b"", "z\u00fcrich".encode()], [b"a\x00b", "\u4e2d".encode()]], np.object_)
    if datatype == "BF16":
        return BFLOAT16_1_2_3
    kind = DATATYPES[datatype]
    return np.array([[kind.lowest, kind.highest], [0, 1]], kind.dtype)


@pytest.mark.parametrize("datatype", DATATYPES)
def test_every_datatype_goes_through_unchanged(tmp_path: Path, datatype: str) -> None:
    with loaded(write_echo_onnx(tmp_path, datatype)) as (instance, spec):
        given = sample(datatype)

        got = instance.execute({"x": given})["y"]

        assert spec.inputs == (TensorSpec("x", datatype, (-1, 2)),)
        assert (got.dtype, got.shape) == (DATATYPES[datatype].dtype, (2, 2))
        assert got.tolist() == given.tolist()
        assert not np.shares_memory(got, given) or datatype == "BYTES"


@pytest.mark.parametrize("datatype", DATATYPES)
def test_every_datatype_goes_through_without_rows(tmp_path: Path, datatype: str) -> None:
    with loaded(write_echo_onnx(tmp_path, datatype)) as (instance, _):
        got = instance.execute({"x": sample(datatype)[:0]})["y"]

        assert (got.dtype, got.shape) == (DATATYPES[datatype].dtype, (0, 2))


def test_bfloat16_beside_other_datatypes(tmp_path: Path) -> None:
    graph = Graph(a=("BF16", (None, 2)), b=("FP32", (None, 2)))
    graph.node("Cast", "a", "wide", to=1).node("Add", "wide b", "sum")
    write_onnx(tmp_path, graph.output("sum", "FP32", (None, 2)).build())

    with loaded(tmp_path) as (instance, _):
        batch: Arrays = {"a": BFLOAT16_1_2_3[:1], "b": np.array([[10, 20]], np.float32)}

        assert instance.execute(batch)["sum"].tolist() == [[11, 22]]


def test_an_onnxruntime_without_bfloat16_says_so_at_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """onnxruntime 1.18, the oldest supported, has no such constructor."""
    import onnxruntime

    monkeypatch.delattr(onnxruntime.OrtValue, "ortvalue_from_numpy_with_onnx_type", raising=False)

    with pytest.raises(LoadFailed, match=r"'x' is bfloat16, which onnxruntime .* does not take"):
        open_folder(write_echo_onnx(tmp_path, "BF16")).load()


def test_bytes_that_are_not_text_are_the_clients_mistake(tmp_path: Path) -> None:
    with (
        loaded(write_echo_onnx(tmp_path, "BYTES")) as (instance, _),
        pytest.raises(InvalidRequest, match="input 'x': an element is not UTF-8"),
    ):
        instance.execute({"x": np.array([[b"ok", b"\xff"]], np.object_)})


@pytest.mark.parametrize(
    ("declared", "served"),
    [
        ((None, 4), (-1, 4)),
        (("N", "M"), (-1, -1)),
        ((2, 3), (2, 3)),
        ((-1, 4), (-1, 4)),
        ((), ()),
    ],
)
def test_shapes_are_taken_as_declared(
    tmp_path: Path, declared: tuple[int | str | None, ...], served: tuple[int, ...]
) -> None:
    graph = Graph(x=("FP32", declared)).node("Identity", "x", "y")
    write_onnx(tmp_path, graph.output("y", "FP32", declared).build())

    with loaded(tmp_path) as (_, spec):
        assert (spec.inputs[0].shape, spec.outputs[0].shape) == (served, served)


def test_a_scalar_output_stays_one(tmp_path: Path) -> None:
    with loaded(write_onnx(tmp_path, batch_sum())) as (instance, spec):
        total = instance.execute({"x": np.ones((2, 4), np.float32)})["total"]

        assert spec.outputs == (TensorSpec("total", "FP32", ()),)
        assert (total.shape, total.tolist()) == ((), 8.0)


def test_an_unknown_rank_is_not_taken_for_a_scalar(tmp_path: Path) -> None:
    instance = open_folder(write_onnx(tmp_path, echo("FP32", None)))

    with pytest.raises(LoadFailed, match="how many dimensions 'x' has; declare it in velaserve"):
        instance.load()


def test_an_unknown_rank_may_be_declared(tmp_path: Path) -> None:
    write_onnx(tmp_path, echo("FP32", None))
    (tmp_path / "velaserve.yaml").write_text(
        "inputs: [{name: x, datatype: FP32, shape: [-1, 3]}]\n"
        "outputs: [{name: y, datatype: FP32, shape: [-1, 3]}]\n"
    )

    with loaded(tmp_path) as (_, spec):
        assert spec.inputs == (TensorSpec("x", "FP32", (-1, 3)),)
        assert spec.outputs == (TensorSpec("y", "FP32", (-1, 3)),)


@pytest.mark.parametrize(
    ("tensor", "reason"),
    [
        ("{name: x, datatype: FP64, shape: [-1, 4]}", "'x' as FP64.*the model as FP32"),
        ("{name: x, datatype: FP32, shape: [-1, 5]}", r"'x' as FP32\[-1, 5\]"),
        ("{name: image, datatype: FP32, shape: [-1, 4]}", "declares 'image', but the model has"),
    ],
)
def test_a_declaration_that_contradicts_the_model_is_refused(
    tmp_path: Path, tensor: str, reason: str
) -> None:
    write_double_onnx(tmp_path)
    (tmp_path / "velaserve.yaml").write_text(f"inputs: [{tensor}]\n")

    with pytest.raises(LoadFailed, match=reason):
        open_folder(tmp_path).load()


def test_a_type_that_v2_cannot_carry_is_refused_by_name(tmp_path: Path) -> None:
    graph = Graph(x=("COMPLEX64", (None,))).node("Identity", "x", "y")
    write_onnx(tmp_path, graph.output("y", "COMPLEX64", (None,)).build())

    with pytest.raises(LoadFailed, match=str(tmp_path)):
        open_folder(tmp_path).load()


def test_a_sequence_is_refused_by_name(tmp_path: Path) -> None:
    graph = Graph(x=("FP32", (2, 4))).node("SplitToSequence", "x", "parts")
    write_onnx(tmp_path, graph.sequence_output("parts", "FP32", (1, 4)).build())

    with pytest.raises(LoadFailed, match=r"tensor 'parts' is seq\(tensor\(float\)\)"):
        open_folder(tmp_path).load()


def test_a_truncated_file_is_refused_with_the_engines_reason(tmp_path: Path) -> None:
    file = write_double_onnx(tmp_path) / "model.onnx"
    file.write_bytes(file.read_bytes()[:-20])

    with pytest.raises(LoadFailed, match=f"{file} is not a model onnxruntime can load.*rotobuf"):
        open_folder(tmp_path).load()


def test_a_constant_output_cannot_be_spoilt_by_who_got_it(tmp_path: Path) -> None:
    graph = Graph(x=("FP32", (None, 4))).constant("c", np.ones((1, 4), np.float32))
    write_onnx(tmp_path, graph.node("Identity", "c", "y").output("y", "FP32", (1, 4)).build())

    with loaded(tmp_path) as (instance, _):
        batch = {"x": np.zeros((1, 4), np.float32)}
        instance.execute(batch)["y"][:] = 7

        assert instance.execute(batch)["y"].tolist() == [[1, 1, 1, 1]]


def test_what_goes_wrong_in_a_run_is_told_once_and_not_to_stderr(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    graph = Graph(x=("INT64", (None,))).constant("table", np.zeros(3, np.float32))
    write_onnx(tmp_path, graph.node("Gather", "table x", "y").output("y", "FP32", (None,)).build())

    with (
        loaded(tmp_path) as (instance, _),
        pytest.raises(ModelFailed, match="indices element out of data bounds"),
    ):
        instance.execute({"x": np.array([99])})

    assert capfd.readouterr().err == ""


def test_cancel_ends_a_run_from_another_thread(tmp_path: Path) -> None:
    """Cancels again and again, as the run may not have begun at the first time."""
    with loaded(write_onnx(tmp_path, counting_loop())) as (instance, _):
        ended = threading.Event()
        failures: list[ModelFailed] = []

        def run() -> None:
            try:
                instance.execute({"turns": np.array([2**40])})
            except ModelFailed as err:
                failures.append(err)
            ended.set()

        thread = threading.Thread(target=run)
        thread.start()
        while not ended.wait(0.01):
            instance.cancel()
        thread.join()

        assert "terminate" in str(failures[0])
        assert instance.execute({"turns": np.array([5])})["count"].tolist() == [5]


def test_a_run_before_load_fails(tmp_path: Path) -> None:
    file = write_double_onnx(tmp_path) / "model.onnx"

    with pytest.raises(ModelFailed, match="is not loaded"):
        OnnxCpuInstance(file, 1, ((), ())).execute({})


def test_it_says_where_the_model_runs(tmp_path: Path) -> None:
    with loaded(write_double_onnx(tmp_path)) as (_, spec):
        assert spec.placement == {
            "device": "cpu",
            "provider": "CPUExecutionProvider",
            "intra_op_threads": "1",
        }
