# SPDX-License-Identifier: Apache-2.0
"""A front end's connection to one model process: its questions and its two segments."""

from __future__ import annotations

import os
import select
from contextlib import suppress
from multiprocessing.connection import Pipe
from multiprocessing.reduction import recv_handle, send_handle
from typing import TYPE_CHECKING

from velaserve_runtime.backends.process.fate import Fate
from velaserve_runtime.backends.process.messages import (
    Done,
    Execute,
    Failed,
    Loaded,
    NeedsOutput,
    UseSegment,
)
from velaserve_runtime.backends.shared_memory import Segment, new_descriptor, packed_bytes
from velaserve_runtime.protocol.errors import ModelFailed

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.backends.process.messages import Answer, Question

_LAST_WORD_S = 5.0
"""An owner sees the end of its process at once, or is itself in trouble."""


class Attachment:
    """Methods raise one of GONE when the process is no more, then call `end`."""

    def __init__(self, questions: Connection[Question, Answer]) -> None:
        """Waits for the model to be loaded.

        Raises:
            VelaserveError: why it cannot be.
        """
        self._questions = questions
        try:
            self.loaded = self._welcomed()
            self._fate = Fate(recv_handle(questions))
        except BaseException:
            questions.close()
            raise
        theirs, self._cancellations = Pipe(duplex=False)
        with theirs, suppress(OSError):  # then the first question will fail
            send_handle(questions, theirs.fileno(), os.getpid())
        self._segments: dict[bool, Segment] = {}
        self._poll = select.poll()
        self._poll.register(questions, select.POLLIN)
        self._poll.register(self._fate, select.POLLIN)

    def is_alive(self) -> bool:
        """Between two runs: whether there has been no word of an end."""
        return not self._poll.poll(0)

    def execute(self, number: int, batch: Arrays, warm_up: bool) -> Arrays:
        inputs = self._segment(is_input=True, size_bytes=packed_bytes(batch))
        self._questions.send(Execute(number, inputs.pack(batch), warm_up))
        answer = self._answer()
        if isinstance(answer, NeedsOutput):
            self._segment(is_input=False, size_bytes=answer.size_bytes)
            answer = self._answer()
        if isinstance(answer, Done):
            # Copied out of the shared memory, which the next answer will fill.
            return self._segment(is_input=False, size_bytes=0).copies(answer.outputs)
        raise _error(answer)

    def cancel(self, number: int) -> None:
        """Asks the run to end early; from any thread."""
        try:
            self._cancellations.send(number)
        except OSError:
            return  # the process is gone, and its run with it

    def kill(self, because: str) -> None:
        """From any thread; who waits for an answer gets one of GONE."""
        self._fate.ask_for_kill(because)

    def end(self) -> str:
        """Closes the connection to a process that is no more, and says how that ended."""
        word = self._fate.read(_LAST_WORD_S)
        self.close()
        return word

    def close(self) -> None:
        self._questions.close()
        self._cancellations.close()
        self._fate.close()

    def _welcomed(self) -> Loaded:
        answer = self._questions.recv()
        if isinstance(answer, Loaded):
            return answer
        raise _error(answer)

    def _answer(self) -> Answer:
        """A process that is dead may have left others behind who hold its end of the connection."""
        ready = [descriptor for descriptor, _ in self._poll.poll()]
        if self._questions.fileno() not in ready:
            raise EOFError
        return self._questions.recv()

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
            send_handle(self._questions, descriptor, os.getpid())
            return Segment(descriptor, size_bytes)
        finally:
            os.close(descriptor)


def _error(answer: Answer) -> Exception:
    if isinstance(answer, Failed):
        return answer.error()
    return ModelFailed(f"the model's process answered {type(answer).__name__}")
