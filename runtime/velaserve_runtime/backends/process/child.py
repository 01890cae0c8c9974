# SPDX-License-Identifier: Apache-2.0
"""The model process, a program: runs one ModelInstance for the server that started it."""

from __future__ import annotations

import functools
import logging
import os
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from typing import TYPE_CHECKING

from velaserve_runtime.backends.process.messages import (
    Close,
    Done,
    Execute,
    Failed,
    Load,
    Loaded,
    LogLine,
    NeedsOutput,
    UseSegment,
)
from velaserve_runtime.backends.shared_memory import Segment, packed_bytes
from velaserve_runtime.protocol.errors import ModelFailed

if TYPE_CHECKING:
    from collections.abc import Callable

    from velaserve_runtime.backends.instance import Arrays, ModelInstance
    from velaserve_runtime.backends.process.launch import Begin
    from velaserve_runtime.backends.process.messages import Answer, Question

_NO_RUN = 0


def main(questions: int, cancellations: int) -> None:
    """Returns when the server asks for it; the arguments are descriptors that it left open."""
    for descriptor in (questions, cancellations):
        os.set_inheritable(descriptor, False)  # not for what the model starts
    log = _Log()
    logging.basicConfig(handlers=[log], level=logging.INFO)
    process = _ModelProcess(Connection(questions), log)
    cancelled: Connection[None, int] = Connection(cancellations, writable=False)
    threading.Thread(target=process.watch, args=(cancelled,), daemon=True).start()
    with suppress(EOFError, OSError):
        process.serve()


class _Log(logging.Handler):
    """Keeps what is logged until the next answer takes it along."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[LogLine] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(LogLine(record.name, record.levelno, self.format(record)))

    def take(self) -> list[LogLine]:
        self.acquire()
        lines, self._lines = self._lines, []
        self.release()
        return lines


class _ModelProcess:
    """Answers questions one by one."""

    def __init__(
        self,
        questions: Connection[Answer, Question],
        log: _Log,
    ) -> None:
        self._questions = questions
        self._log = log
        self._instance: ModelInstance | None = None
        self._segments: dict[bool, Segment] = {}
        self._running = _NO_RUN
        self._lock = threading.Lock()

    def serve(self) -> None:
        while True:
            match self._questions.recv():
                case Load(begin):
                    self._answer(functools.partial(self._load, begin))
                case UseSegment() as segment:
                    self._use(segment)
                case Execute() as question:
                    self._answer(functools.partial(self._execute, question))
                case Close():
                    break
        if self._instance is not None:
            self._instance.close()

    def watch(self, cancellations: Connection[None, int]) -> None:
        """In a thread: cancels the run whose number arrives; ends the process with the server."""
        while True:
            try:
                number = cancellations.recv()
            except (EOFError, OSError):
                os._exit(0)
            with self._lock:
                if number == self._running and self._instance is not None:
                    self._instance.cancel()

    def _answer(self, do: Callable[[], Loaded | Done]) -> None:
        answer: Answer
        try:
            answer = do()
        except Exception as err:  # noqa: BLE001  the server must get an answer, whatever it is
            answer = Failed.of(err, self._log.take())
        self._questions.send(answer)

    def _load(self, begin: Begin) -> Loaded:
        self._instance = begin.instance()
        return Loaded(self._instance.load(), self._log.take())

    def _execute(self, question: Execute) -> Done:
        outputs = self._run(question)
        needed = packed_bytes(outputs)
        segment = self._segments.get(False)
        if segment is None or needed > segment.size_bytes:
            segment = self._larger_output(needed)
        return Done(segment.pack(outputs), self._log.take())

    def _larger_output(self, size_bytes: int) -> Segment:
        self._questions.send(NeedsOutput(size_bytes))
        match self._questions.recv():
            case UseSegment() as segment:
                return self._use(segment)
            case question:
                raise ModelFailed(f"expected UseSegment, found {type(question).__name__}")

    def _run(self, question: Execute) -> Arrays:
        if self._instance is None:
            raise ModelFailed("the model is not loaded")
        run = self._instance.warm_up if question.warm_up else self._instance.execute
        inputs = self._segments[True].views(question.inputs)
        self._set_running(question.number)
        try:
            return run(inputs)
        finally:
            self._set_running(_NO_RUN)

    def _set_running(self, number: int) -> None:
        with self._lock:
            self._running = number

    def _use(self, segment: UseSegment) -> Segment:
        descriptor = recv_handle(self._questions)
        try:
            mapped = self._segments[segment.is_input] = Segment(descriptor, segment.size_bytes)
        finally:
            os.close(descriptor)
        return mapped


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
