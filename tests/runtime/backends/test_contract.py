# SPDX-License-Identifier: Apache-2.0
"""What the scheduler may rely on, for each backend in this process, in its own and in another's."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.backends import ATTACHED, loaded, open_folder
from support.models import write_double_onnx, write_double_python
from support.torch_models import write_double_torch
from velaserve_runtime.protocol.errors import LoadFailed, ModelFailed
from velaserve_runtime.protocol.tensors import TensorSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from velaserve_runtime.backends.instance import ModelInstance
    from velaserve_runtime.protocol.datatypes import Array
    from velaserve_runtime.protocol.tensors import ModelSpec

pytestmark = pytest.mark.parametrize("executor", ["thread", "process", ATTACHED], scope="module")


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(write_double_onnx, id="onnx"),
        pytest.param(write_double_python, id="python"),
        pytest.param(write_double_torch, id="torchscript", marks=pytest.mark.heavy),
    ],
)
def write(request: pytest.FixtureRequest) -> Callable[[Path], Path]:
    found: Callable[[Path], Path] = request.param
    return found


@pytest.fixture
def folder(write: Callable[[Path], Path], tmp_path: Path) -> Path:
    return write(tmp_path / "double" / "1").parent


@pytest.fixture(scope="module")
def double(
    write: Callable[[Path], Path], executor: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[ModelInstance, ModelSpec]]:
    """One for all tests: whatever is asked of it, it goes on."""
    folder = write(tmp_path_factory.mktemp("double") / "double" / "1").parent
    with loaded(folder, executor) as pair:
        yield pair


def rows(count: int) -> Array:
    return np.arange(count * 4, dtype=np.float32).reshape(count, 4)


def test_load_says_what_the_model_takes_gives_and_where_it_runs(
    double: tuple[ModelInstance, ModelSpec],
) -> None:
    _, spec = double

    assert spec.inputs == (TensorSpec("x", "FP32", (-1, 4)),)
    assert spec.outputs == (TensorSpec("y", "FP32", (-1, 4)),)
    assert spec.platform in {"onnxruntime_onnx", "python", "pytorch_libtorch"}
    assert spec.placement["device"] == "cpu"


@pytest.mark.parametrize("count", [0, 1, 3, 5000])
def test_execute_answers_each_row(double: tuple[ModelInstance, ModelSpec], count: int) -> None:
    instance, _ = double

    outputs = instance.execute({"x": rows(count)})

    assert list(outputs) == ["y"]
    np.testing.assert_array_equal(outputs["y"], 2 * rows(count))
    assert outputs["y"].dtype == np.float32


def test_warm_up_is_a_run(double: tuple[ModelInstance, ModelSpec]) -> None:
    instance, _ = double

    np.testing.assert_array_equal(instance.warm_up({"x": rows(2)})["y"], 2 * rows(2))


def test_answers_are_fresh_and_writable(double: tuple[ModelInstance, ModelSpec]) -> None:
    instance, _ = double
    first = instance.execute({"x": rows(2)})["y"]
    first[:] = -1

    second = instance.execute({"x": rows(2)})["y"]

    np.testing.assert_array_equal(second, 2 * rows(2))
    np.testing.assert_array_equal(first, np.full((2, 4), -1))


def test_read_only_and_strided_inputs_are_taken(double: tuple[ModelInstance, ModelSpec]) -> None:
    instance, _ = double
    frozen = rows(2)
    frozen.flags.writeable = False

    np.testing.assert_array_equal(instance.execute({"x": frozen})["y"], 2 * rows(2))
    np.testing.assert_array_equal(instance.execute({"x": rows(6)[::2]})["y"], 2 * rows(6)[::2])


def test_inputs_are_left_alone(double: tuple[ModelInstance, ModelSpec]) -> None:
    instance, _ = double
    batch = {"x": rows(2)}

    instance.execute(batch)

    assert list(batch) == ["x"]
    np.testing.assert_array_equal(batch["x"], rows(2))


def test_cancel_without_a_run_changes_nothing(double: tuple[ModelInstance, ModelSpec]) -> None:
    instance, _ = double
    instance.cancel()

    assert instance.execute({"x": rows(1)})["y"].shape == (1, 4)


def test_another_thread_may_run_what_one_thread_loaded(
    double: tuple[ModelInstance, ModelSpec],
) -> None:
    instance, _ = double
    answers: list[Array] = []
    thread = threading.Thread(target=lambda: answers.append(instance.execute({"x": rows(1)})["y"]))
    thread.start()
    thread.join()

    np.testing.assert_array_equal(answers[0], 2 * rows(1))


def test_close_is_idempotent_and_load_opens_again(folder: Path, executor: str) -> None:
    instance = open_folder(folder, executor)
    instance.load()
    instance.close()
    instance.close()
    with pytest.raises(ModelFailed, match="is not loaded"):
        instance.execute({"x": rows(1)})
    instance.load()

    np.testing.assert_array_equal(instance.execute({"x": rows(1)})["y"], 2 * rows(1))
    instance.close()


def test_a_file_of_another_kind_is_refused_with_its_path(folder: Path, executor: str) -> None:
    file = next((folder / "1").iterdir())
    file.write_bytes(b"\x00 this is no model \xff")

    with pytest.raises(LoadFailed, match=str(file)):
        open_folder(folder, executor).load()


def test_a_file_that_vanished_is_refused_with_its_path(folder: Path, executor: str) -> None:
    instance = open_folder(folder, executor)
    file = next((folder / "1").iterdir())
    file.unlink()

    with pytest.raises(LoadFailed, match=f"{file} cannot be read: No such file"):
        instance.load()


def test_a_run_of_wrong_inputs_fails_and_the_next_one_works(
    double: tuple[ModelInstance, ModelSpec],
) -> None:
    instance, _ = double
    with pytest.raises(ModelFailed):
        instance.execute({"x": np.zeros((1, 4), np.object_)})

    np.testing.assert_array_equal(instance.execute({"x": rows(1)})["y"], 2 * rows(1))
