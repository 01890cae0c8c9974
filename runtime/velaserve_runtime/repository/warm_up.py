# SPDX-License-Identifier: Apache-2.0
"""Warms a loaded model up and finds out whether its requests may share a batch."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic_ns
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import DEVICE_ERRORS, LoadFailed, VelaserveError
from velaserve_runtime.repository.invariance import difference
from velaserve_runtime.repository.samples import (
    make_sample,
    refuse_misfit,
    row_bytes,
    unknown_shape,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_runtime.backends.instance import Arrays, ModelInstance
    from velaserve_runtime.protocol.tensors import ModelSpec
    from velaserve_runtime.repository.model_config import ModelConfig, WarmUpSample

_PROBED_ROWS = 3
_TIMED_RUNS = 20
_LONGEST_TIMING_NS = 50_000_000
_LONGEST_FULL_BATCH_NS = 200_000_000
_LARGEST_FULL_BATCH_BYTES = 1 << 26


@dataclass(frozen=True, slots=True)
class WarmUpReport:
    """What warm-up found."""

    batchable: bool
    """Rows of several requests may run together."""
    reason: str
    """Why not batchable or not warmed, for the log; else empty."""
    warmed: bool
    """False: no inputs could be made up; a request is the first run, unless sizes are ordered."""
    seconds: float
    costs_ns: Mapping[int, int]
    """Rows -> about the 95th percentile of a few runs."""
    gear_costs_ns: Mapping[int, int] = field(default_factory=dict)
    """Rows -> the fastest of a few runs, of the gears that the model itself has."""


def warm_up(instance: ModelInstance, spec: ModelSpec, config: ModelConfig) -> WarmUpReport:
    """Runs made-up inputs; those of velaserve.yaml, where the model has free dimensions.

    Raises:
        LoadFailed: the model fails on a sample that velaserve.yaml gives.
        DeviceError: the device is to blame, not the inputs.
    """
    begin_ns = monotonic_ns()
    trial = _Trial(instance, spec, config)
    warmed = trial.run_alone()
    batchable = warmed and trial.run_batch()
    seconds = (monotonic_ns() - begin_ns) / 1e9
    return WarmUpReport(batchable, trial.reason, warmed, seconds, trial.costs_ns)


class _Trial:
    """The runs of one warm-up; `reason` is set where one ends it."""

    def __init__(self, instance: ModelInstance, spec: ModelSpec, config: ModelConfig) -> None:
        self.reason = ""
        self.costs_ns: dict[int, int] = {}
        self._instance = instance
        self._spec = spec
        self._config = config
        self._without = "not batched" if config.ordered_sizes else "not warmed up and not batched"
        self._samples: tuple[WarmUpSample, ...] = config.warm_up or ({},)

    def run_alone(self) -> bool:
        """One request of each sample; False when there are no inputs that the model takes."""
        for sample in self._samples:
            refuse_misfit(self._spec.inputs, sample)
            unknown = unknown_shape(self._spec.inputs, sample)
            if unknown is not None:
                self.reason = (
                    f"{self._without}: input '{unknown.name}' has free dimensions "
                    f"{list(unknown.shape)}; give a sample in velaserve.yaml, as in "
                    f"warm_up: [{{{unknown.name}: {{shape: [1, ...]}}}}]"
                )
                return False
        try:
            for sample in self._samples:
                self._instance.warm_up(make_sample(self._spec.inputs, sample, None))
        except DEVICE_ERRORS:
            raise
        except VelaserveError as err:
            if self._config.warm_up:
                raise LoadFailed(f"the warm_up sample of velaserve.yaml failed: {err}") from err
            self.reason = f"{self._without}: made-up inputs failed: {err}"
            return False
        return True

    def run_batch(self) -> bool:
        """Whether rows may share a batch; learns the cost of a row and of a full batch."""
        sample = self._samples[0]
        never = _never(self._spec, self._config)
        if never:
            self.reason = f"not batched: {never}"
            self._time(make_sample(self._spec.inputs, sample, None), 1)
            return False
        batch = make_sample(self._spec.inputs, sample, _PROBED_ROWS)
        rows = [_row(batch, row) for row in range(_PROBED_ROWS)]
        alone = [self._instance.execute(row) for row in rows]
        why = self._depends(batch, alone)
        self._time(rows[0], 1)
        if why:
            self.reason = f"not batched: {why}"
            return False
        self._time(batch, _PROBED_ROWS)
        self._time_full_batch(sample)
        return True

    def _depends(self, batch: Arrays, alone: list[Arrays]) -> str | None:
        try:
            together = self._instance.execute(batch)
        except DEVICE_ERRORS:
            raise
        except VelaserveError as err:
            return f"the model takes a row alone but not {_PROBED_ROWS} at once: {err}"
        return difference(self._spec.outputs, together, alone)

    def _time_full_batch(self, sample: WarmUpSample) -> None:
        """Where that is cheap: a full batch of a large model can take seconds."""
        rows = self._config.max_batch_size
        expected_ns = self.costs_ns[_PROBED_ROWS] * rows // _PROBED_ROWS
        size_bytes = row_bytes(self._spec.inputs, sample) * rows
        if expected_ns <= _LONGEST_FULL_BATCH_NS and size_bytes <= _LARGEST_FULL_BATCH_BYTES:
            self._time(make_sample(self._spec.inputs, sample, rows), rows)

    def _time(self, batch: Arrays, rows: int) -> None:
        """The second slowest run of some, or the one run of a slow model.

        The first may compile, and one may meet a busy machine.
        """
        runs_ns: list[int] = []
        while len(runs_ns) < _TIMED_RUNS and sum(runs_ns) < _LONGEST_TIMING_NS:
            begin_ns = monotonic_ns()
            self._instance.execute(batch)
            runs_ns.append(monotonic_ns() - begin_ns)
        warm_ns = sorted(runs_ns[1:] or runs_ns)
        self.costs_ns[rows] = warm_ns[-2] if len(warm_ns) > 2 else warm_ns[-1]


def _never(spec: ModelSpec, config: ModelConfig) -> str:
    """What rules batches out before any run; empty when nothing does."""
    if config.batching == "off":
        return "velaserve.yaml says batching: off"
    if config.max_batch_size == 1:
        return "max_batch_size is 1"
    for kind, tensors in (("input", spec.inputs), ("output", spec.outputs)):
        for tensor in tensors:
            if tensor.shape[:1] != (-1,):
                return f"{kind} '{tensor.name}' {list(tensor.shape)} has no free first dimension"
    return ""


def _row(batch: Arrays, row: int) -> Arrays:
    return {name: array[row : row + 1] for name, array in batch.items()}
