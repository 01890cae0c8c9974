# SPDX-License-Identifier: Apache-2.0
"""Models in their own process: death, kill, large answers, no traces."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.backends import loaded
from support.models import (
    GatedModel,
    counting_loop,
    write_double_python,
    write_echo_python,
    write_failing_python,
    write_onnx,
    write_python,
)
from support.processes import kill_and_wait
from velaserve_runtime.backends.process.instance import ProcessInstance
from velaserve_runtime.backends.python_model import PythonInstance
from velaserve_runtime.protocol.datatypes import DATATYPES
from velaserve_runtime.protocol.errors import InvalidRequest, LoadFailed, ModelFailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from velaserve_runtime.backends.instance import Arrays, ModelInstance

BATCH: Arrays = {"x": np.ones((1, 4), np.float32)}
KILLS_ITSELF = """
    inputs = (TensorSpec("x", "FP32", (-1, 4)),)
    outputs = (TensorSpec("y", "FP32", (-1, 4)),)

    def predict(self, inputs):
        import os, signal
        if inputs["x"][0, 0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return {"y": inputs["x"]}
"""
GROWING = """
    inputs = (TensorSpec("rows", "INT64", (1,)),)
    outputs = (TensorSpec("ones", "FP64", (-1, 1000)),)

    def predict(self, inputs):
        import numpy as np
        return {"ones": np.ones((int(inputs["rows"][0]), 1000))}
"""


def test_every_datatype_crosses_the_boundary(tmp_path: Path) -> None:
    batch = {
        name: np.array([[b"\xff", b""]], np.object_)
        if name == "BYTES"
        else np.array([[0, 1]], datatype.dtype)
        for name, datatype in DATATYPES.items()
    }
    with loaded(write_echo_python(tmp_path), "process") as (instance, _):
        answer = instance.execute(batch)

    for name, array in batch.items():
        got = answer[f"{name}_out"]
        assert (got.dtype, got.tolist()) == (array.dtype, array.tolist())


def test_answers_larger_than_the_last_segment_come_through(tmp_path: Path) -> None:
    with loaded(write_python(tmp_path, GROWING), "process") as (instance, _):
        for rows in (0, 1, 100, 2, 1000):
            answer = instance.execute({"rows": np.array([rows])})

            assert answer["ones"].shape == (rows, 1000)
            assert answer["ones"].sum() == rows * 1000


def test_errors_keep_their_class_and_text(tmp_path: Path) -> None:
    refuse = "raise InvalidRequest('input x: no')\n"
    source = "\n    def predict(self, inputs):\n        from velaserve_runtime.model import *\n"
    head = KILLS_ITSELF.split("\n    def")[0]
    write_python(
        tmp_path / "refusing", head + source.replace("*", "InvalidRequest") + f"        {refuse}"
    )
    with (
        loaded(tmp_path / "refusing", "process") as (instance, _),
        pytest.raises(InvalidRequest, match="input x: no"),
    ):
        instance.execute(BATCH)
    with (
        loaded(write_failing_python(tmp_path / "failing"), "process") as (instance, _),
        pytest.raises(ModelFailed, match="raised ValueError: this model always fails"),
    ):
        instance.execute(BATCH)


def test_what_the_model_logs_reaches_the_servers_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        loaded(write_failing_python(tmp_path), "process") as (instance, _),
        pytest.raises(ModelFailed),
    ):
        instance.execute(BATCH)

    [line] = caplog.messages
    assert "ValueError: this model always fails" in line
    assert "Traceback" in line
    assert not line.startswith("ERROR:"), "level and logger are told apart"


def test_a_death_fails_its_run_only_and_the_next_one_starts_the_model_again(
    tmp_path: Path,
) -> None:
    deadly = {"x": np.full((1, 4), -1, np.float32)}
    with loaded(write_python(tmp_path, KILLS_ITSELF), "process") as (instance, _):
        with pytest.raises(ModelFailed, match=r"was ended by SIGKILL \(out of memory\?\)"):
            instance.execute(deadly)

        assert instance.execute(BATCH)["y"].tolist() == [[1, 1, 1, 1]]


def test_a_death_between_two_runs_goes_unnoticed(
    tmp_path: Path, serve: Callable[..., ProcessInstance]
) -> None:
    instance = serve(write_double_python(tmp_path))
    kill_and_wait(instance.pid)

    assert instance.execute(BATCH)["y"].tolist() == [[2, 2, 2, 2]]


def test_a_death_while_loading_is_a_reason(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text("import os; os._exit(7)\n")
    instance = ProcessInstance(functools.partial(PythonInstance, tmp_path / "model.py"))

    with pytest.raises(LoadFailed, match=r"while the model loaded.* ended with code 7"):
        instance.load()


def test_a_model_that_cannot_start_again_fails_with_the_reason(
    tmp_path: Path, serve: Callable[..., ProcessInstance]
) -> None:
    instance = serve(write_double_python(tmp_path))
    (tmp_path / "model.py").unlink()
    kill_and_wait(instance.pid)

    with pytest.raises(ModelFailed, match=r"could not be started again: .*No such file"):
        instance.execute(BATCH)


def why_it_failed(instance: ModelInstance, turns: int) -> str:
    with pytest.raises(ModelFailed) as failure:
        instance.execute({"turns": np.array([turns])})
    return str(failure.value)


def test_cancel_reaches_a_model_that_can_be_interrupted(tmp_path: Path) -> None:
    with loaded(write_onnx(tmp_path, counting_loop()), "process") as (instance, _):
        ended = threading.Event()
        cancel = threading.Thread(target=cancel_until, args=(instance.cancel, ended))
        cancel.start()
        try:
            while "before it began" in (why := why_it_failed(instance, 2**40)):
                pass  # too early: nothing had to be interrupted
        finally:
            ended.set()
            cancel.join()
        assert "terminate" in why

        assert instance.execute({"turns": np.array([5])})["count"].tolist() == [5]


def test_a_cancelled_run_that_goes_on_is_killed(
    gated: GatedModel, serve: Callable[..., ProcessInstance]
) -> None:
    instance = serve(gated.folder, 0.01)
    failures: list[ModelFailed] = []

    def run() -> None:
        try:
            instance.execute(BATCH)
        except ModelFailed as err:
            failures.append(err)

    thread = threading.Thread(target=run)
    thread.start()
    gated.wait_entered()
    instance.cancel()
    thread.join()

    assert "killed: a cancelled run did not end within 0.01 s" in str(failures[0])
    gated.release()
    assert instance.execute(BATCH)["y"].tolist() == [[2, 2, 2, 2]]


def test_a_cancelled_run_that_ends_in_time_keeps_its_process(
    gated: GatedModel, serve: Callable[..., ProcessInstance]
) -> None:
    instance = serve(gated.folder)
    pid = instance.pid
    thread = threading.Thread(target=instance.execute, args=(BATCH,))
    thread.start()
    gated.wait_entered()
    instance.cancel()
    instance.cancel()
    gated.release(2)
    thread.join()

    instance.execute(BATCH)

    assert instance.pid == pid


def test_the_process_is_gone_after_close(
    tmp_path: Path, serve: Callable[..., ProcessInstance]
) -> None:
    instance = serve(write_double_python(tmp_path))
    pid = instance.pid
    assert pid is not None

    instance.close()

    assert instance.pid is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


SERVER = """
import functools, pathlib, sys
from velaserve_runtime.backends.process.instance import ProcessInstance
from velaserve_runtime.backends.python_model import PythonInstance

file = pathlib.Path(sys.argv[1])
instance = ProcessInstance(functools.partial(PythonInstance, file))
instance.load()
print(instance.pid, flush=True)
sys.stdin.readline()
"""


@pytest.mark.parametrize("how", ["kill", "exit"])
def test_the_process_ends_with_the_server_and_leaves_nothing(tmp_path: Path, how: str) -> None:
    """A pipe that the model process inherits is at its end when that has ended too."""
    write_double_python(tmp_path)
    (tmp_path / "server.py").write_text(SERVER)
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        [sys.executable, tmp_path / "server.py", tmp_path / "model.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=write_end,
        text=True,
    )
    os.close(write_end)
    with server, os.fdopen(read_end) as stderr:
        assert server.stdout is not None
        pid = int(server.stdout.readline())
        os.kill(pid, 0)
        if how == "kill":
            server.kill()
        server.communicate("\n" if how == "exit" else None)

        assert stderr.read() == ""


def cancel_until(cancel: Callable[[], None], ended: threading.Event) -> None:
    """The run may not have begun at the first time."""
    while not ended.wait(0.01):
        cancel()
