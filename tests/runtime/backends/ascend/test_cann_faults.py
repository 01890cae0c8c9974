# SPDX-License-Identifier: Apache-2.0
"""Each known error code at each call that onnxruntime-cann makes: the right answer, and it goes on.

Some calls cannot fail without ending the process: the wheel throws in destructors. There the
model's process dies, and the next batch has another one.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.ascend_sim import LIBRARIES
from support.cann_models import GEARS, dense, rows, write
from support.offline_models import dense_answer
from velaserve_runtime.backends.ascend.cann_session import CannDevice
from velaserve_runtime.backends.ascend.compile_cache import CacheRoot
from velaserve_runtime.backends.ascend.error_codes import known_codes
from velaserve_runtime.backends.ascend.errors import AscendError
from velaserve_runtime.backends.ascend.onnx_cann import OnnxCannInstance
from velaserve_runtime.protocol.errors import DeviceLost, ModelFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.ascend_sim import Sim
    from support.cann_models import Cann
    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.protocol.errors import VelaserveError

pytestmark = pytest.mark.cann
X = rows(2)
FILE = Path("model.onnx")
ENDS_THE_PROCESS = (
    "aclDestroyDataBuffer",
    "aclmdlCreateDataset",
    "aclmdlDestroyDataset",
    "aclmdlDestroyDesc",
)
LEFT_OUT = {
    **dict.fromkeys(ENDS_THE_PROCESS, "tested in a process of its own"),
    "aclCreateDataBuffer": "gives a handle or none, and no code",
    "aclmdlCreateDesc": "gives a handle or none, and no code",
    "aclmdlAddDatasetBuffer": "the wheel does not look: aclmdlExecuteAsync misses the buffer",
    "aclmdlGetDesc": "the wheel does not give the desc back",
    "aclInit": "made once a process",
    "aclgrphBuildInitialize": "made once a process",
    "aclsysGetCANNVersion": "there is another way",
}
Make = Callable[[str], OnnxCannInstance]


@pytest.fixture
def make(sim: Sim, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Make]:
    """Instances in this process, each with a cache of its own."""
    for name in LIBRARIES:  # those that the wheel names are found where they are loaded already
        ctypes.CDLL(str(sim.library.parent / name))
    monkeypatch.chdir(tmp_path)
    file = write(tmp_path / "models", dense()) / "model.onnx"
    made: list[OnnxCannInstance] = []

    def make(cache: str) -> OnnxCannInstance:
        root = CacheRoot(tmp_path / cache)
        made.append(OnnxCannInstance(file, ((), ()), CannDevice(), GEARS, root))
        return made[-1]

    yield make
    sim.mend()
    for instance in made:
        instance.close()


def calls_of(sim: Sim, do: Callable[[], object]) -> list[str]:
    """The calls that `do` makes, each once."""
    sim.calls()
    do()
    return sorted(set(sim.calls()) - LEFT_OUT.keys())


def refused(do: Callable[[], object], call: str, expected: VelaserveError) -> None:
    """With the same words up to the meaning of the code, and of the same class."""
    with pytest.raises(type(expected)) as raised:
        do()
    words = str(expected).partition(f"{FILE}: ")[2] or str(expected)
    assert type(raised.value) is type(expected), call
    assert words in str(raised.value), call


@pytest.mark.parametrize("code", known_codes())
def test_failing_load(sim: Sim, make: Make, code: int) -> None:
    instance = make("cache")
    calls = calls_of(sim, instance.load)
    assert calls == ["aclrtGetDeviceCount", "aclrtSetDevice"]

    for call in calls:
        sim.fail(call, code, count=-1)
        refused(instance.load, call, AscendError(call, code).at_load(str(FILE)))
        sim.mend()
    instance.load()


@pytest.mark.parametrize("code", known_codes())
def test_failing_warm_up(sim: Sim, make: Make, code: int) -> None:
    first = make("first")
    first.load()
    calls = calls_of(sim, lambda: first.warm_up({"x": X}))
    first.close()
    assert {"aclgrphParseONNXFromMem", "aclgrphBuildModel", "aclmdlLoadFromMem"} <= set(calls)

    for call in calls:
        instance = make(call)
        instance.load()
        sim.fail(call, code)
        refused(warm(instance), call, AscendError(call, code).at_load(str(FILE)))
        sim.mend()
        np.testing.assert_allclose(warm(instance)()["y"], dense_answer(X), atol=1e-6)
        instance.close()
        assert not sim.live(), call


def warm(instance: OnnxCannInstance) -> Callable[[], Arrays]:
    return partial(instance.warm_up, {"x": X})


@pytest.mark.parametrize("code", known_codes())
def test_failing_run(sim: Sim, make: Make, code: int) -> None:
    instance = make("cache")
    instance.load()
    instance.warm_up({"x": X})
    run = partial(instance.execute, {"x": X})
    calls = calls_of(sim, run)
    assert len(calls) == 5, calls

    for call in calls:
        sim.fail(call, code)
        refused(run, call, AscendError(call, code).answer())
        sim.mend()
        np.testing.assert_allclose(run()["y"], dense_answer(X), atol=1e-6)


def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> Path:
    """Faults of the processes that are started from now on."""
    file = tmp_path / "faults"
    file.write_text(line + "\n")
    monkeypatch.setenv("ASCENDSIM_FAULTS", str(file))
    return file


@pytest.mark.parametrize("call", ["aclInit", "aclgrphBuildInitialize"])
def test_failure_of_what_is_done_once(
    cann: Cann, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    script(tmp_path, monkeypatch, f"{call} 0 -1 507010")
    folder = write(tmp_path / "models", dense())

    with pytest.raises(DeviceLost, match=f"{call} failed with 507010"):
        cann.answers(folder, X)


@pytest.mark.parametrize("call", ENDS_THE_PROCESS)
def test_failure_that_ends_the_process_is_answered(
    cann: Cann, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    faults = script(tmp_path, monkeypatch, "none 0 0 0")
    with cann.loaded(write(tmp_path / "models", dense())) as (instance, _):
        instance.warm_up({"x": X})
        faults.write_text(f"{call} 0 1 507015\n")

        with pytest.raises(ModelFailed, match="the model's process was ended by SIGABRT"):
            instance.execute({"x": X})

        faults.write_text("none 0 0 0\n")
        np.testing.assert_allclose(instance.execute({"x": X})["y"], dense_answer(X), atol=1e-6)


def test_failing_unload_at_the_end_is_the_process_s_own_affair(
    cann: Cann, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(tmp_path, monkeypatch, "aclmdlUnload 0 -1 507899")

    np.testing.assert_allclose(
        cann.answers(write(tmp_path / "models", dense()), X), dense_answer(X), atol=1e-6
    )
