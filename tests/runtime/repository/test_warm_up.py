# SPDX-License-Identifier: Apache-2.0
"""Batchable or not is found out on real models."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.backends import loaded
from support.models import (
    batch_sum,
    echo,
    minus_batch_mean,
    only_one_row,
    write_double_onnx,
    write_double_python,
    write_echo_onnx,
    write_failing_python,
    write_fixed_onnx,
    write_onnx,
    write_python,
    write_simple_onnx,
)
from support.onnx_graphs import Graph
from velaserve_runtime.protocol.datatypes import DATATYPES
from velaserve_runtime.protocol.errors import ConfigError, LoadFailed
from velaserve_runtime.repository.config import load_config
from velaserve_runtime.repository.warm_up import warm_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from velaserve_runtime.repository.warm_up import WarmUpReport

DIGITS = Path(__file__).parents[3] / "applications" / "models" / "digits"
SINGLE_ROW = """
    inputs = (TensorSpec("x", "FP32", (-1, 4)),)
    outputs = (TensorSpec("y", "FP32", (-1, 4)),)

    def predict(self, inputs):
        if len(inputs["x"]) > 1:
            raise ValueError("one at a time, please")
        return {"y": inputs["x"]}
"""
PICKY = """
    inputs = (TensorSpec("json", "BYTES", (-1,)),)
    outputs = (TensorSpec("length", "INT64", (-1,)),)

    def predict(self, inputs):
        import json, numpy as np
        return {"length": np.array([len(json.loads(text)) for text in inputs["json"]])}
"""
LEAKING = """
    inputs = (TensorSpec("x", "FP32", (-1, 4)),)
    outputs = (TensorSpec("y", "FP32", (-1, 4)),)

    def predict(self, inputs):
        x = inputs["x"]
        scale = abs(x).max() / 127
        return {"y": (x / scale).round() * scale}
"""


def report_on(folder: Path, config: str = "") -> WarmUpReport:
    if config:
        (folder / "velaserve.yaml").write_text(config)
    with loaded(folder) as (instance, spec):
        return warm_up(instance, spec, load_config(folder))


@pytest.mark.parametrize("write", [write_double_onnx, write_double_python, write_simple_onnx])
def test_rows_that_do_not_depend_on_each_other_are_batched(
    tmp_path: Path, write: Callable[[Path], Path]
) -> None:
    report = report_on(write(tmp_path))

    assert (report.batchable, report.reason, report.warmed) == (True, "", True)
    assert list(report.costs_ns) == [1, 3, 64]
    assert all(cost > 0 for cost in report.costs_ns.values())


@pytest.mark.parametrize("datatype", DATATYPES)
def test_every_datatype_is_warmed_up_and_compared(tmp_path: Path, datatype: str) -> None:
    report = report_on(write_echo_onnx(tmp_path, datatype))

    assert (report.batchable, report.warmed, report.reason) == (True, True, "")


@pytest.mark.parametrize("version", ["1", "2"])
def test_the_digits_model_is_batched(version: str) -> None:
    assert report_on(DIGITS / "onnx" / version).batchable


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        (minus_batch_mean(), "output 'y' of a row depends on the other rows of its batch"),
        (batch_sum(), "output 'total' [] has no free first dimension"),
        (only_one_row(), "output 'y' [1, 4] has no free first dimension"),
    ],
)
def test_models_whose_rows_depend_on_each_other_are_not(
    tmp_path: Path, model: bytes, reason: str
) -> None:
    report = report_on(write_onnx(tmp_path, model))

    assert (report.batchable, report.warmed) == (False, True)
    assert report.reason == f"not batched: {reason}"
    assert list(report.costs_ns) == [1]


def test_a_fixed_first_dimension_is_never_batched(tmp_path: Path) -> None:
    report = report_on(write_fixed_onnx(tmp_path))

    assert (report.batchable, report.warmed) == (False, True)
    assert report.reason == "not batched: input 'x' [1, 4] has no free first dimension"


def test_one_scale_for_the_whole_batch_is_noticed(tmp_path: Path) -> None:
    """As dynamic int8 quantisation does; the rows are alike, but not the same."""
    report = report_on(write_python(tmp_path, LEAKING))

    assert not report.batchable
    assert "depends on the other rows" in report.reason


def test_a_model_that_takes_only_single_rows_is_not_batched(tmp_path: Path) -> None:
    report = report_on(write_python(tmp_path, SINGLE_ROW))

    assert (report.batchable, report.warmed) == (False, True)
    assert "takes a row alone but not 3 at once" in report.reason
    assert "one at a time, please" in report.reason


@pytest.mark.parametrize(
    ("config", "reason"),
    [
        ("batching: off", "velaserve.yaml says batching: off"),
        ("max_batch_size: 1", "max_batch_size is 1"),
    ],
)
def test_the_configuration_turns_batching_off(tmp_path: Path, config: str, reason: str) -> None:
    report = report_on(write_double_onnx(tmp_path), config)

    assert (report.batchable, report.warmed) == (False, True)
    assert report.reason == f"not batched: {reason}"


def test_free_dimensions_need_a_sample(tmp_path: Path) -> None:
    report = report_on(write_onnx(tmp_path, echo("INT64", (None, None))))

    assert (report.batchable, report.warmed, report.costs_ns) == (False, False, {})
    assert "input 'x' has free dimensions [-1, -1]" in report.reason
    assert "warm_up: [{x: {shape: [1, ...]}}]" in report.reason


@pytest.mark.parametrize("data", ["zero", "random"])
def test_a_sample_gives_what_is_missing(tmp_path: Path, data: str) -> None:
    write_onnx(tmp_path, echo("INT64", (None, None)))

    report = report_on(tmp_path, f"warm_up: [{{x: {{shape: [1, 5], data: {data}}}}}]")

    assert (report.batchable, report.warmed, report.reason) == (True, True, "")


def test_made_up_inputs_that_a_model_refuses_are_no_reason_not_to_serve(tmp_path: Path) -> None:
    report = report_on(write_python(tmp_path, PICKY))

    assert (report.batchable, report.warmed) == (False, False)
    assert "made-up inputs failed" in report.reason
    assert "JSONDecodeError" in report.reason


def test_a_sample_of_the_configuration_that_fails_is_a_reason_not_to_serve(
    tmp_path: Path,
) -> None:
    with pytest.raises(LoadFailed, match=r"warm_up sample of velaserve.yaml failed: .*always fail"):
        report_on(write_failing_python(tmp_path), "warm_up: [{x: {shape: [1, 4]}}]")


def test_a_sample_of_another_model_is_a_reason_not_to_serve(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="names the input 'z', the model has x"):
        report_on(write_double_onnx(tmp_path), "warm_up: [{z: {shape: [1, 4]}}]")


def test_every_sample_is_run(tmp_path: Path) -> None:
    """The second one does not fit the table of the model."""
    graph = Graph(x=("INT64", (None, None))).constant("shape", np.array([-1, 3], np.int64))
    graph.node("Reshape", "x shape", "y").output("y", "INT64", (None, 3))
    write_onnx(tmp_path, graph.build())

    with pytest.raises(LoadFailed, match=r"sample of velaserve.yaml failed"):
        report_on(tmp_path, "warm_up: [{x: {shape: [1, 3]}}, {x: {shape: [1, 4]}}]")
