# SPDX-License-Identifier: Apache-2.0
"""ONNX by the real onnxruntime-cann on the simulator: what the scheduler may rely on."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.cann_models import GEARS, dense, rows, write
from support.offline_models import dense_answer
from support.onnx_graphs import Graph
from velaserve_runtime.backends.registry import BackendSettings, open_instance
from velaserve_runtime.protocol.errors import InvalidRequest, LoadFailed, ModelFailed
from velaserve_runtime.protocol.tensors import TensorSpec
from velaserve_runtime.repository.layout import scan_model
from velaserve_runtime.repository.model_config import ModelConfig

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.call_log import CallLog
    from support.cann_models import Cann
    from velaserve_runtime.backends.process.instance import ProcessInstance
    from velaserve_runtime.protocol.datatypes import Array
    from velaserve_runtime.protocol.tensors import ModelSpec

pytestmark = pytest.mark.cann


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "models", dense())


@pytest.fixture
def warm(cann: Cann, folder: Path) -> Iterator[tuple[ProcessInstance, ModelSpec]]:
    with cann.loaded(folder) as (instance, spec):
        for gear in GEARS:
            instance.warm_up({"x": rows(gear)})
        yield instance, spec


def test_contract(warm: tuple[ProcessInstance, ModelSpec]) -> None:
    instance, spec = warm
    assert spec.inputs == (TensorSpec("x", "FP32", (-1, 4)),)
    assert spec.outputs == (TensorSpec("y", "FP32", (-1, 3)),)
    assert (spec.gears, spec.platform) == (GEARS, "onnxruntime_onnx")
    for gear in GEARS:
        answers_each_row(instance, gear)
    answers_are_fresh(instance)
    takes_read_only_and_strided_inputs(instance)
    another_thread_may_run(instance)
    goes_on_after_wrong_inputs(instance)
    instance.cancel()
    answers_each_row(instance, 2)


def answers_each_row(instance: ProcessInstance, gear: int) -> None:
    batch = {"x": rows(gear)}
    outputs = instance.execute(batch)
    assert list(outputs) == ["y"]
    assert outputs["y"].dtype == np.float32
    np.testing.assert_allclose(outputs["y"], dense_answer(rows(gear)), atol=1e-6)
    np.testing.assert_array_equal(batch["x"], rows(gear))


def answers_are_fresh(instance: ProcessInstance) -> None:
    first = instance.execute({"x": rows(2)})["y"]
    first[:] = -1
    answers_each_row(instance, 2)
    assert (first == -1).all()


def takes_read_only_and_strided_inputs(instance: ProcessInstance) -> None:
    frozen = rows(2)
    frozen.flags.writeable = False
    instance.execute({"x": frozen})
    strided = rows(4)[::2]
    y = instance.execute({"x": strided})["y"]
    np.testing.assert_allclose(y, dense_answer(strided), atol=1e-6)


def another_thread_may_run(instance: ProcessInstance) -> None:
    answers: list[Array] = []
    thread = threading.Thread(target=lambda: answers.append(instance.execute({"x": rows(1)})["y"]))
    thread.start()
    thread.join()
    np.testing.assert_allclose(answers[0], dense_answer(rows(1)), atol=1e-6)


def goes_on_after_wrong_inputs(instance: ProcessInstance) -> None:
    with pytest.raises(ModelFailed, match=r"onnxruntime: .*Unexpected input data type"):
        instance.execute({"x": np.zeros((1, 4), np.float64)})
    answers_each_row(instance, 1)


def test_close_is_idempotent_and_load_opens_again(cann: Cann, folder: Path) -> None:
    instance = cann.open(folder)
    instance.load()
    instance.close()
    instance.close()
    with pytest.raises(ModelFailed, match="is not loaded"):
        instance.execute({"x": rows(1)})
    instance.load()
    instance.warm_up({"x": rows(1)})
    answers_each_row(instance, 1)
    instance.close()


@pytest.mark.parametrize("content", [b"", b"\x00 this is no model \xff"])
def test_file_of_another_kind_is_refused_with_its_path(
    cann: Cann, folder: Path, content: bytes
) -> None:
    file = folder / "model.onnx"
    file.write_bytes(content)

    with pytest.raises(LoadFailed, match=f"{file} is not a model"), cann.loaded(folder):
        pass


def test_file_that_vanished_is_refused_with_its_path(cann: Cann, folder: Path) -> None:
    instance = cann.open(folder)
    (folder / "model.onnx").unlink()

    with pytest.raises(LoadFailed, match=r"model\.onnx cannot be read: No such file"):
        instance.load()


def test_shape_that_was_not_warmed_up_never_reaches_the_compiler(
    calls: CallLog, warm: tuple[ProcessInstance, ModelSpec]
) -> None:
    instance, _ = warm
    compiled = calls.count("aclgrphBuildModel")

    with pytest.raises(
        InvalidRequest, match=r"shapes \[3, 4\]: .* compiled for \[1, 4\]; \[2, 4\];"
    ):
        instance.execute({"x": rows(3)})
    with pytest.raises(
        InvalidRequest, match=r"a batch of 3 rows, expected one of the gears 1, 2, 4"
    ):
        instance.warm_up({"x": rows(3)})

    assert calls.count("aclgrphBuildModel") == compiled


def test_free_dimensions_beside_the_first_are_those_of_the_warm_up(
    calls: CallLog, cann: Cann, tmp_path: Path
) -> None:
    model = Graph(x=("FP32", (None, None))).node("Relu", "x", "y").output("y", "FP32", (None, None))
    folder = write(tmp_path / "relu", model.build())
    with cann.loaded(folder) as (instance, spec):
        assert spec.inputs[0].shape == (-1, -1)
        for columns in (3, 5):
            x = rows(2, columns)
            instance.warm_up({"x": x})
            np.testing.assert_array_equal(instance.execute({"x": x})["y"], np.maximum(x, 0))

        with pytest.raises(InvalidRequest, match=r"shapes \[2, 4\].*for \[2, 3\]; \[2, 5\];"):
            instance.execute({"x": rows(2, 4)})
        with pytest.raises(InvalidRequest, match=r"shapes \[4, 3\]"):
            instance.execute({"x": rows(4, 3)})
    assert calls.count("aclgrphBuildModel") == 2


def test_model_of_one_shape_has_no_gears(cann: Cann, tmp_path: Path) -> None:
    model = Graph(x=("FP32", (3, 4))).node("Relu", "x", "y").output("y", "FP32", (3, 4))
    folder = write(tmp_path / "fixed", model.build())
    with cann.loaded(folder) as (instance, spec):
        assert spec.gears == ()
        instance.warm_up({"x": rows(3)})
        np.testing.assert_array_equal(instance.execute({"x": rows(3)})["y"], np.maximum(rows(3), 0))


def test_gears_that_nobody_declared_are_one_row(cann: Cann, folder: Path) -> None:
    with cann.loaded(folder, ModelConfig()) as (_, spec):
        assert spec.gears == (1,)


@pytest.mark.parametrize("operator", ["Sin", "Softsign"])
def test_operator_that_cann_does_not_have(cann: Cann, folder: Path, operator: str) -> None:
    write(folder, dense(operator=operator))
    reason = (
        r"model\.onnx: aclgrphParseONNXFromMem failed with -1, CANN's compiler refused the model"
    )
    words = rf"EZ9010: No parser is registered for Op \[, optype \[ai\.onnx::13::{operator}\]\]"

    with (
        cann.loaded(folder) as (instance, _),
        pytest.raises(LoadFailed, match=f"{reason}.*{words}"),
    ):
        instance.warm_up({"x": rows(1)})


def test_texts_are_refused(cann: Cann, tmp_path: Path) -> None:
    model = Graph(x=("BYTES", (None,))).node("Identity", "x", "y").output("y", "BYTES", (None,))
    folder = write(tmp_path / "texts", model.build())

    with pytest.raises(LoadFailed, match="tensor 'x' has texts"), cann.loaded(folder):
        pass


@pytest.mark.usefixtures("calls")
def test_cache_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    settings = BackendSettings(device="ascend", compile_cache_dir=str(tmp_path / "file"))
    (tmp_path / "file").touch()

    instance = open_instance(scan_model(folder, "m")[0], ModelConfig(), settings)

    with pytest.raises(LoadFailed, match=r"compile cache .*file cannot be used by uid \d+: "):
        instance.load()


@pytest.mark.usefixtures("calls")
def test_temporary_cache_is_said(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    settings = BackendSettings(device="ascend")
    instance = open_instance(scan_model(folder, "m")[0], ModelConfig(), settings)
    try:
        cache = instance.load().placement["compile_cache"]
    finally:
        instance.close()

    assert f"compiled models are kept in {cache.rpartition('/')[0]}, until" in caplog.text
