# SPDX-License-Identifier: Apache-2.0
"""Each batch size that was ordered has run before the model is ready, or it never is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.backends import loaded
from support.models import (
    echo,
    only_one_row,
    write_double_onnx,
    write_fixed_onnx,
    write_onnx,
    write_python,
)
from support.server import running_server, spawn_server
from support.torch_models import DOUBLE, DOUBLE_TENSORS, write_torch
from velaserve_runtime.protocol.errors import ConfigError, LoadFailed
from velaserve_runtime.repository.config import load_config
from velaserve_runtime.repository.warm_up_sizes import warm_up_sizes

if TYPE_CHECKING:
    from pathlib import Path

NOTING = """
    inputs = (TensorSpec("x", "FP32", (-1, -1)),)
    outputs = (TensorSpec("y", "FP32", (-1, -1)),)

    def load(self, directory):
        self.shapes = directory / "shapes"

    def predict(self, inputs):
        with self.shapes.open("a") as file:
            print(*inputs["x"].shape, file=file)
        return {"y": inputs["x"]}
"""


def run_sizes(folder: Path, config: str) -> dict[str, float]:
    (folder / "velaserve.yaml").write_text(config)
    with loaded(folder) as (instance, spec):
        return warm_up_sizes(instance, spec, load_config(folder))


def test_each_size_runs_once(tmp_path: Path) -> None:
    write_python(tmp_path, NOTING)

    taken = run_sizes(tmp_path, "warmup_batch_sizes: [8, 1, 8]")

    assert (tmp_path / "shapes").read_text() == "1 1\n8 1\n"
    assert list(taken) == ["1", "8"]
    assert all(milliseconds > 0 for milliseconds in taken.values())


def test_a_sample_says_how_large_the_other_dimensions_are(tmp_path: Path) -> None:
    write_python(tmp_path, NOTING)

    run_sizes(tmp_path, "warmup_batch_sizes: [2]\nwarm_up: [{x: {shape: [1, 5]}}]")

    assert (tmp_path / "shapes").read_text() == "2 5\n"


def test_without_sizes_nothing_runs(tmp_path: Path) -> None:
    write_python(tmp_path, NOTING)

    assert run_sizes(tmp_path, "") == {}
    assert not (tmp_path / "shapes").exists()


@pytest.mark.parametrize("datatype", ["BYTES", "BF16", "INT8"])
def test_every_kind_of_datatype_can_be_made_up(tmp_path: Path, datatype: str) -> None:
    write_onnx(tmp_path, echo(datatype, (None, None)))

    assert list(run_sizes(tmp_path, "warmup_batch_sizes: [3]")) == ["3"]


@pytest.mark.heavy
def test_torchscript_runs_with_the_shapes_that_it_declares(tmp_path: Path) -> None:
    tensors = DOUBLE_TENSORS.replace("[-1, 4]", "[-1, -1]")

    assert list(
        run_sizes(write_torch(tmp_path, DOUBLE, tensors), "warmup_batch_sizes: [1, 4]")
    ) == [
        "1",
        "4",
    ]


@pytest.mark.heavy
def test_torchscript_that_declares_no_shapes_is_not_loaded(tmp_path: Path) -> None:
    with pytest.raises(LoadFailed, match="TorchScript does not say what it takes; needs inputs"):
        run_sizes(write_torch(tmp_path, DOUBLE), "warmup_batch_sizes: [1]")


def test_a_model_without_a_batch_dimension_is_not_loaded(tmp_path: Path) -> None:
    with pytest.raises(LoadFailed) as caught:
        run_sizes(write_fixed_onnx(tmp_path), "warmup_batch_sizes: [1]")

    assert str(caught.value) == (
        "warmup_batch_sizes [1] needs an input with a free first dimension, the model has "
        "'x' [1, 4]; leave warmup_batch_sizes out"
    )


def test_a_size_that_fails_is_a_reason_not_to_serve(tmp_path: Path) -> None:
    with pytest.raises(LoadFailed, match=r"warm-up with 2 rows \(x \[2, 4\]\) failed: .*Reshape"):
        run_sizes(write_onnx(tmp_path, only_one_row()), "warmup_batch_sizes: [1, 2]")


def test_a_sample_of_another_model_is_a_reason_not_to_serve(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="names the input 'z', the model has x"):
        run_sizes(
            write_double_onnx(tmp_path),
            "warmup_batch_sizes: [1]\nwarm_up: [{z: {shape: [1, 4]}}]",
        )


def test_a_server_is_ready_once_all_sizes_have_run(tmp_path: Path) -> None:
    write_python(tmp_path, NOTING)
    flags = ("--model-name", "m", "--model-dir", str(tmp_path), "--allow-python-models")

    with running_server(*flags, VELASERVE_WARMUP_BATCH_SIZES="1,5") as server:
        assert (tmp_path / "shapes").read_text() == "1 1\n5 1\n"
        (line,) = server.find("batch sizes warmed up")
        assert (line["model"], line["version"]) == ("m", "1")
        assert list(line["milliseconds"]) == ["1", "5"]


def test_gears_run_too_and_are_the_largest_batches(tmp_path: Path) -> None:
    write_double_onnx(tmp_path)
    flags = ("--model-name", "m", "--model-dir", str(tmp_path), "--gears-batch", "4,2")
    rows = [[1, 2, 3, 4]] * 9
    tensor = {"name": "x", "shape": [9, 4], "datatype": "FP32", "data": rows}

    with running_server(*flags, VELASERVE_WARMUP_BATCH_SIZES="1") as server:
        (line,) = server.find("batch sizes warmed up")
        assert list(line["milliseconds"]) == ["1", "2", "4"]
        assert server.infer("m", {"inputs": [tensor]}).status == 200
        (stats,) = server.request("GET", "/v2/models/m/stats").json["model_stats"]
        assert stats["scheduling"]["gears"] == [2, 4]
        assert stats["scheduling"]["max_batch_size"] == 4
        config = server.request("GET", "/v2/models/m/config").json
        assert config["max_batch_size"] == 4


def test_gears_of_a_model_that_is_never_batched_are_refused(tmp_path: Path) -> None:
    write_onnx(tmp_path, echo("FP32", (None, None)))

    server = spawn_server("--model-dir", str(tmp_path), "--gears-batch", "1,4")

    assert server.wait() == 1
    (line,) = server.find("fatal")
    assert line["reason"].startswith(
        "gears_batch [1, 4] needs a model whose requests may share a batch, this one is not "
        "batched: input 'x' has free dimensions [-1, -1]; give a sample in velaserve.yaml"
    )


def test_a_server_whose_warm_up_fails_ends_with_the_cause(tmp_path: Path) -> None:
    write_onnx(tmp_path, only_one_row())

    server = spawn_server("--model-dir", str(tmp_path), "--warmup-batch-sizes", "2")

    assert server.wait() == 1
    (line,) = server.find("fatal")
    assert line["reason"].startswith(
        f"warm-up with 2 rows (x [2, 4]) failed: {tmp_path}/model.onnx"
    )
    assert "requested shape:{1,4}; take 2 out of warmup_batch_sizes" in line["reason"]


def test_a_size_over_the_largest_batch_is_refused(tmp_path: Path) -> None:
    write_double_onnx(tmp_path)

    server = spawn_server(
        *("--model-dir", str(tmp_path), "--warmup-batch-sizes", "4,8", "--max-batch-size", "4")
    )

    assert server.wait() == 1
    (line,) = server.find("fatal")
    assert line["reason"].endswith(
        "warmup_batch_sizes has 8, over max_batch_size 4; lower the one or raise the other"
    )
