# SPDX-License-Identifier: Apache-2.0
"""What the model process does for one front end."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import wait
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle
from typing import TYPE_CHECKING

from velaserve_runtime.backends.process.messages import (
    GONE,
    Done,
    Execute,
    Failed,
    NeedsOutput,
    UseSegment,
)
from velaserve_runtime.backends.process.runs import Run, outputs_of
from velaserve_runtime.backends.shared_memory import Segment, packed_bytes

if TYPE_CHECKING:
    from concurrent.futures import Future

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.backends.process.fate import Fate
    from velaserve_runtime.backends.process.messages import Answer, Loaded, Question
    from velaserve_runtime.backends.process.runs import Runs

_ALL_RUNS = sys.maxsize
_SMALL = 4096
"""Characters that fit into the buffer of a connection, on which there is nothing else."""


class FrontEnd:
    """Two threads: one hears its questions, one by one; one waits for its cancellations.

    The thread that ends a run answers it, which saves the change to another thread. It never waits
    for a front end: what does not fit into the connection's buffer is sent by a thread of its own.
    """

    def __init__(
        self, questions: Connection[Answer, Question], runs: Runs, loaded: Loaded, fate: Fate
    ) -> None:
        self._questions = questions
        self._runs = runs
        self._loaded = loaded
        self._fate = fate
        self._segments: dict[bool, Segment] = {}
        self._run: Run | None = None
        self._cancelled = 0
        """The runs up to this number are not wanted any more."""
        self._lock = threading.Lock()
        self._sending = threading.Lock()
        self._waiting: Arrays | None = None
        """Outputs, while a segment that holds them is under way."""

    def serve(self) -> None:
        """Returns when the front end is gone."""
        with suppress(*GONE):
            self._welcome()
            while True:
                match self._questions.recv():
                    case UseSegment() as segment:
                        self._use(segment)
                    case Execute() as question:
                        self._begin(question)
        with self._sending:  # else an answer could go to whoever gets the same descriptor next
            self._questions.close()

    def _welcome(self) -> None:
        self._questions.send(self._loaded)
        send_handle(self._questions, self._fate.fileno(), os.getpid())
        cancellations: Connection[None, int]
        cancellations = Connection(recv_handle(self._questions), writable=False)
        threading.Thread(target=self._watch, args=(cancellations,), daemon=True).start()

    def _watch(self, cancellations: Connection[None, int]) -> None:
        """Cancels the run whose number arrives; all, when the front end is gone."""
        with cancellations, suppress(*GONE):
            while True:
                self._cancel(cancellations.recv())
        run = self._cancel(_ALL_RUNS)
        if run is not None and not run.outcome.cancelled():
            self._see_it_end(run)

    def _cancel(self, number: int) -> Run | None:
        with self._lock:
            self._cancelled = number
            run = self._run
        if run is not None:
            self._runs.cancel(run)
        return run

    def _see_it_end(self, run: Run) -> None:
        """Others wait for the model behind it, and who asked for it can see to it no more."""
        grace_s = self._loaded.cancel_grace_s
        if wait([run.outcome], grace_s).not_done:
            self._fate.ask_for_kill(f"the run of a client that is gone went on for {grace_s:g} s")

    def _begin(self, question: Execute) -> None:
        try:
            run = Run(self._segments[True].views(question.inputs), warm_up=question.warm_up)
        except Exception as err:  # noqa: BLE001  the front end must get an answer, whatever it is
            self._send(Failed.of(err))
            return
        with self._lock:
            self._run = run
            is_wanted = question.number > self._cancelled
        if not is_wanted:
            run.outcome.cancel()
        run.outcome.add_done_callback(self._ended)
        self._runs.submit(run)

    def _ended(self, outcome: Future[Arrays]) -> None:
        """In the thread that ended the run; after the answer the next one may be asked for."""
        self._run = None
        answer = self._answer(outcome)
        if _may_wait(answer):
            threading.Thread(target=self._send, args=(answer,), daemon=True).start()
        else:
            self._send(answer)

    def _answer(self, outcome: Future[Arrays]) -> Answer:
        try:
            return self._packed(outputs_of(outcome))
        except Exception as err:  # noqa: BLE001  the front end must get an answer, whatever it is
            return Failed.of(err)

    def _packed(self, outputs: Arrays) -> Done | NeedsOutput:
        needed = packed_bytes(outputs)
        segment = self._segments.get(False)
        if segment is None or needed > segment.size_bytes:
            self._waiting = outputs
            return NeedsOutput(needed)
        return Done(segment.pack(outputs))

    def _send(self, answer: Answer) -> None:
        with self._sending, suppress(*GONE):
            self._questions.send(answer)

    def _use(self, segment: UseSegment) -> None:
        descriptor = recv_handle(self._questions)
        try:
            self._segments[segment.is_input] = Segment(descriptor, segment.size_bytes)
        finally:
            os.close(descriptor)
        outputs, self._waiting = self._waiting, None
        if outputs is not None:
            self._send(self._packed(outputs))


def _may_wait(answer: Answer) -> bool:
    """Whether sending it may last until the front end reads."""
    match answer:
        case Done(outputs):
            return any(slot.elements is not None for slot in outputs)
        case Failed(_, text):
            return len(text) > _SMALL
        case _:
            return False
