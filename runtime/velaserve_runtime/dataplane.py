# SPDX-License-Identifier: Apache-2.0
"""The one data plane under both wires: every check, limit, error and metric exists here once."""

from __future__ import annotations

import logging
from importlib.metadata import version
from time import monotonic, monotonic_ns
from typing import TYPE_CHECKING

from velaserve_runtime.backends.instance import StandIn
from velaserve_runtime.protocol.errors import (
    ClientGone,
    Draining,
    ModelFailed,
    VelaserveError,
)
from velaserve_runtime.protocol.infer import InferRequest, InferResponse
from velaserve_runtime.protocol.metadata import ModelMetadata, ServerMetadata
from velaserve_runtime.protocol.parameters import priority_of
from velaserve_runtime.protocol.tensors import Tensor
from velaserve_runtime.scheduling.pending import Pending
from velaserve_runtime.telemetry.statistics import statistics_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.protocol.metadata import JSON, IndexEntry
    from velaserve_runtime.protocol.tensors import TensorSpec
    from velaserve_runtime.repository.repository import Repository
    from velaserve_runtime.repository.served_version import ServedVersion
    from velaserve_runtime.scheduling.budget import ByteBudget
    from velaserve_runtime.scheduling.pending import Ticket

    Done = Callable[[InferResponse | VelaserveError], None]

LOG = logging.getLogger(__name__)
VERSION = version("velaserve")
EXTENSIONS = (
    "binary_tensor_data",
    "model_configuration",
    "model_repository",
    "statistics",
)


class Inference(Pending):
    """An admitted request on its way to `done`; the ticket that cancels it."""

    __slots__ = ("done", "outputs", "request", "served")

    def __init__(
        self,
        request: InferRequest,
        served: ServedVersion,
        outputs: Sequence[TensorSpec],
        done: Done,
        enqueued_ns: int,
    ) -> None:
        inputs = request.inputs
        self.is_open = True
        self.timer = None
        self.request = request
        self.served = served
        self.outputs = outputs
        self.done = done
        self.enqueued_ns = enqueued_ns
        self.arrays = {tensor.name: tensor.array for tensor in inputs}
        self.rows = served.rows_of(inputs)
        self.signature = served.signature_of(inputs) if served.mixed_shapes else ()
        self.priority = priority_of(request.parameters) if request.parameters else 1
        self.deadline_s = request.deadline_s
        if served.default_timeout_s:
            latest_s = monotonic() + served.default_timeout_s
            self.deadline_s = min(latest_s, request.deadline_s or latest_s)

    def answer(self, outcome: Arrays | VelaserveError) -> None:
        if isinstance(outcome, VelaserveError):
            self.served.stats.failed(outcome.reason, self.enqueued_ns, monotonic_ns())
            if isinstance(outcome, ModelFailed):
                _log_failure(self, outcome)
            self.done(outcome)
            return
        served = self.served
        try:
            outputs = [
                Tensor(spec.name, spec.datatype, outcome[spec.name]) for spec in self.outputs
            ]
        except KeyError as err:
            self.done(ModelFailed(f"model '{served.name}' did not return its output {err}"))
            return
        missed = outcome.device if isinstance(outcome, StandIn) else ""
        self.done(InferResponse(served.name, served.version, self.request.id, outputs, missed))

    def cancel(self) -> None:
        if self.is_open:
            self.served.stats.failed(ClientGone.reason, self.enqueued_ns, monotonic_ns())
            self.served.scheduler.cancel(self)


def _log_failure(inference: Inference, error: ModelFailed) -> None:
    served = inference.served
    LOG.error(
        "inference failed",
        extra={
            "model": served.name,
            "version": served.version,
            "id": inference.request.id,
            "reason": str(error),
        },
    )


class _Answered:
    """Ticket of a request that was refused at once."""

    def cancel(self) -> None:
        """Nothing is left to cancel."""


_ANSWERED = _Answered()


class DataPlane:
    """Used by the loop's thread only; which port may load and unload is the wires' affair."""

    def __init__(self, repository: Repository, budget: ByteBudget) -> None:
        self.repository = repository
        self.budget = budget
        self.draining = False
        """Set on SIGTERM: ready turns false, requests are still served."""
        self.stopped = False
        """Set after the drain delay: nothing new is taken."""
        self.refused: dict[str, int] = {}
        """Refusals that no model can be blamed for, by reason."""
        self.served_while_draining = 0
        self.refused_while_draining = 0

    def server_metadata(self) -> ServerMetadata:
        return ServerMetadata("velaserve", VERSION, EXTENSIONS)

    def live(self) -> bool:
        return True

    def ready(self) -> bool:
        return not self.draining and self.repository.ready()

    def why_not_ready(self, name: str = "") -> str:
        """One line for people: of the server, or of one model."""
        if self.draining and not name:
            return "the server is stopping"
        reasons = self.repository.not_ready()
        if name:
            return reasons.get(name, "no version of it serves")
        listed = "; ".join(f"{model}: {reason}" for model, reason in reasons.items())
        return listed or "no model is served"

    def model_ready(self, name: str, version: str = "") -> bool:
        """Whether the version serves.

        Raises:
            NotFound: the server has no such model or version.
        """
        return self.repository.is_ready(name, version)

    def model_metadata(self, name: str, version: str = "") -> ModelMetadata:
        """Raises NotFound, NotReady."""
        served = self.repository.version(name, version)
        spec, where = served.spec, served.placement.properties
        versions = self.repository.versions(name)
        return ModelMetadata(name, versions, spec.platform, spec.inputs, spec.outputs, where)

    def model_config(self, name: str, version: str = "") -> dict[str, JSON]:
        """Triton's model configuration. Raises NotFound, NotReady."""
        return self.repository.version(name, version).config_json

    def statistics(self, name: str = "", version: str = "") -> list[JSON]:
        """Triton's model_stats entries; all models without a name. Raises NotFound, NotReady."""
        if not name:
            return [statistics_json(served) for served in self.repository.served()]
        if version:
            return [statistics_json(self.repository.version(name, version))]
        self.repository.version(name, "")
        return [statistics_json(served) for served in self.repository.served(name)]

    def index(self, ready_only: bool = False) -> list[IndexEntry]:
        entries = self.repository.index()
        return [entry for entry in entries if entry.state == "READY"] if ready_only else entries

    async def load(self, name: str) -> None:
        """Loads or reloads a model. Raises NotFound, LoadFailed."""
        await self.repository.load(name)

    async def unload(self, name: str) -> None:
        """Unloads all versions of a model. Raises NotFound."""
        await self.repository.unload(name)

    def infer(self, request: InferRequest, done: Done) -> Ticket:
        """Admits a request; `done` gets the answer or the refusal, exactly once, unless cancelled.

        Never raises; `done` may be called before this returns.
        """
        now_ns = monotonic_ns()
        served: ServedVersion | None = None
        try:
            if self.stopped:
                raise Draining("the server is stopping; send the request elsewhere")
            served = self.repository.version(request.model_name, request.model_version)
            served.check_inputs(request.inputs)
            outputs = served.select_outputs(request.outputs)
            inference = Inference(request, served, outputs, done, now_ns)
            served.scheduler.submit(inference)
        except VelaserveError as err:
            self._refuse(err, served, now_ns)
            done(err)
            return _ANSWERED
        if self.draining:
            self.served_while_draining += 1
        return inference

    def refuse(self, error: VelaserveError) -> None:
        """Counts a request that a wire refused before it could be admitted."""
        self._refuse(error, None, 0)

    def _refuse(self, error: VelaserveError, served: ServedVersion | None, now_ns: int) -> None:
        if self.stopped:
            self.refused_while_draining += 1
        if served is None:
            self.refused[error.reason] = self.refused.get(error.reason, 0) + 1
        else:
            served.stats.failed(error.reason, now_ns, monotonic_ns())
