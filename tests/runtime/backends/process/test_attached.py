# SPDX-License-Identifier: Apache-2.0
"""Several front ends, each a process of its own, share one model process."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from support.eventually import eventually
from support.front_ends import ask_many, batch, doubled
from support.models import GATED, GatedModel, write_double_python, write_python
from support.processes import kill_and_wait
from velaserve_runtime.backends.process.attached import AttachedInstance
from velaserve_runtime.protocol.errors import LoadFailed, ModelFailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.front_ends import FrontEnd
    from velaserve_runtime.backends.process.instance import ProcessInstance

RUNS = 300
SOON_S = 30.0
TELLS_ITS_THREADS = """
    inputs = (TensorSpec("x", "FP32", (-1, 4)),)
    outputs = (TensorSpec("y", "FP32", (-1, 4)),)

    def tell(self, what):
        import threading
        with open(self.directory / "threads", "a") as file:
            print(what, threading.get_native_id(), file=file)

    def load(self, directory):
        self.directory = directory
        self.tell("load")

    def predict(self, inputs):
        self.tell("predict")
        return {"y": 2 * inputs["x"]}

    def close(self):
        self.tell("close")
"""

TEXTS = [b"." * 1_000_000] * 4
"""More than a socket's buffer holds."""
LONG_TEXTS = GATED.replace('TensorSpec("y", "FP32"', 'TensorSpec("y", "BYTES"').replace(
    '2 * inputs["x"]', '[[b"." * 1_000_000] * 4] * len(inputs["x"])'
)
HOLDS_THE_LOCK = """
    inputs = (TensorSpec("x", "FP32", (-1, 4)),)
    outputs = (TensorSpec("y", "FP32", (-1, 4)),)

    def load(self, directory):
        self.entered = directory / "entered"

    def predict(self, inputs):
        import ctypes
        self.entered.touch()
        ctypes.PyDLL(None).pause()
"""


def test_each_front_end_gets_its_own_answers(
    tmp_path: Path,
    serve: Callable[..., ProcessInstance],
    attach: Callable[[ProcessInstance], FrontEnd],
) -> None:
    owner = serve(write_double_python(tmp_path))
    front_ends = [attach(owner), attach(owner)]

    for seed, front_end in enumerate(front_ends):
        front_end.call(ask_many(seed, RUNS))
    ask_many(2, RUNS)(owner)

    assert [front_end.result() for front_end in front_ends] == [RUNS, RUNS]


def test_one_thread_uses_the_model(
    tmp_path: Path,
    serve: Callable[..., ProcessInstance],
    attach: Callable[[ProcessInstance], FrontEnd],
) -> None:
    owner = serve(write_python(tmp_path, TELLS_ITS_THREADS))
    front_ends = [attach(owner), attach(owner)]
    for seed, front_end in enumerate(front_ends):
        front_end.call(ask_many(seed, 20))
    for front_end in front_ends:
        front_end.result()
    owner.warm_up(batch(1))
    owner.close()

    told = [line.split() for line in (tmp_path / "threads").read_text().splitlines()]
    assert [what for what, _ in told] == ["load", *["predict"] * 41, "close"]
    assert len({thread for _, thread in told}) == 1


def test_a_front_end_that_does_not_read_its_answer_holds_up_nobody(
    tmp_path: Path,
    serve: Callable[..., ProcessInstance],
    attach: Callable[[ProcessInstance], FrontEnd],
) -> None:
    with closing(GatedModel(tmp_path / "gated", LONG_TEXTS)) as gated:
        owner = serve(gated.folder)
        stopped = attach(owner)
        gated.release()
        stopped.execute(batch(1))  # from now on an answer is sent as soon as it is there
        gated.wait_entered()
        stopped.begin(batch(1))
        gated.wait_entered()
        os.kill(stopped.pid, signal.SIGSTOP)
        gated.release(2)
        try:
            assert owner.execute(batch(2))["y"].tolist() == [TEXTS]
        finally:
            os.kill(stopped.pid, signal.SIGCONT)
        assert stopped.result()["y"].tolist() == [TEXTS]


def test_a_cancelled_run_that_waits_is_dropped_and_the_running_one_goes_on(
    gated: GatedModel,
    serve: Callable[..., ProcessInstance],
    attach: Callable[[ProcessInstance], FrontEnd],
) -> None:
    owner = serve(gated.folder)
    running, waiting = attach(owner), attach(owner)
    running.begin(batch(1))
    gated.wait_entered()

    waiting.begin(batch(2))
    waiting.cancel()
    with pytest.raises(ModelFailed, match="cancelled before it began"):
        waiting.result()

    gated.release(2)
    assert running.result()["y"].tolist() == doubled(1)
    assert waiting.execute(batch(3))["y"].tolist() == doubled(3)


def test_a_cancelled_run_that_goes_on_is_killed_and_all_are_told_why(
    gated: GatedModel,
    serve: Callable[..., ProcessInstance],
    attach: Callable[[ProcessInstance], FrontEnd],
) -> None:
    owner = serve(gated.folder, cancel_grace_s=0.01)
    running, waiting = attach(owner), attach(owner)
    running.begin(batch(1))
    gated.wait_entered()
    waiting.begin(batch(2))

    running.cancel()

    for front_end in (running, waiting):
        with pytest.raises(ModelFailed, match=r"a cancelled run did not end within 0\.01 s"):
            front_end.result()
    gated.release()
    assert waiting.execute(batch(3))["y"].tolist() == doubled(3)


def test_a_run_that_lets_no_other_thread_of_its_process_go_on_is_killed(
    tmp_path: Path,
    serve: Callable[..., ProcessInstance],
    attach: Callable[[ProcessInstance], FrontEnd],
) -> None:
    owner = serve(write_python(tmp_path, HOLDS_THE_LOCK), cancel_grace_s=0.01)
    front_end = attach(owner)
    front_end.begin(batch(1))
    eventually((tmp_path / "entered").exists, bool, SOON_S, "the run's beginning")

    front_end.cancel()

    with pytest.raises(ModelFailed, match="a cancelled run did not end"):
        front_end.result()


def test_a_front_end_may_come_while_the_process_is_not_there(
    tmp_path: Path, serve: Callable[..., ProcessInstance]
) -> None:
    owner = serve(write_double_python(tmp_path))
    first = owner.pid
    kill_and_wait(first)
    attached = AttachedInstance(owner.address)

    assert attached.load().outputs[0].name == "y"

    assert owner.pid not in {first, None}
    assert attached.execute(batch(3))["y"].tolist() == doubled(3)
    assert owner.execute(batch(4))["y"].tolist() == doubled(4)
    attached.close()


def test_a_model_that_cannot_start_again_is_a_reason_for_each_front_end(
    tmp_path: Path, serve: Callable[..., ProcessInstance]
) -> None:
    owner = serve(write_double_python(tmp_path))
    attached = AttachedInstance(owner.address)
    attached.load()
    (tmp_path / "model.py").unlink()
    kill_and_wait(owner.pid)

    for instance in (attached, owner):
        with pytest.raises(ModelFailed, match=r"could not be started again: .*No such file"):
            instance.execute(batch(1))
    attached.close()


def test_a_model_that_its_owner_closed_is_nobody_s(
    tmp_path: Path, serve: Callable[..., ProcessInstance]
) -> None:
    owner = serve(write_double_python(tmp_path))
    attached = AttachedInstance(owner.address)
    attached.load()
    owner.close()

    with pytest.raises(ModelFailed, match=rf"no server keeps the model at {attached.address}"):
        attached.execute(batch(1))
    with pytest.raises(LoadFailed, match="load the model again or restart the server"):
        attached.load()
