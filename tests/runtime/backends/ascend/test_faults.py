# SPDX-License-Identifier: Apache-2.0
"""Each known error code at each call: the right answer, nothing lost, nothing hangs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.offline_models import dense, dense_answer
from velaserve_runtime.backends.ascend.error_codes import ErrorClass, known_codes
from velaserve_runtime.backends.ascend.offline_model import OfflineModelInstance
from velaserve_runtime.protocol.errors import LoadFailed, VelaserveError
from velaserve_runtime.transports.status import status_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from support.ascend_sim import Sim
    from velaserve_runtime.backends.ascend.acl import Acl

STATUS = {
    ErrorClass.CALLER: (400, "INVALID_ARGUMENT"),
    ErrorClass.ENVIRONMENT: (500, "INTERNAL"),
    ErrorClass.MEMORY: (503, "UNAVAILABLE"),
    ErrorClass.DEVICE_GONE: (503, "UNAVAILABLE"),
    ErrorClass.KERNEL: (500, "INTERNAL"),
    ErrorClass.FACILITY: (500, "INTERNAL"),
}
PASSING = (ErrorClass.MEMORY, ErrorClass.DEVICE_GONE)
STARTED = ("aclInit", 100002)
"""The one failure that is none."""
DEADLINE_S = 10
X = np.ones((2, 4), np.float32)


@pytest.fixture
def instance(acl: Acl, tmp_path: Path) -> Iterator[OfflineModelInstance]:
    made = OfflineModelInstance(dense().write(tmp_path / "model.om"), acl, 0)
    yield made
    made.close()


def calls_of(sim: Sim, do: Callable[[], object]) -> list[str]:
    """The calls that `do` makes, each once."""
    sim.calls()
    do()
    return sorted(set(sim.calls()))


def in_time(do: Callable[[], object]) -> VelaserveError | None:
    """What was raised, before the deadline."""
    with ThreadPoolExecutor(1) as pool:
        error = pool.submit(do).exception(DEADLINE_S)
    assert error is None or isinstance(error, VelaserveError), repr(error)
    return error


@pytest.mark.parametrize("code", known_codes())
def test_failing_load_leaves_nothing(sim: Sim, instance: OfflineModelInstance, code: int) -> None:
    calls = calls_of(sim, instance.load)
    instance.close()
    assert len(calls) >= 20, calls

    for call in calls:
        sim.fail(call, code)
        error = in_time(instance.load)
        if (call, code) != STARTED:
            returns_handle = call.startswith(("aclmdlCreate", "aclCreate"))
            assert isinstance(error, LoadFailed) or known_codes()[code] in PASSING, call
            assert f"{call} failed with {200000 if returns_handle else code}" in str(error)
            assert "scripted fault" in str(error)
        instance.close()
        assert not sim.live(), call
        sim.mend()

    instance.load()
    instance.close()


@pytest.mark.parametrize("code", known_codes())
def test_failing_run_is_answered(sim: Sim, instance: OfflineModelInstance, code: int) -> None:
    instance.load()
    instance.execute({"x": X})  # the next one waits for this one's event
    calls = calls_of(sim, lambda: instance.execute({"x": X}))
    assert len(calls) >= 6, calls

    for call in calls:
        sim.fail(call, code)
        error = in_time(lambda: instance.execute({"x": X}))
        assert error is not None, call
        status = status_of(error)
        assert (status.http, status.grpc) == STATUS[known_codes()[code]], call
        assert f"{call} failed with {code}" in str(error)
        sim.mend()
        np.testing.assert_allclose(instance.execute({"x": X})["y"], dense_answer(X), atol=1e-6)


@pytest.mark.parametrize("code", known_codes())
def test_failing_close_gives_everything_back(
    sim: Sim, instance: OfflineModelInstance, code: int
) -> None:
    instance.load()
    for call in calls_of(sim, instance.close):
        instance.load()
        sim.fail(call, code)
        assert in_time(instance.close) is None
        assert not sim.live(), call
        sim.mend()


def test_device_that_stays_lost(sim: Sim, instance: OfflineModelInstance) -> None:
    instance.load()
    sim.fail("*", 507010, count=-1)

    errors = [in_time(lambda: instance.execute({"x": X})) for _ in range(5)]

    assert {type(error).__name__ for error in errors} == {"DeviceLost"}
    sim.mend()
    instance.load()
    np.testing.assert_allclose(instance.execute({"x": X})["y"], dense_answer(X), atol=1e-6)


def test_batch_that_is_late_does_not_touch_the_next_ones(
    sim: Sim, instance: OfflineModelInstance
) -> None:
    instance.load()
    sim.fail("aclrtSynchronizeStreamWithTimeout", 507046)
    late, *others = [np.full((2, 4), value, np.float32) for value in range(9)]

    error = in_time(lambda: instance.execute({"x": late}))

    assert "507046, the stream was not done in time" in str(error)
    for x in others:
        np.testing.assert_allclose(instance.execute({"x": x})["y"], dense_answer(x), atol=1e-6)


def test_every_request_gets_one_answer_among_random_faults(
    sim: Sim, instance: OfflineModelInstance
) -> None:
    instance.load()
    for code in (507015, 507010, 207001, 145013):
        sim.fail("*", code, count=-1, one_in=4000)

    def ask(seed: int) -> VelaserveError | None:
        x = np.random.default_rng(seed).random((1 << seed % 4, 4), np.float32)
        try:
            outputs = instance.execute({"x": x})
        except VelaserveError as err:
            return err
        np.testing.assert_allclose(outputs["y"], dense_answer(x), atol=1e-6)
        return None

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(ask, range(3000)))

    failed = [type(answer).__name__ for answer in answers if answer is not None]
    assert 5 < len(failed) < 100
    assert set(failed) <= {"DeviceFault", "DeviceLost", "DeviceOutOfMemory", "InvalidRequest"}
    sim.mend()
