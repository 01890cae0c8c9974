# SPDX-License-Identifier: Apache-2.0
"""Whoever is killed: the others are told or go on, and nothing is left."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.eventually import eventually
from support.front_ends import batch, doubled
from support.models import GatedModel, write_python
from support.processes import children, is_alive, kill_and_wait, open_files, unix_sockets
from velaserve_runtime.backends.process.attached import AttachedInstance
from velaserve_runtime.protocol.errors import ModelFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.front_ends import FrontEnd
    from velaserve_runtime.backends.process.instance import ProcessInstance

SOON_S = 30.0
LEAVES_ANOTHER = """
    inputs = (TensorSpec("x", "FP32", (-1, 4)),)
    outputs = (TensorSpec("y", "FP32", (-1, 4)),)

    def load(self, directory):
        import os, signal
        other = os.fork()
        if other == 0:
            signal.pause()
        (directory / "other").write_text(str(other))

    def predict(self, inputs):
        import os, signal
        os.kill(os.getpid(), signal.SIGKILL)
"""
SERVER = """
import functools, pathlib, sys
from velaserve_runtime.backends.process.instance import ProcessInstance
from velaserve_runtime.backends.python_model import PythonInstance

instance = ProcessInstance(functools.partial(PythonInstance, pathlib.Path(sys.argv[1])))
instance.load()
print(instance.pid, instance.address, flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def other_gated(tmp_path: Path) -> Iterator[GatedModel]:
    model = GatedModel(tmp_path / "other")
    yield model
    model.close()


def test_a_killed_model_process_fails_the_runs_of_all_its_front_ends_and_no_other(
    gated: GatedModel,
    other_gated: GatedModel,
    serve: Callable[..., ProcessInstance],
    attach: Callable[[ProcessInstance], FrontEnd],
) -> None:
    owner, other = serve(gated.folder), serve(other_gated.folder)
    front_ends = [attach(owner), attach(owner)]
    untouched = attach(other)
    other_pid = other.pid
    untouched.begin(batch(9))
    other_gated.wait_entered()
    for value, front_end in enumerate(front_ends):
        front_end.begin(batch(value))
    gated.wait_entered()

    kill_and_wait(owner.pid)

    for front_end in front_ends:
        with pytest.raises(ModelFailed, match=r"was ended by SIGKILL \(out of memory\?\)"):
            front_end.result()
    gated.release(3)
    for value, front_end in enumerate(front_ends):
        assert front_end.execute(batch(value))["y"].tolist() == doubled(value)
    assert owner.execute(batch(3))["y"].tolist() == doubled(3)
    other_gated.release()
    assert untouched.result()["y"].tolist() == doubled(9)
    assert other.pid == other_pid


def test_a_killed_front_end_leaves_nothing_and_disturbs_nobody(
    gated: GatedModel,
    serve: Callable[..., ProcessInstance],
    attach: Callable[[ProcessInstance], FrontEnd],
) -> None:
    owner = serve(gated.folder)
    other = attach(owner)
    gated.release(2)
    owner.execute(batch(1))
    other.execute(batch(2))
    model = pid_of(owner)
    before = left_behind(owner, model)
    gated.forget()
    killed = attach(owner)
    killed.begin(batch(3))
    gated.wait_entered()
    other.begin(batch(4))
    assert not any(file.startswith("/dev/shm") for file in open_files(killed.pid)), "is left there"

    killed.kill()

    gated.release(2)
    assert other.result()["y"].tolist() == doubled(4)
    assert owner.pid == model
    eventually(
        lambda: left_behind(owner, model), lambda now: now == before, SOON_S, f"as before: {before}"
    )


def test_what_a_killed_front_end_waited_for_is_never_run(
    gated: GatedModel,
    serve: Callable[..., ProcessInstance],
    attach: Callable[[ProcessInstance], FrontEnd],
) -> None:
    owner = serve(gated.folder)
    running, last = attach(owner), attach(owner)
    gated.release(3)
    for front_end in (owner, running, last):
        front_end.execute(batch(0))  # so that both threads that serve it are there
    gated.forget()
    before = threads(pid_of(owner))
    killed = attach(owner)
    running.begin(batch(1))
    gated.wait_entered()
    killed.begin(batch(2))

    killed.kill()

    eventually(lambda: threads(pid_of(owner)), before.__eq__, SOON_S, f"{before} threads")
    last.begin(batch(3))
    gated.release(2)
    assert running.result()["y"].tolist() == doubled(1)
    assert last.result()["y"].tolist() == doubled(3)


def pid_of(owner: ProcessInstance) -> int:
    assert owner.pid is not None
    return owner.pid


def threads(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


def left_behind(owner: ProcessInstance, model: int) -> dict[str, object]:
    """What a front end could leave in the world, in the model's process and in this one."""
    return {
        "sockets": unix_sockets(owner.address),
        "model": open_files(model),
        "threads": threads(model),
        "model's children": children(model),
    }


def test_a_run_of_a_killed_front_end_that_goes_on_is_killed(
    gated: GatedModel,
    serve: Callable[..., ProcessInstance],
    attach: Callable[[ProcessInstance], FrontEnd],
) -> None:
    """Else the others would wait for ever."""
    owner = serve(gated.folder, cancel_grace_s=0.01)
    killed, waiting = attach(owner), attach(owner)
    killed.begin(batch(1))
    gated.wait_entered()
    waiting.begin(batch(2))

    killed.kill()

    with pytest.raises(ModelFailed, match=r"killed: the run of a client that is gone went on"):
        waiting.result()
    gated.release()
    assert waiting.execute(batch(3))["y"].tolist() == doubled(3)


def test_what_a_dead_model_process_had_started_ends_with_it(
    tmp_path: Path, serve: Callable[..., ProcessInstance]
) -> None:
    """It holds the dead process's side of every connection: nobody would hear of the end."""
    owner = serve(write_python(tmp_path, LEAVES_ANOTHER))
    other = int((tmp_path / "other").read_text())
    assert is_alive(other)

    with pytest.raises(ModelFailed, match="was ended by SIGKILL"):
        owner.execute(batch(1))

    eventually(lambda: is_alive(other), lambda alive: not alive, SOON_S, "the other's end")


def test_a_killed_owner_takes_its_model_process_along_and_front_ends_are_told(
    gated: GatedModel, tmp_path: Path
) -> None:
    (tmp_path / "server.py").write_text(SERVER)
    server = subprocess.Popen(
        [sys.executable, tmp_path / "server.py", gated.folder / "model.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with server:
        assert server.stdout is not None
        pid, address = server.stdout.readline().split()
        attached = AttachedInstance(address)
        attached.load()
        gated.release()
        assert attached.execute(batch(1))["y"].tolist() == doubled(1)
        gated.forget()
        killer = killed_when_entered(gated, server)

        with pytest.raises(ModelFailed, match="ended with the server that owned it"):
            attached.execute(batch(2))
        killer.join()

    eventually(lambda: is_alive(int(pid)), lambda alive: not alive, SOON_S, "the model's end")
    with pytest.raises(ModelFailed, match="restart the server"):
        attached.execute(batch(3))
    attached.close()
    assert unix_sockets(address) == 0


def killed_when_entered(gated: GatedModel, server: subprocess.Popen[str]) -> threading.Thread:
    def kill() -> None:
        gated.wait_entered()
        server.send_signal(signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    return thread
