# SPDX-License-Identifier: Apache-2.0
"""A new model at an old path: the real onnxruntime-cann answers with the old one, ours never.

The names of the files that it finds again depend on the model's path and shapes only; KServe mounts
every model at /mnt/models.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.call_log import COMPILE
from support.cann_models import GEARS, dense, rows, write
from support.naive_cann import run_naively
from support.offline_models import BIAS, WEIGHTS, dense_answer
from support.onnx_graphs import Graph
from velaserve_runtime.repository.model_config import ModelConfig

if TYPE_CHECKING:
    from pathlib import Path

    from support.call_log import CallLog
    from support.cann_models import Cann
    from velaserve_runtime.protocol.datatypes import Array

pytestmark = pytest.mark.cann
X = rows(2)
DEVICE = {"device_id": "0"}


def without_relu() -> bytes:
    """Another operator in the place of one, as little as can change."""
    return (
        Graph(x=("FP32", (None, 4)))
        .constant("w", WEIGHTS)
        .constant("b", BIAS)
        .node("MatMul", "x w", "t")
        .node("Relu", "t", "u")
        .node("Add", "u b", "y")
        .output("y", "FP32", (None, 3))
        .build()
    )


CHANGES = {
    "weights": (dense(2 * WEIGHTS), np.maximum(X @ (2 * WEIGHTS) + BIAS, 0)),
    "operators": (without_relu(), np.maximum(X @ WEIGHTS, 0) + BIAS),
}


def in_half_precision(x: Array) -> Array:
    """What force_fp16 answers on the simulator."""
    weights = WEIGHTS.astype(np.float16).astype(np.float32)
    answer: Array = np.maximum(x @ weights + BIAS, 0)
    return answer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "models", dense())


@pytest.mark.parametrize(("model", "answer"), CHANGES.values(), ids=CHANGES)
def test_naively_a_changed_model_gives_the_old_answers(
    calls: CallLog, folder: Path, model: bytes, answer: Array
) -> None:
    first = run_naively(folder, X, DEVICE, enable_fallback=0)
    write(folder, model)

    second = run_naively(folder, X, DEVICE, enable_fallback=0)

    assert first.error == second.error == ""
    np.testing.assert_array_equal(second.y, first.y)
    assert not np.allclose(second.y, answer, atol=1e-3)
    assert calls.count(COMPILE) == 1


def test_naively_a_changed_precision_gives_the_old_answers(calls: CallLog, folder: Path) -> None:
    half = {**DEVICE, "precision_mode": "force_fp16"}
    first = run_naively(folder, X, DEVICE, enable_fallback=0)

    second = run_naively(folder, X, half, enable_fallback=0)

    np.testing.assert_array_equal(second.y, first.y)
    assert not np.allclose(second.y, in_half_precision(X), atol=1e-6)
    assert calls.count(COMPILE) == 1


@pytest.mark.parametrize(("model", "answer"), CHANGES.values(), ids=CHANGES)
def test_ours_answers_by_the_model_that_is_there(
    calls: CallLog, cann: Cann, folder: Path, model: bytes, answer: Array
) -> None:
    np.testing.assert_allclose(cann.answers(folder, X), dense_answer(X), atol=1e-6)
    write(folder, model)

    np.testing.assert_allclose(cann.answers(folder, X), answer, atol=1e-6)

    assert calls.count(COMPILE) == 2


def test_ours_compiles_an_old_model_no_second_time(
    calls: CallLog, cann: Cann, folder: Path
) -> None:
    cann.answers(folder, X)
    write(folder, dense(2 * WEIGHTS))
    cann.answers(folder, X)
    write(folder, dense())

    np.testing.assert_allclose(cann.answers(folder, X), dense_answer(X), atol=1e-6)

    assert calls.count(COMPILE) == 2


def test_ours_answers_in_the_precision_that_is_wanted(
    calls: CallLog, cann: Cann, folder: Path
) -> None:
    cann.answers(folder, X)
    half = ModelConfig(gears_batch=GEARS, cann_options="precision_mode=force_fp16")

    np.testing.assert_allclose(cann.answers(folder, X, half), in_half_precision(X), atol=1e-6)

    assert calls.count(COMPILE) == 2


def test_ours_compiles_anew_for_other_gears(calls: CallLog, cann: Cann, folder: Path) -> None:
    cann.answers(folder, X)

    cann.answers(folder, X, ModelConfig(gears_batch=(2, 8)))

    assert calls.count(COMPILE) == 2


@pytest.mark.parametrize(
    ("variable", "value"),
    [("ASCENDSIM_SOC", "Ascend910B4"), ("ASCENDSIM_CANN_VERSION", "9.1.0")],
)
def test_ours_compiles_anew_for_another_chip_or_cann(
    calls: CallLog,
    cann: Cann,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
) -> None:
    cann.answers(folder, X)
    monkeypatch.setenv(variable, value)

    np.testing.assert_allclose(cann.answers(folder, X), dense_answer(X), atol=1e-6)

    assert calls.count(COMPILE) == 2


def test_cann_that_does_not_tell_its_version(
    cann: Cann, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASCENDSIM_CANN_VERSION", "")

    with cann.loaded(folder) as (_, spec):
        assert spec.placement["cann"] == "AscendCL 1.15.0"


def test_weights_in_a_file_beside_the_model(calls: CallLog, cann: Cann, folder: Path) -> None:
    write_external(folder, WEIGHTS)
    np.testing.assert_allclose(cann.answers(folder, X), dense_answer(X), atol=1e-6)
    before = (folder / "model.onnx").read_bytes()
    write_external(folder, 2 * WEIGHTS)
    assert (folder / "model.onnx").read_bytes() == before

    np.testing.assert_allclose(cann.answers(folder, X), CHANGES["weights"][1], atol=1e-6)

    assert calls.count(COMPILE) == 2


def write_external(folder: Path, weights: Array) -> None:
    import onnx
    from onnx.external_data_helper import convert_model_to_external_data

    model = onnx.load_model_from_string(dense(weights))
    convert_model_to_external_data(model, location="weights.bin", size_threshold=0)
    (folder / "weights.bin").unlink(missing_ok=True)
    onnx.save_model(model, folder / "model.onnx")
