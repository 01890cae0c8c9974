# SPDX-License-Identifier: Apache-2.0
"""TorchScript on a pretended NPU answers as on the CPU, and is set up as an NPU wants it."""

from __future__ import annotations

import dataclasses
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.torch_models import (
    DOUBLE,
    DOUBLE_TENSORS,
    write_dense_torch,
    write_double_torch,
    write_torch,
)
from velaserve_runtime.backends.ascend.torch_ascend import TorchAscendInstance
from velaserve_runtime.backends.geared import GearedInstance
from velaserve_runtime.backends.registry import BackendSettings, open_instance
from velaserve_runtime.backends.torch_cpu import TorchCpuInstance
from velaserve_runtime.protocol.datatypes import DATATYPES
from velaserve_runtime.protocol.errors import ModelFailed
from velaserve_runtime.protocol.tensors import TensorSpec
from velaserve_runtime.repository.layout import VersionSource
from velaserve_runtime.repository.model_config import ModelConfig

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.torch_npu_shim.script import Script
    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.protocol.datatypes import Array
    from velaserve_runtime.protocol.tensors import ModelSpec

pytestmark = [pytest.mark.heavy, pytest.mark.usefixtures("npu")]

NUMBERS = [name for name in DATATYPES if name != "BYTES"]
NO_TENSORS = ((), ())


@contextmanager
def loaded(
    folder: Path, *, cpu_operators: bool = False
) -> Iterator[tuple[TorchAscendInstance, ModelSpec]]:
    file = folder / "model.pt"
    instance = TorchAscendInstance(file, 0, 1, NO_TENSORS, cpu_operators=cpu_operators)
    try:
        yield instance, instance.load()
    finally:
        instance.close()


def on_cpu(folder: Path, batch: Arrays) -> Arrays:
    instance = TorchCpuInstance(folder / "model.pt", 1, NO_TENSORS)
    instance.load()
    return instance.execute(batch)


def rows(count: int) -> Array:
    return np.random.default_rng(count).random((count, 4), np.float32) - 0.5


def test_says_where_the_model_runs_and_how(tmp_path: Path) -> None:
    import torch

    with loaded(write_double_torch(tmp_path)) as (_, spec):
        assert spec.inputs == (TensorSpec("x", "FP32", (-1, 4)),)
        assert spec.platform == "pytorch_libtorch"
        assert dataclasses.asdict(spec)["placement"] == {
            "device": "npu:0",
            "soc": "Ascend910B4",
            "torch": torch.__version__,
            "torch_npu": torch.__version__.partition("+")[0],
            "jit_compile": "false",
            "cpu_operators": "forbidden",
            "host_memory": "pinned",
        }


@pytest.mark.parametrize("count", [0, 1, 3, 500])
@pytest.mark.parametrize("freeze", [False, True])
def test_answers_as_the_cpu(tmp_path: Path, count: int, freeze: bool) -> None:
    write_dense_torch(tmp_path, freeze=freeze)
    with loaded(tmp_path) as (instance, _):
        instance.warm_up({"x": rows(2)})
        outputs = instance.execute({"x": rows(count)})

    np.testing.assert_allclose(outputs["y"], on_cpu(tmp_path, {"x": rows(count)})["y"], atol=1e-6)


@pytest.mark.parametrize("datatype", NUMBERS)
def test_every_datatype_but_bytes_goes_through_unchanged(tmp_path: Path, datatype: str) -> None:
    tensor = f"datatype: {datatype}, shape: [-1, 2]}}"
    embedded = f"inputs: [{{name: x, {tensor}]\noutputs: [{{name: y, {tensor}]\n"
    write_torch(tmp_path, "def forward(self, x):\n    return x\n", embedded)
    kind = DATATYPES[datatype]
    given = np.array([[0x3F80, 0x7FC0]] if datatype == "BF16" else [[0, 1]], kind.dtype)

    with loaded(tmp_path) as (instance, _):
        got = instance.execute({"x": given})["y"]

    assert (got.dtype, got.tolist()) == (kind.dtype, given.tolist())
    assert not np.shares_memory(got, given)


def test_computes_in_bfloat16(tmp_path: Path) -> None:
    write_torch(tmp_path, DOUBLE, DOUBLE_TENSORS.replace("FP32", "BF16"))
    ones = np.full((3, 4), 0x3F80, np.uint16)

    with loaded(tmp_path) as (instance, _):
        assert (instance.execute({"x": ones})["y"] == 0x4000).all()


@pytest.mark.parametrize(
    "answer",
    [
        "return x.transpose(0, 1).contiguous().transpose(0, 1)",
        "return x[:, :4]",
        "return x.mul_(2)",
        "return torch.zeros([x.size(0), 4], device=x.device) + x.sum()",
        "return {'y': x.double().float()}",
        "return torch.softmax(x, dim=1)",
    ],
)
def test_whatever_forward_does(tmp_path: Path, answer: str) -> None:
    write_torch(tmp_path, f"def forward(self, x):\n    {answer}\n", DOUBLE_TENSORS)
    given = rows(3)
    given.flags.writeable = False

    with loaded(tmp_path) as (instance, _):
        outputs = [instance.execute({"x": given})["y"] for _ in range(3)]

    for output in outputs:
        np.testing.assert_allclose(output, on_cpu(tmp_path, {"x": given})["y"], atol=1e-6)
        assert output.flags.writeable
    assert not np.shares_memory(outputs[0], outputs[1])


@pytest.mark.parametrize("count", [0, 1, 3, 8, 11])
def test_gears_around_it(tmp_path: Path, count: int) -> None:
    write_dense_torch(tmp_path)
    with loaded(tmp_path) as (instance, _):
        geared = GearedInstance(instance, (1, 2, 4, 8))
        assert geared.load().gears == (1, 2, 4, 8)
        for gear in (1, 2, 4, 8):
            geared.warm_up({"x": rows(gear)})
        outputs = geared.execute({"x": rows(count)})

    np.testing.assert_allclose(outputs["y"], on_cpu(tmp_path, {"x": rows(count)})["y"], atol=1e-6)


def test_is_set_up_before_anything_is_on_the_device(npu: Script, tmp_path: Path) -> None:
    with loaded(write_double_torch(tmp_path)):
        assert npu.calls[:7] == [
            "import TORCH_DEVICE_BACKEND_AUTOLOAD=0",
            "import TORCH_NPU_FALLBACK_CPU_DISABLE=1",
            "set_compile_mode jit_compile=False",
            "allow_internal_format False",
            "device_count",
            "set_device 0",
            "Stream npu:0",
        ]


def test_a_batch_waits_for_its_stream_alone_and_once(npu: Script, tmp_path: Path) -> None:
    with loaded(write_double_torch(tmp_path)) as (instance, _):
        npu.calls.clear()
        instance.execute({"x": rows(2)})
        assert npu.calls == [
            "set_device 0",
            "copy_to_device pinned",
            "mul",
            "copy_to_host pinned",
            "copy_to_host pinned",  # the proof
            "synchronize",
        ]


def test_any_thread_may_run_it(tmp_path: Path) -> None:
    answers: list[Array] = []
    with loaded(write_double_torch(tmp_path)) as (instance, _):
        run = threading.Thread(target=lambda: answers.append(instance.execute({"x": rows(2)})["y"]))
        run.start()
        run.join()
    np.testing.assert_array_equal(answers[0], 2 * rows(2))


def test_pageable_memory_where_there_is_no_other(npu: Script, tmp_path: Path) -> None:
    npu.can_pin = False
    with loaded(write_double_torch(tmp_path)) as (instance, spec):
        assert spec.placement["host_memory"] == "pageable"
        np.testing.assert_array_equal(instance.execute({"x": rows(2)})["y"], 2 * rows(2))


def test_operators_on_the_cpu_may_be_allowed(npu: Script, tmp_path: Path) -> None:
    with loaded(write_double_torch(tmp_path), cpu_operators=True) as (_, spec):
        assert spec.placement["cpu_operators"] == "allowed"
        assert "import TORCH_NPU_FALLBACK_CPU_DISABLE=0" in npu.calls


def test_torch_npu_that_forbids_no_operators_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "site" / "torch_npu" / "lib" / "libtorch_npu.so").write_bytes(b"older")

    with loaded(write_double_torch(tmp_path)) as (_, spec):
        assert spec.placement["cpu_operators"] == (
            "not forbidden, as this torch_npu does not know TORCH_NPU_FALLBACK_CPU_DISABLE"
        )
    assert "operators without a kernel for NPUs run on the CPU" in caplog.text


def test_close_gives_the_memory_back_and_load_opens_again(npu: Script, tmp_path: Path) -> None:
    with loaded(write_double_torch(tmp_path)) as (instance, _):
        instance.close()
        assert npu.calls[-1] == "empty_cache"
        with pytest.raises(ModelFailed, match=r"model\.pt is not loaded"):
            instance.execute({"x": rows(1)})
        instance.load()
        np.testing.assert_array_equal(instance.execute({"x": rows(1)})["y"], 2 * rows(1))


def test_the_registry_puts_gears_around_it(tmp_path: Path) -> None:
    source = VersionSource(
        "m", "1", tmp_path, write_double_torch(tmp_path) / "model.pt", "torchscript"
    )
    config = ModelConfig(gears_batch=(2, 4))
    instance = open_instance(source, config, BackendSettings(device="ascend"))
    try:
        spec = instance.load()
        assert (spec.gears, spec.placement["device"]) == ((2, 4), "npu:0")
        assert spec.placement["cpu_operators"] == "forbidden"
        np.testing.assert_array_equal(instance.execute({"x": rows(3)})["y"], 2 * rows(3))
    finally:
        instance.close()
