# SPDX-License-Identifier: Apache-2.0
"""TorchScript on the CPU: what it declares, what it returns, what is refused."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.backends import loaded, open_folder
from support.torch_models import DOUBLE, DOUBLE_TENSORS, write_double_torch, write_torch
from velaserve_runtime.protocol.datatypes import DATATYPES
from velaserve_runtime.protocol.errors import ConfigError, LoadFailed, ModelFailed
from velaserve_runtime.protocol.tensors import TensorSpec

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.heavy

BATCH = {"x": np.ones((1, 4), np.float32)}
NUMBERS = [name for name in DATATYPES if name != "BYTES"]
TWO_OUTPUTS = """
inputs: [{name: x, datatype: FP32, shape: [-1, 4]}]
outputs:
  - {name: sum, datatype: FP32, shape: [-1, 4]}
  - {name: product, datatype: FP32, shape: [-1, 4]}
"""


def tensors(datatype: str) -> str:
    tensor = f"datatype: {datatype}, shape: [-1, 2]}}"
    return f"inputs: [{{name: x, {tensor}]\noutputs: [{{name: y, {tensor}]\n"


@pytest.mark.parametrize("datatype", NUMBERS)
def test_every_datatype_but_bytes_goes_through_unchanged(tmp_path: Path, datatype: str) -> None:
    write_torch(tmp_path, "def forward(self, x):\n    return x\n", tensors(datatype))
    kind = DATATYPES[datatype]
    given = np.array([[0x3F80, 0x7FC0]] if datatype == "BF16" else [[0, 1]], kind.dtype)

    with loaded(tmp_path) as (instance, _):
        got = instance.execute({"x": given})["y"]

        assert (got.dtype, got.tolist()) == (kind.dtype, given.tolist())
        assert not np.shares_memory(got, given)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("return x + x, x * x", "tuple"),
        ("return [x + x, x * x]", "list"),
        ("return {'product': x * x, 'sum': x + x}", "dict"),
    ],
)
def test_several_outputs_are_named_in_order_or_by_key(
    tmp_path: Path, answer: str, kind: str
) -> None:
    write_torch(tmp_path, f"def forward(self, x):\n    {answer}\n", TWO_OUTPUTS)

    with loaded(tmp_path) as (instance, _):
        outputs = instance.execute({"x": np.full((1, 4), 3, np.float32)})

        assert outputs["sum"].tolist() == [[6, 6, 6, 6]], kind
        assert outputs["product"].tolist() == [[9, 9, 9, 9]], kind


def test_inputs_go_in_the_declared_order(tmp_path: Path) -> None:
    spec = "datatype: FP32, shape: [-1]}"
    write_torch(
        tmp_path,
        "def forward(self, a, b):\n    return a - b\n",
        f"inputs: [{{name: first, {spec}, {{name: second, {spec}]\noutputs: [{{name: d, {spec}]\n",
    )
    batch = {"second": np.array([1], np.float32), "first": np.array([3], np.float32)}

    with loaded(tmp_path) as (instance, _):
        assert instance.execute(batch)["d"].tolist() == [2]


def test_what_lies_beside_the_model_wins_over_what_lies_inside(tmp_path: Path) -> None:
    write_double_torch(tmp_path)
    (tmp_path / "velaserve.yaml").write_text(
        "inputs: [{name: pixels, datatype: FP32, shape: [-1, -1]}]\n"
    )

    with loaded(tmp_path) as (_, spec):
        assert spec.inputs == (TensorSpec("pixels", "FP32", (-1, -1)),)
        assert spec.outputs == (TensorSpec("y", "FP32", (-1, 4)),)


def test_a_model_that_says_nothing_is_refused_with_what_to_write(tmp_path: Path) -> None:
    instance = open_folder(write_torch(tmp_path, DOUBLE))

    with pytest.raises(LoadFailed, match=r"does not say what it takes; needs inputs: \[\{name: x"):
        instance.load()


def test_a_mistake_inside_the_file_has_a_position(tmp_path: Path) -> None:
    instance = open_folder(write_torch(tmp_path, DOUBLE, "input: []\n"))

    with pytest.raises(
        ConfigError, match=r"model.pt!velaserve.yaml:1:1: input: .*did you mean inputs\?"
    ):
        instance.load()


def test_bytes_are_refused(tmp_path: Path) -> None:
    instance = open_folder(write_torch(tmp_path, DOUBLE, tensors("BYTES")))

    with pytest.raises(LoadFailed, match="'x' is BYTES, torch has no strings"):
        instance.load()


def test_an_exception_in_forward_is_told_in_one_line_and_logged_whole(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    forward = "def forward(self, x):\n    assert x.sum() < 0, 'too large'\n    return x\n"
    write_torch(tmp_path, forward, DOUBLE_TENSORS)

    with loaded(tmp_path) as (instance, _):
        with pytest.raises(ModelFailed, match=r"^torch: .*too large$"):
            instance.execute(BATCH)

        assert "Traceback of TorchScript" in caplog.text


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("return x, x", r"forward\(\) returned 2 tensors, 1 outputs are declared"),
        ("return x.double()", "'y' has the element type float64"),
        ("return x[0]", r"'y' has shape \[4\]"),
        ("return {'z': x}", r"gave the outputs \['z'\]"),
    ],
)
def test_an_answer_that_breaks_the_declaration_fails(
    tmp_path: Path, answer: str, reason: str
) -> None:
    write_torch(tmp_path, f"def forward(self, x):\n    {answer}\n", DOUBLE_TENSORS)

    with loaded(tmp_path) as (instance, _), pytest.raises(ModelFailed, match=reason):
        instance.execute(BATCH)


def test_a_model_that_writes_into_its_input_spoils_nothing_read_only(tmp_path: Path) -> None:
    write_torch(tmp_path, "def forward(self, x):\n    return x.mul_(2)\n", DOUBLE_TENSORS)
    given = np.ones((1, 4), np.float32)
    given.flags.writeable = False

    with loaded(tmp_path) as (instance, _):
        assert instance.execute({"x": given})["y"].tolist() == [[2, 2, 2, 2]]
        assert given.tolist() == [[1, 1, 1, 1]]


def test_a_warm_up_runs_twice_because_the_second_run_compiles(tmp_path: Path) -> None:
    write_torch(tmp_path, "def forward(self, x):\n    return x.mul_(2)\n", DOUBLE_TENSORS)
    sample = np.ones((1, 4), np.float32)

    with loaded(tmp_path) as (instance, _):
        instance.warm_up({"x": sample})

    assert sample.tolist() == [[4, 4, 4, 4]]


def test_it_says_where_the_model_runs(tmp_path: Path) -> None:
    with loaded(write_double_torch(tmp_path)) as (_, spec):
        assert dataclasses.asdict(spec)["placement"] == {"device": "cpu", "intra_op_threads": "1"}
