# SPDX-License-Identifier: Apache-2.0
"""Processes that share one model process: each has an AttachedInstance, and can be killed."""

from __future__ import annotations

import functools
import multiprocessing
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np

from velaserve_runtime.backends.process.attached import AttachedInstance
from velaserve_runtime.backends.process.instance import ProcessInstance
from velaserve_runtime.protocol.errors import VelaserveError

if TYPE_CHECKING:
    from collections.abc import Callable, ValuesView
    from multiprocessing.connection import Connection

    from velaserve_runtime.backends.instance import Arrays, ModelInstance
    from velaserve_runtime.protocol.datatypes import Array
    from velaserve_runtime.protocol.tensors import ModelSpec

ANSWER_S = 60.0
_BEGUN = "begun"
_CANCEL = "cancel"


class FrontEnd:
    """Runs one batch or function at a time, while the test goes on."""

    def __init__(self, address: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._wire, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, address), daemon=True)
        self._process.start()
        theirs.close()
        self._hear()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def begin(self, batch: Arrays) -> None:
        """Returns when the run is asked for: a process that dies now takes it along."""
        self._wire.send(batch)
        assert self._hear() == _BEGUN

    def call(self, do: Callable[[AttachedInstance], object]) -> None:
        """Lets the process do what a module that it can import defines."""
        self._wire.send(do)

    def result(self) -> Any:
        """What `begin` or `call` came to.

        Raises:
            VelaserveError: the one that was raised there.
        """
        heard = self._hear()
        if isinstance(heard, VelaserveError):
            raise heard
        return heard

    def execute(self, batch: Arrays) -> Any:
        self.begin(batch)
        return self.result()

    def cancel(self) -> None:
        self._wire.send(_CANCEL)

    def kill(self) -> None:
        self._process.kill()
        self._process.join()

    def close(self) -> None:
        with suppress(OSError):
            self._wire.send(None)
        self._process.join(ANSWER_S)
        self._process.close()
        self._wire.close()

    def _hear(self) -> object:
        assert self._wire.poll(ANSWER_S), f"no answer of a front end within {ANSWER_S:g} s"
        return self._wire.recv()


class _Told(dict[str, "Array"]):
    """A batch that says when it is looked at: the instance has found its process by then."""

    def __init__(self, batch: Arrays, wire: Connection[Any, Any]) -> None:
        super().__init__(batch)
        self._wire = wire

    def values(self) -> ValuesView[Array]:  # type: ignore[override]
        self._wire.send(_BEGUN)
        return dict(self).values()


def _serve(wire: Connection[Any, Any], address: str) -> None:
    instance = AttachedInstance(address)
    wire.send(instance.load())
    while (order := wire.recv()) is not None:
        if order == _CANCEL:
            instance.cancel()
        else:
            threading.Thread(target=_do, args=(wire, instance, order)).start()
    instance.close()


def _do(wire: Connection[Any, Any], instance: AttachedInstance, order: Any) -> None:
    try:
        if isinstance(order, dict):
            wire.send(instance.execute(_Told(order, wire)))
        else:
            wire.send(order(instance))
    except VelaserveError as err:
        wire.send(err)


class AttachedToOwner:
    """A ModelInstance: an AttachedInstance, and the owner of its process beside it."""

    def __init__(self, owner: ModelInstance) -> None:
        assert isinstance(owner, ProcessInstance)
        self._owner = owner
        self._attached = AttachedInstance("nowhere yet")

    def load(self) -> ModelSpec:
        self._owner.load()
        self._attached = AttachedInstance(self._owner.address)
        return self._attached.load()

    def warm_up(self, sample: Arrays) -> Arrays:
        return self._attached.warm_up(sample)

    def execute(self, batch: Arrays) -> Arrays:
        return self._attached.execute(batch)

    def cancel(self) -> None:
        self._attached.cancel()

    def close(self) -> None:
        self._attached.close()
        self._owner.close()


def batch(value: float) -> Arrays:
    """One row for a model that doubles."""
    return {"x": np.full((1, 4), value, np.float32)}


def doubled(value: float) -> list[list[float]]:
    """What it answers, as a list."""
    return [[2 * value] * 4]


def ask_many(seed: int, runs: int) -> Callable[[ModelInstance], int]:
    """For `call`: many different batches for a model that doubles, and a look at each answer."""
    return functools.partial(_ask_many, seed, runs)


def _ask_many(seed: int, runs: int, instance: ModelInstance) -> int:
    random = np.random.default_rng(seed)
    for run in range(runs):
        rows = 5000 if run % 100 == 50 else int(random.integers(1, 20))
        x = random.random((rows, 4), np.float32)
        np.testing.assert_array_equal(instance.execute({"x": x})["y"], 2 * x)
    return runs
