# SPDX-License-Identifier: Apache-2.0
"""What becomes of a batch when its device fails, and of the device."""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest

from support.eventually import eventually
from support.instances import Gated
from support.scripted import SPEC, TIMEOUT_S, WARM, Device, Pauses, probes_ended
from velaserve_runtime.backends.breaker import FAILURES_IN_A_ROW, Breaker, State
from velaserve_runtime.backends.geared import GearedInstance
from velaserve_runtime.backends.guarded import GuardedInstance
from velaserve_runtime.backends.instance import StandIn
from velaserve_runtime.backends.process.instance import ProcessInstance
from velaserve_runtime.backends.recipe import Loaded
from velaserve_runtime.backends.recovery import Recovery
from velaserve_runtime.protocol.errors import (
    DeviceError,
    DeviceFault,
    DeviceLost,
    DeviceOutOfMemory,
    InvalidRequest,
    LoadFailed,
    ModelFailed,
)
from velaserve_runtime.repository.warm_up import WarmUpReport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from velaserve_runtime.backends.instance import Arrays

LABELS = {"model": "m", "version": "1", "device": "ascend"}
LOST, FAULT = DeviceLost("card 0 fell off"), DeviceFault("aicore")
MEMORY = DeviceOutOfMemory("207001")
ALONE = WarmUpReport(batchable=False, reason="", warmed=True, seconds=0.0, costs_ns={})


class World(NamedTuple):
    """A guard, what is under it, and the waits of its recovery."""

    guard: GuardedInstance
    device: Device
    cpu: Device
    pauses: Pauses

    def recover(self) -> None:
        """Lets probes go on until one has brought the device back."""
        self.pauses.end()
        probes_ended()


WORLDS: list[World] = []


@pytest.fixture(autouse=True)
def no_probe_is_left() -> Iterator[None]:
    yield
    for world in WORLDS:
        world.guard.close()
        world.pauses.end()
    WORLDS.clear()
    probes_ended()


def world(
    device: Device, *, limit: int | None, cpu: Device | None, warm: WarmUpReport = WARM
) -> World:
    breaker, pauses = Breaker(limit), Pauses()
    recovery = Recovery(LABELS, breaker, device.loaded, pauses)
    copy = None if cpu is None else cpu.loaded()
    guard = GuardedInstance(LABELS, device.loaded(warm), copy, breaker, recovery)
    WORLDS.append(World(guard, device, cpu or Device(), pauses))
    return WORLDS[-1]


def guarded(device: Loaded | None, cpu: Loaded | None) -> GuardedInstance:
    """Without a recovery."""
    return GuardedInstance(LABELS, device, cpu, Breaker(None), None)


def degrade(warm: WarmUpReport = WARM, **script: Mapping[int, Exception]) -> World:
    return world(Device(SPEC, **script), limit=FAILURES_IN_A_ROW, cpu=Device(), warm=warm)


def strict(**script: Mapping[int, Exception]) -> World:
    return world(Device(SPEC, **script), limit=None, cpu=None)


def batch(rows: int = 2) -> Arrays:
    return {"x": np.arange(rows * 4, dtype=np.float32).reshape(rows, 4)}


def ask(guard: GuardedInstance, rows: int = 2) -> str:
    """Where a batch ran; fails if its answer is wrong."""
    outputs = guard.execute(batch(rows))
    np.testing.assert_array_equal(outputs["y"], 2 * batch(rows)["x"])
    if isinstance(outputs, StandIn):
        assert outputs.device == "ascend"
        return "cpu"
    return "ascend"


@contextmanager
def asking(guard: GuardedInstance) -> Iterator[list[str]]:
    """Asks in a thread of its own; after the block the list has the answer."""
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(ask(guard)), daemon=True)
    thread.start()
    yield found
    thread.join(TIMEOUT_S)
    assert not thread.is_alive()


def test_a_good_device_runs_everything() -> None:
    guard, device, cpu, _ = degrade()
    assert [ask(guard) for _ in range(5)] == ["ascend"] * 5
    assert (device.calls["execute"], cpu.calls["execute"]) == (5, 0)
    assert (guard.placement, guard.stands_in, guard.lost) == ({"device": "ascend"}, False, "")
    assert guard.errors == {"device_lost": 0, "device_memory": 0, "device_fault": 0}


@pytest.mark.parametrize("error", [LOST, FAULT, MEMORY])
def test_degrade_answers_a_failed_batch_from_the_cpu(error: DeviceError) -> None:
    guard = degrade(execute={2: error}, warm=ALONE).guard
    assert [ask(guard) for _ in range(2)] == ["ascend", "cpu"]
    assert guard.errors[error.reason] == 1


def test_degrade_goes_on_with_the_device_after_a_fault() -> None:
    guard = degrade(execute={1: FAULT, 2: FAULT, 4: FAULT}).guard
    assert [ask(guard) for _ in range(5)] == ["cpu", "cpu", "ascend", "cpu", "ascend"]
    assert guard.breaker.state is State.CLOSED


@pytest.mark.parametrize("error", [FAULT, MEMORY])
def test_degrade_leaves_a_device_that_fails_in_a_row(error: DeviceError) -> None:
    guard, device, cpu, pauses = degrade(execute={1: error, 2: error, 3: error}, warm=ALONE)
    assert [ask(guard) for _ in range(6)] == ["cpu"] * 6
    assert (device.calls["execute"], cpu.calls["execute"]) == (3, 6)
    pauses.wait_begun()
    assert device.instances[0].closed, "its memory is given back before anything new is loaded"
    assert guard.placement == {
        "device": "ascend",  # of the scripted spec: the CPU is a scripted device, too
        "fallback_from": "ascend",
        "fallback_reason": str(error),
    }
    assert guard.stands_in


def test_the_executor_is_that_of_the_instance_that_runs_now() -> None:
    alone = Device()
    own_process = Loaded(GearedInstance(ProcessInstance(alone.open)), SPEC, WARM)
    assert guarded(own_process, cpu=alone.loaded()).executor == "process"
    assert guarded(None, cpu=alone.loaded()).executor == "thread"
    assert guarded(None, cpu=None).executor == "thread"


def test_degrade_leaves_a_lost_device_at_once_and_comes_back() -> None:
    tries = {2: LOST, 3: LoadFailed("busy")}
    guard, device, _, pauses = degrade(execute={2: LOST}, load=tries)
    assert [ask(guard) for _ in range(3)] == ["ascend", "cpu", "cpu"]
    for reason in ("card 0 fell off", "card 0 fell off", "busy"):
        pauses.wait_begun()
        assert (guard.breaker.state, guard.breaker.reason) == (State.OPEN, reason)
        assert ask(guard) == "cpu"
        pauses.end()
    probes_ended()
    assert pauses.waits_s == [1, 2, 4]
    assert (ask(guard), guard.stands_in, guard.placement) == ("ascend", False, SPEC.placement)
    assert guard.errors["device_lost"] == 2, "of a batch and of a probe"
    guard.close()
    assert device.instances[-1].closed


def test_batches_go_to_the_cpu_while_a_probe_is_under_way() -> None:
    entered, gate = threading.Semaphore(0), threading.Semaphore(0)
    device, breaker, pauses = Device(execute={1: LOST}), Breaker(), Pauses()

    def reopen() -> Loaded:
        entered.release()
        assert gate.acquire(timeout=TIMEOUT_S)
        return device.loaded()

    recovery = Recovery(LABELS, breaker, reopen, pauses)
    guard = GuardedInstance(LABELS, device.loaded(), Device().loaded(), breaker, recovery)
    assert ask(guard) == "cpu"
    pauses.end()
    assert entered.acquire(timeout=TIMEOUT_S)
    assert breaker.state is State.HALF_OPEN
    assert ask(guard) == "cpu"
    gate.release()
    probes_ended()
    assert ask(guard) == "ascend"


def test_a_probe_that_ends_after_the_model_was_closed_leaves_nothing_behind() -> None:
    guard, device, _, pauses = degrade(execute={1: LOST})
    ask(guard)
    pauses.wait_begun()
    recovery = guard._recovery
    assert recovery is not None
    guard.close()
    guard._take(fresh := device.loaded())
    assert device.instances[-1] is fresh.instance
    assert device.instances[-1].closed
    pauses.end()
    probes_ended()
    assert device.calls["load"] == 2, "no probe begins after close"


def test_a_lost_device_that_cannot_even_be_closed_is_probed() -> None:
    world = degrade(execute={1: LOST}, close={1: OSError("driver")})
    assert ask(world.guard) == "cpu"
    world.recover()
    assert ask(world.guard) == "ascend"


def test_a_probe_that_meets_a_bug_is_not_the_last_one() -> None:
    world = degrade(execute={1: LOST}, load={2: RuntimeError("vendor library")})
    assert ask(world.guard) == "cpu"
    world.pauses.end()
    world.recover()
    assert ask(world.guard) == "ascend"


def test_a_batch_too_large_for_the_memory_runs_in_halves() -> None:
    guard, device, cpu, _ = degrade(execute={1: MEMORY, 4: MEMORY})
    assert [ask(guard, rows=5), ask(guard, rows=1)] == ["ascend", "cpu"]
    assert device.instances[0].sizes == [2, 3]
    assert (cpu.calls["execute"], guard.errors["device_memory"]) == (1, 2)
    assert guard.breaker.state is State.CLOSED


def test_a_half_too_large_for_the_memory_goes_to_the_cpu() -> None:
    guard, _, cpu, _ = degrade(execute={1: MEMORY, 3: MEMORY})
    assert ask(guard, rows=4) == "cpu"
    assert cpu.instances[0].sizes == [4], "the whole of it"


def test_what_does_not_share_a_batch_is_not_halved() -> None:
    guard, device, _, _ = degrade(execute={1: MEMORY}, warm=ALONE)
    assert ask(guard, rows=4) == "cpu"
    assert device.calls["execute"] == 1


@pytest.mark.parametrize("make", [degrade, strict])
@pytest.mark.parametrize("error", [InvalidRequest("negative"), ModelFailed("shape")])
def test_what_is_not_the_device_s_fault_is_answered_and_never_trips(
    make: Callable[..., World], error: Exception
) -> None:
    guard, _, cpu, _ = make(execute=dict.fromkeys(range(1, 20), error))
    for _ in range(19):
        with pytest.raises(type(error), match=str(error)):
            ask(guard)
    assert (ask(guard), cpu.calls["execute"]) == ("ascend", 0)
    assert (guard.breaker.state, sum(guard.errors.values())) == (State.CLOSED, 0)


def test_what_the_model_itself_cannot_answer_fails_on_the_cpu_as_it_is() -> None:
    cpu = Device(execute={1: ModelFailed("overflow")})
    guard = world(Device(execute={1: FAULT}), limit=3, cpu=cpu).guard
    with pytest.raises(ModelFailed, match="overflow") as failure:
        ask(guard)
    assert failure.value.__context__ is FAULT


@pytest.mark.parametrize("error", [FAULT, MEMORY])
def test_strict_answers_errors_as_they_are_and_goes_on(error: DeviceError) -> None:
    guard, device, _, _ = strict(execute=dict.fromkeys(range(1, 20), error))
    for _ in range(19):
        with pytest.raises(type(error)) as failure:
            ask(guard)
        assert failure.value is error
    assert (ask(guard), guard.lost, device.calls["execute"]) == ("ascend", "", 20)


def test_strict_is_lost_with_its_device_and_back_with_it() -> None:
    guard, device, _, pauses = strict(execute={1: LOST}, load={2: LOST})
    with pytest.raises(DeviceLost, match=r"^card 0 fell off$"):
        ask(guard)
    for _ in range(2):
        pauses.wait_begun()
        assert guard.lost == "device ascend is lost: card 0 fell off"
        assert guard.placement == {"device": "ascend", "lost": "card 0 fell off"}
        assert not guard.stands_in
        with pytest.raises(DeviceLost, match="device ascend is lost: card 0 fell off"):
            ask(guard)
        assert device.calls["execute"] == 1, "a lost device is not asked"
        pauses.end()
    probes_ended()
    assert (ask(guard), guard.lost) == ("ascend", "")


def test_cancel_reaches_the_instance_that_runs() -> None:
    cpu = Gated()
    copy = Loaded(cpu, SPEC, WARM)
    guard = GuardedInstance(LABELS, Device(execute={1: FAULT}).loaded(), copy, Breaker(), None)
    guard.cancel()
    with asking(guard) as one:
        assert cpu.entered.acquire(timeout=TIMEOUT_S)
        guard.cancel()
        cpu.gate.release()
    assert (one, cpu.cancelled) == (["cpu"], 1)


def test_cancel_does_not_guess_which_of_several_batches_is_meant() -> None:
    device = Gated()
    guard = GuardedInstance(LABELS, Loaded(device, SPEC, WARM), None, Breaker(), None)
    with asking(guard), asking(guard):
        for _ in range(2):
            assert device.entered.acquire(timeout=TIMEOUT_S)
        guard.cancel()
        device.gate.release(2)
    assert device.cancelled == 0


def test_several_threads_use_the_device_and_one_the_cpu() -> None:
    device, cpu = Gated(DeviceFault("first"), DeviceFault("second")), Gated()
    at_home, copy = Loaded(device, SPEC, WARM), Loaded(cpu, SPEC, WARM)
    guard = GuardedInstance(LABELS, at_home, copy, Breaker(), None)
    with asking(guard) as one, asking(guard) as other:
        for _ in range(2):
            assert device.entered.acquire(timeout=TIMEOUT_S)
        device.gate.release(2)
        assert cpu.entered.acquire(timeout=TIMEOUT_S)
        assert not cpu.entered.acquire(blocking=False)
        cpu.gate.release(2)
    assert one + other == ["cpu", "cpu"]


def test_an_instance_is_closed_when_the_last_batch_has_left_it() -> None:
    breaker, pauses = Breaker(), Pauses()
    recovery = Recovery(LABELS, breaker, Device().loaded, pauses)
    device = Gated(DeviceLost("first"))
    at_home = Loaded(device, SPEC, WARM)
    guard = GuardedInstance(LABELS, at_home, Device().loaded(), breaker, recovery)
    with asking(guard) as one, asking(guard) as other:
        for _ in range(2):
            assert device.entered.acquire(timeout=TIMEOUT_S)
        device.gate.release()
        eventually(lambda: guard.stands_in, bool, TIMEOUT_S, "the breaker is open")
        assert (device.closed, pauses.waits_s) == (False, [])
        device.gate.release()
    pauses.wait_begun()
    assert device.closed
    assert sorted(one + other) == ["ascend", "cpu"]
    pauses.end()
    probes_ended()


def test_close_gives_everything_back_and_may_be_called_again() -> None:
    guard, device, cpu, _ = degrade()
    guard.close()
    guard.close()
    assert device.instances[0].closed
    assert cpu.instances[0].closed


def test_the_log_says_what_happened(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    world = degrade(execute={1: FAULT, 3: LOST}, load={2: DeviceLost("still")})
    for _ in range(3):
        ask(world.guard)
    world.pauses.end()
    world.recover()
    told = [
        (line.levelname, line.message, vars(line).get("reason", ""))
        for line in caplog.records
        if vars(line).items() >= LABELS.items()
    ]
    assert told == [
        ("WARNING", "batch failed on the device", "aicore"),
        ("WARNING", "batch failed on the device", "card 0 fell off"),
        ("WARNING", "model runs on the CPU", "card 0 fell off"),
        ("WARNING", "device is not back", "still"),
        ("INFO", "model runs on its device again", ""),
    ]


def test_strict_logs_the_loss_as_an_error(caplog: pytest.LogCaptureFixture) -> None:
    guard = strict(execute={1: LOST}).guard
    with pytest.raises(DeviceLost):
        ask(guard)
    assert ("ERROR", "device lost") in [(line.levelname, line.message) for line in caplog.records]
