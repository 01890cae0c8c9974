# SPDX-License-Identifier: Apache-2.0
"""One loaded version of a model, ready to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import InvalidRequest
from velaserve_runtime.protocol.tensors import InputCheck

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_runtime.backends.placement import Placement
    from velaserve_runtime.protocol.metadata import JSON
    from velaserve_runtime.protocol.tensors import ModelSpec, Tensor, TensorSpec
    from velaserve_runtime.scheduling.pending import Signature
    from velaserve_runtime.scheduling.scheduler import Scheduler
    from velaserve_runtime.telemetry.model_stats import ModelStats


class ServedVersion:
    """What admission needs of a loaded version; made once, read by every request."""

    def __init__(
        self,
        name: str,
        version: str,
        spec: ModelSpec,
        placement: Placement,
        scheduler: Scheduler,
        stats: ModelStats,
        config_json: dict[str, JSON],
        default_timeout_us: int = 0,
    ) -> None:
        self.name = name
        self.version = version
        self.spec = spec
        self.placement = placement
        self.scheduler = scheduler
        self.stats = stats
        self.config_json = config_json
        self.default_timeout_s = default_timeout_us / 1e6
        self.check_inputs = InputCheck(spec.inputs)
        self._outputs = {output.name: output for output in spec.outputs}
        self.mixed_shapes = any(-1 in tensor.shape[1:] for tensor in spec.inputs)

    @property
    def trouble(self) -> str:
        """Why it answers nothing; empty when it does."""
        return "a batch hangs in the model" if self.scheduler.hung else self.placement.lost

    def select_outputs(self, wanted: Sequence[str]) -> Sequence[TensorSpec]:
        """The outputs to answer with, in the wanted order; all when none is named.

        Raises:
            InvalidRequest: the model has no such output, or it is named twice.
        """
        if not wanted:
            return self.spec.outputs
        for name in wanted:
            if name not in self._outputs:
                known = ", ".join(self._outputs)
                raise InvalidRequest(f"unknown output '{name}'; the model's outputs are {known}")
            if wanted.count(name) > 1:
                raise InvalidRequest(f"output '{name}' is asked for more than once")
        return [self._outputs[name] for name in wanted]

    def rows_of(self, inputs: Sequence[Tensor]) -> int:
        """Size of the batch dimension, which all inputs share; 1 for an unbatchable model.

        Raises:
            InvalidRequest: the inputs disagree.
        """
        if not self.scheduler.options.batchable:
            return 1
        rows = int(inputs[0].array.shape[0])
        for tensor in inputs:
            if tensor.array.shape[0] != rows:
                raise InvalidRequest(
                    f"input '{tensor.name}' has {tensor.array.shape[0]} rows (first dimension), "
                    f"input '{inputs[0].name}' has {rows}; they must be equal"
                )
        return rows

    def signature_of(self, inputs: Sequence[Tensor]) -> Signature:
        """Needed where `mixed_shapes`: a free dimension beside the batch's."""
        by_name = {tensor.name: tensor.array.shape[1:] for tensor in inputs}
        return tuple(by_name[tensor.name] for tensor in self.spec.inputs)
