# SPDX-License-Identifier: Apache-2.0
"""The server's side of a model process: its two pipes and two segments."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
from multiprocessing.connection import Pipe
from multiprocessing.reduction import send_handle
from typing import TYPE_CHECKING

from velaserve_runtime.backends.process.messages import (
    Close,
    Done,
    Execute,
    Load,
    NeedsOutput,
    UseSegment,
)
from velaserve_runtime.backends.shared_memory import Segment, new_descriptor, packed_bytes

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.backends.process.launch import Launch
    from velaserve_runtime.backends.process.messages import Answer, Question

GONE = (EOFError, OSError)
"""What the pipes raise when the process is no more."""
_CLOSE_S = 10.0


class ProcessHandle:
    """A running model process; methods raise one of GONE when it is no more, then call `end`."""

    def __init__(self, launch: Launch) -> None:
        """Raises: LoadFailed if it cannot be started."""
        self._questions: Connection[Question, Answer]
        self._questions, questions = Pipe()
        cancellations, self._cancellations = Pipe(duplex=False)
        # Afterwards only the process holds these ends, so that its end is the end of the pipes.
        with questions, cancellations:
            self._process = launch.start(questions, cancellations)
        self.pid = self._process.pid
        self._begin = launch.begin
        self._segments: dict[bool, Segment] = {}
        self._killed_because = ""

    def load(self) -> Answer:
        self._questions.send(Load(self._begin))
        return self._answer()

    def execute(self, number: int, batch: Arrays, warm_up: bool) -> Answer:
        inputs = self._segment(is_input=True, size_bytes=packed_bytes(batch))
        self._questions.send(Execute(number, inputs.pack(batch), warm_up))
        answer = self._answer()
        while isinstance(answer, NeedsOutput):
            self._segment(is_input=False, size_bytes=answer.size_bytes)
            answer = self._answer()
        return answer

    def read(self, answer: Done) -> Arrays:
        """The outputs, copied out of the shared memory."""
        return self._segment(is_input=False, size_bytes=0).copies(answer.outputs)

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def cancel(self, number: int) -> None:
        """Asks the run to end early; from any thread."""
        try:
            self._cancellations.send(number)
        except OSError:
            return  # the process is gone, and its run with it

    def kill(self, because: str) -> None:
        """From any thread; who waits for an answer gets one of GONE."""
        self._killed_because = because
        self._process.kill()

    def close(self) -> None:
        """Lets the model close itself, for a while."""
        try:
            self._questions.send(Close())
            self._process.wait(_CLOSE_S)
        except (OSError, subprocess.TimeoutExpired):
            pass  # it is gone already, or will be killed
        self.end()

    def end(self) -> str:
        """Makes sure that the process is no more, and says how it ended."""
        self._questions.close()
        self._cancellations.close()
        try:
            code = self._process.wait(_CLOSE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        return _how_it_ended(code, self._killed_because)

    def _answer(self) -> Answer:
        answer = self._questions.recv()
        if not isinstance(answer, NeedsOutput):
            for line in answer.log:
                logging.getLogger(line.logger).log(line.level, "%s", line.text)
        return answer

    def _segment(self, *, is_input: bool, size_bytes: int) -> Segment:
        """The one there is, when it is large enough, else a new one that both sides map."""
        segment = self._segments.get(is_input)
        if segment is None or segment.size_bytes < size_bytes:
            segment = self._segments[is_input] = self._send_segment(is_input, size_bytes)
        return segment

    def _send_segment(self, is_input: bool, size_bytes: int) -> Segment:
        descriptor, size_bytes = new_descriptor(size_bytes)
        try:
            self._questions.send(UseSegment(is_input, size_bytes))
            send_handle(self._questions, descriptor, self.pid)
            return Segment(descriptor, size_bytes)
        finally:
            os.close(descriptor)


def _how_it_ended(code: int, killed_because: str) -> str:
    if killed_because:
        return f"the model's process was killed: {killed_because}"
    if code >= 0:
        return f"the model's process ended with code {code}"
    name = signal.Signals(-code).name
    hint = " (out of memory?)" if -code == signal.SIGKILL else ""
    return f"the model's process was ended by {name}{hint}"
