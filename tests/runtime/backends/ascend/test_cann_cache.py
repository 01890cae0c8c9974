# SPDX-License-Identifier: Apache-2.0
"""The cache of compiled models: shared by processes, and whatever happens to it never wrong."""

from __future__ import annotations

import dataclasses
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.call_log import COMPILE
from support.cann_models import dense, rows, write
from support.offline_models import WEIGHTS, dense_answer
from support.processes import kill_and_wait
from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from pathlib import Path

    from support.call_log import CallLog
    from support.cann_models import Cann
    from velaserve_runtime.backends.instance import ModelInstance
    from velaserve_runtime.protocol.datatypes import Array

pytestmark = pytest.mark.cann
X = rows(2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "models", dense())


def compiled_in(cann: Cann) -> list[Path]:
    return sorted(cann.cache.glob("*/*.om"))


def test_each_gear_is_compiled_once_and_said(
    calls: CallLog, cann: Cann, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    for _ in range(2):
        with cann.loaded(folder) as (instance, _spec):
            for gear in (1, 2, 4):
                instance.warm_up({"x": rows(gear)})

    assert calls.count(COMPILE) == 3
    said = " ".join(caplog.messages)
    for line in ("gear 2 (2 of 3) compiled in ", "gear 4 (3 of 3) taken from the cache in "):
        assert line in said


def test_two_processes_compile_once(
    calls: CallLog,
    cann: Cann,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    monkeypatch.setenv("ASCENDSIM_COMPILE_MS", "1500")
    with cann.loaded(folder) as (one, _), cann.loaded(folder) as (other, _):
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(one.warm_up, {"x": X})
            calls.wait_for(COMPILE)
            second = pool.submit(other.warm_up, {"x": X})
            answers = [each.result()["y"] for each in (first, second)]

        for answer in answers:
            np.testing.assert_allclose(answer, dense_answer(X), atol=1e-6)
        assert calls.pids(COMPILE) == [one.pid]
    assert "another process compiles the same model" in caplog.text
    assert "for another process's compilation" in caplog.text


def test_killed_compiler_leaves_nothing_that_is_in_the_way(
    calls: CallLog, cann: Cann, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASCENDSIM_COMPILE_MS", "600000")
    with cann.loaded(folder) as (instance, _), ThreadPoolExecutor(1) as pool:
        warming = pool.submit(instance.warm_up, {"x": X})
        [pid] = calls.wait_for(COMPILE)
        os.kill(pid, signal.SIGKILL)
        assert isinstance(warming.exception(60), LoadFailed)
    monkeypatch.setenv("ASCENDSIM_COMPILE_MS", "0")

    np.testing.assert_allclose(cann.answers(folder, X), dense_answer(X), atol=1e-6)

    assert calls.count(COMPILE) == 2


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def with_other_weights(path: Path) -> None:
    """It would load, and answer wrongly."""
    path.write_bytes(path.read_bytes().replace(WEIGHTS.tobytes(), (2 * WEIGHTS).tobytes()))


@pytest.mark.parametrize("harm", [cut_off, with_other_weights])
def test_damaged_file_is_compiled_anew(
    calls: CallLog, cann: Cann, folder: Path, harm: object, caplog: pytest.LogCaptureFixture
) -> None:
    assert callable(harm)
    cann.answers(folder, X)
    [file] = compiled_in(cann)
    harm(file)

    np.testing.assert_allclose(cann.answers(folder, X), dense_answer(X), atol=1e-6)

    assert calls.count(COMPILE) == 2
    assert f"{file} was not finished, or has changed since" in caplog.text
    cann.answers(folder, X)
    assert calls.count(COMPILE) == 2


def test_file_of_a_compilation_that_was_not_finished(
    calls: CallLog, cann: Cann, folder: Path
) -> None:
    """As a kill between writing it and the record leaves it."""
    cann.answers(folder, X)
    [file] = compiled_in(cann)
    with_other_weights(file)
    (file.parent / "compiled.json").unlink()

    np.testing.assert_allclose(cann.answers(folder, X), dense_answer(X), atol=1e-6)

    assert calls.count(COMPILE) == 2


def test_file_that_does_not_load_is_compiled_anew(
    calls: CallLog, cann: Cann, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole, but refused: as by a driver that is older than the one it was compiled with."""
    cann.answers(folder, X)
    script = tmp_path / "faults"
    script.write_text("aclmdlLoadFromFile 0 1 145006\n")
    monkeypatch.setenv("ASCENDSIM_FAULTS", str(script))

    np.testing.assert_allclose(cann.answers(folder, X), dense_answer(X), atol=1e-6)

    assert calls.count(COMPILE) == 2
    assert len(compiled_in(cann)) == 1


def test_memory_that_does_not_suffice_is_no_reason_to_compile_anew(
    calls: CallLog, cann: Cann, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from velaserve_runtime.protocol.errors import VelaserveError

    cann.answers(folder, X)
    script = tmp_path / "faults"
    script.write_text("aclmdlLoadFromFile 0 -1 245000\n")
    monkeypatch.setenv("ASCENDSIM_FAULTS", str(script))

    with pytest.raises(VelaserveError, match="aclmdlLoadFromFile failed with 245000, no memory"):
        cann.answers(folder, X)

    assert calls.count(COMPILE) == 1
    assert len(compiled_in(cann)) == 1


def test_process_that_died_is_replaced_without_a_compilation(
    calls: CallLog, cann: Cann, folder: Path
) -> None:
    with cann.loaded(folder) as (instance, _):
        instance.warm_up({"x": X})
        os.kill(instance.pid or 0, signal.SIGKILL)
        errors = [error for error in (_failure(instance, X), _failure(instance, X)) if error]

        assert len(errors) <= 1  # the run in which it was found dead
        np.testing.assert_allclose(instance.execute({"x": X})["y"], dense_answer(X), atol=1e-6)
    assert calls.count(COMPILE) == 1


def _failure(instance: ModelInstance, x: Array) -> str:
    try:
        instance.execute({"x": x})
    except Exception as err:  # noqa: BLE001
        return str(err)
    return ""


def test_working_directory_is_the_models_folder_alone(cann: Cann, folder: Path) -> None:
    here = os.getcwd()  # noqa: PTH109
    with cann.loaded(folder) as (instance, spec):
        instance.warm_up({"x": X})

        there = os.readlink(f"/proc/{instance.pid}/cwd")  # noqa: PTH115
        assert there == spec.placement["compile_cache"]
    assert os.getcwd() == here  # noqa: PTH109
    assert sorted(path.name for path in folder.iterdir()) == ["model.onnx"]


def test_old_models_make_room_for_new_ones_but_never_while_they_serve(
    calls: CallLog, cann: Cann, tmp_path: Path
) -> None:
    small = dataclasses.replace(cann, max_bytes=1)
    old, new = write(tmp_path / "old", dense()), write(tmp_path / "new", dense(2 * WEIGHTS))
    with small.loaded(old) as (one, _), small.loaded(new) as (other, _):
        for instance in (one, other):
            instance.warm_up({"x": X})
        assert len(compiled_in(cann)) == 2

        kill_and_wait(one.pid)  # it comes back, and finds what it had compiled
        np.testing.assert_allclose(one.execute({"x": X})["y"], dense_answer(X), atol=1e-6)
    assert calls.count(COMPILE) == 2

    small.answers(new, rows(4))
    assert len(compiled_in(cann)) == 2, "the two gears of the new one"
    small.answers(old, X)
    assert calls.count(COMPILE) == 4
    assert len(compiled_in(cann)) == 1
