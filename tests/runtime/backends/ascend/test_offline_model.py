# SPDX-License-Identifier: Apache-2.0
"""Offline models on the simulator answer as numpy does."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.offline_models import UINT8, OfflineModel, dense, dense_answer
from velaserve_runtime.backends.ascend.offline_model import OfflineModelInstance
from velaserve_runtime.protocol.errors import DeviceOutOfMemory, InvalidRequest, LoadFailed
from velaserve_runtime.protocol.tensors import TensorSpec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.ascend_sim import Sim
    from velaserve_runtime.backends.ascend.acl import Acl
    from velaserve_runtime.protocol.datatypes import Array
    from velaserve_runtime.protocol.tensors import ModelSpec


@contextmanager
def loaded(
    acl: Acl, model: OfflineModel, folder: Path, slots: int = 3
) -> Iterator[tuple[OfflineModelInstance, ModelSpec]]:
    instance = OfflineModelInstance(model.write(folder / "model.om"), acl, 0, slots)
    try:
        yield instance, instance.load()
    finally:
        instance.close()


def rows(count: int, seed: int = 0) -> Array:
    return np.random.default_rng(seed).random((count, 4), np.float32) - 0.5


def test_says_what_the_model_takes(acl: Acl, tmp_path: Path) -> None:
    with loaded(acl, dense(), tmp_path) as (_, spec):
        assert spec.inputs == (TensorSpec("x", "FP32", (-1, 4)),)
        assert spec.outputs == (TensorSpec("y", "FP32", (-1, 3)),)  # not ATC's Relu_1:0:y
        assert spec.gears == (1, 2, 4, 8)
        assert spec.platform == "ascend_om"
        assert spec.placement == {"device": "npu:0", "soc": "Ascend310P3", "gears": "batch"}


@pytest.mark.parametrize("gear", [1, 2, 4, 8])
def test_answers_in_each_gear(acl: Acl, tmp_path: Path, gear: int) -> None:
    with loaded(acl, dense(), tmp_path) as (instance, _):
        x = rows(gear)

        outputs = instance.execute({"x": x})

        np.testing.assert_allclose(outputs["y"], dense_answer(x), atol=1e-6)


def test_batches_overlap_and_keep_their_answers(acl: Acl, tmp_path: Path) -> None:
    with loaded(acl, dense(), tmp_path) as (instance, _), ThreadPoolExecutor(3) as pool:
        batches = [rows((1, 2, 4, 8)[seed % 4], seed) for seed in range(300)]

        answers = pool.map(lambda x: instance.execute({"x": x})["y"], batches)

        for x, y in zip(batches, answers, strict=True):
            np.testing.assert_allclose(y, dense_answer(x), atol=1e-6)


def test_copies_overlap_computing_and_no_two_compute(
    acl: Acl, sim: Sim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASCENDSIM_COSTS_US", "8:4000")
    monkeypatch.setenv("ASCENDSIM_COPY_US_PER_MB", str(4000 * (1 << 20) / 128))
    with loaded(acl, dense(), tmp_path) as (instance, _), ThreadPoolExecutor(3) as pool:
        sim.timeline()
        list(pool.map(lambda seed: instance.execute({"x": rows(8, seed)}), range(12)))
        intervals = sim.timeline()

    computing = [each for each in intervals if each.kind == "compute"]
    copies = [each for each in intervals if each.kind == "copy"]
    assert (len(computing), len(copies)) == (12, 24)
    assert not any(a.overlaps(b) for a, b in itertools.combinations(computing, 2))
    assert any(a.overlaps(b) for a in computing for b in copies)


def test_model_without_gears(acl: Acl, tmp_path: Path) -> None:
    with loaded(acl, dense((), rows=2), tmp_path) as (instance, spec):
        assert spec.inputs[0].shape == (2, 4)
        assert spec.gears == ()
        x = rows(2)
        np.testing.assert_allclose(instance.execute({"x": x})["y"], dense_answer(x), atol=1e-6)


@pytest.mark.parametrize("count", [3, 16])
def test_shape_of_no_gear_is_refused(acl: Acl, tmp_path: Path, count: int) -> None:
    refused = pytest.raises(InvalidRequest, match=rf"shapes \[{count}, 4\].*compiled for \[1, 4\];")
    with loaded(acl, dense(), tmp_path) as (instance, _), refused:
        instance.execute({"x": rows(count)})


def test_image_gears(acl: Acl, tmp_path: Path) -> None:
    model = OfflineModel(gears=[[4, 6], [8, 8]], gear_kind="image")
    model.tensor("input", "image", (1, 3, -1, -1))
    model.tensor("output", "y", (1, 3, -1, -1))
    model.kernel("Relu", 1, 0)
    with loaded(acl, model, tmp_path) as (instance, spec):
        assert spec.inputs == (TensorSpec("image", "FP32", (1, 3, -1, -1)),)
        assert spec.outputs[0].shape == (1, 3, -1, -1)
        assert spec.gears == ()
        for height, width in ((4, 6), (8, 8)):
            image = np.random.default_rng(height).standard_normal((1, 3, height, width), np.float32)
            outputs = instance.execute({"image": image})
            np.testing.assert_array_equal(outputs["y"], np.maximum(image, 0))


def test_dims_gears(acl: Acl, tmp_path: Path) -> None:
    model = OfflineModel(gears=[[2, 3, 2, 3], [4, 3, 4, 3]], gear_kind="dims")
    model.tensor("input", "a", (-1, 3))
    model.tensor("input", "b", (-1, 3))
    model.tensor("output", "y", (-1, 3))
    model.kernel("Add", 2, 0, 1)
    with loaded(acl, model, tmp_path) as (instance, spec):
        assert [each.shape for each in (*spec.inputs, *spec.outputs)] == [(-1, 3)] * 3
        for count in (2, 4):
            a, b = np.ones((count, 3), np.float32), np.full((count, 3), 2, np.float32)
            np.testing.assert_array_equal(instance.execute({"a": a, "b": b})["y"], a + b)


def test_input_with_aipp_is_reported_as_it_is(acl: Acl, tmp_path: Path) -> None:
    model = OfflineModel(gears=[[1], [2]])
    model.tensor("input", "image", (-1, 8), UINT8)
    model.tensor("output", "y", (-1, 8))
    model.kernel("Cast", 1, 0)
    with loaded(acl, model, tmp_path) as (instance, spec):
        assert spec.inputs == (TensorSpec("image", "UINT8", (-1, 8)),)
        pixels = np.arange(16, dtype=np.uint8).reshape(2, 8)
        np.testing.assert_array_equal(instance.execute({"image": pixels})["y"], pixels)


def test_dynamic_aipp_is_refused(acl: Acl, tmp_path: Path) -> None:
    model = dense()
    model.tensor("input", "ascend_dynamic_aipp_data", (1,))
    with pytest.raises(LoadFailed, match=r"dynamic AIPP.*static AIPP"):
        OfflineModelInstance(model.write(tmp_path / "model.om"), acl, 0).load()


def test_names_that_were_shortened(acl: Acl, tmp_path: Path) -> None:
    name = "encoder/" * 20 + "x"
    model = OfflineModel()
    model.tensor("input", name, (1, 2))
    model.tensor("output", "y", (1, 2))
    model.kernel("Relu", 1, 0)
    with loaded(acl, model, tmp_path) as (_, spec):
        assert spec.inputs[0].name == name


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "aclmdlQuerySize failed with 145002, the model's file cannot be read"),
        (b"", "145006.*not an offline model"),
        (dense, "145006.*cut off"),
    ],
)
def test_file_that_is_no_model(acl: Acl, tmp_path: Path, content: object, reason: str) -> None:
    file = tmp_path / "model.om"
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content is not None:
        dense().write(file)
        file.write_bytes(file.read_bytes()[:-8])

    with pytest.raises(LoadFailed, match=reason):
        OfflineModelInstance(file, acl, 0).load()


def test_model_of_another_chip(acl: Acl, tmp_path: Path) -> None:
    model = dense()
    model.soc = "Ascend910B4"
    with pytest.raises(LoadFailed, match=r"500002.*is for Ascend910B4, the device is Ascend310P3"):
        OfflineModelInstance(model.write(tmp_path / "model.om"), acl, 0).load()


def test_device_that_is_not_there(acl: Acl, tmp_path: Path) -> None:
    with pytest.raises(LoadFailed, match=r"107001, no such device.*invalid device id 5"):
        OfflineModelInstance(dense().write(tmp_path / "model.om"), acl, 5).load()


def test_memory_that_does_not_suffice(acl: Acl, sim: Sim, tmp_path: Path) -> None:
    model = dense()
    model.memory = (3 << 20, 5 << 20)
    sim.set_memory(10 << 20)
    file = model.write(tmp_path / "model.om")
    first = OfflineModelInstance(file, acl, 0)
    first.load()
    try:
        with pytest.raises(DeviceOutOfMemory, match=r"needs 8\.0 MiB.* 2\.0 of 10\.0 MiB are free"):
            OfflineModelInstance(file, acl, 0).load()
    finally:
        first.close()


def test_load_again_after_close(acl: Acl, tmp_path: Path) -> None:
    with loaded(acl, dense(), tmp_path) as (instance, _):
        instance.close()
        instance.load()
        assert instance.execute({"x": rows(1)})["y"].shape == (1, 3)
