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
from velaserve_runtime.backends.process.runs import Run
from velaserve_runtime.backends.shared_memory import Segment, packed_bytes
from velaserve_runtime.protocol.errors import ModelFailed

if TYPE_CHECKING:
    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.backends.process.fate import Fate
    from velaserve_runtime.backends.process.messages import Answer, Loaded, Question
    from velaserve_runtime.backends.process.runs import Runs

_ALL_RUNS = sys.maxsize


class FrontEnd:
    """Two threads: one answers its questions, one by one; one waits for its cancellations."""

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

    def serve(self) -> None:
        """Returns when the front end is gone."""
        with self._questions, suppress(*GONE):
            self._welcome()
            while True:
                match self._questions.recv():
                    case UseSegment() as segment:
                        self._use(segment)
                    case Execute() as question:
                        self._questions.send(self._answer(question))

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

    def _answer(self, question: Execute) -> Done | Failed:
        try:
            return self._done(self._execute(question))
        except Exception as err:  # noqa: BLE001  the front end must get an answer, whatever it is
            return Failed.of(err)

    def _execute(self, question: Execute) -> Arrays:
        run = Run(self._segments[True].views(question.inputs), warm_up=question.warm_up)
        with self._lock:
            self._run = run
            if question.number <= self._cancelled:
                run.outcome.cancel()
        self._runs.submit(run)
        try:
            return run.outputs()
        finally:
            self._run = None

    def _done(self, outputs: Arrays) -> Done:
        needed = packed_bytes(outputs)
        segment = self._segments.get(False)
        if segment is None or needed > segment.size_bytes:
            segment = self._larger_output(needed)
        return Done(segment.pack(outputs))

    def _larger_output(self, size_bytes: int) -> Segment:
        self._questions.send(NeedsOutput(size_bytes))
        match self._questions.recv():
            case UseSegment() as segment:
                return self._use(segment)
            case question:
                raise ModelFailed(f"expected UseSegment, found {type(question).__name__}")

    def _use(self, segment: UseSegment) -> Segment:
        descriptor = recv_handle(self._questions)
        try:
            mapped = self._segments[segment.is_input] = Segment(descriptor, segment.size_bytes)
        finally:
            os.close(descriptor)
        return mapped
