# SPDX-License-Identifier: Apache-2.0
"""An onnxruntime session in V2's words, whatever provider it runs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_runtime.backends.byte_strings import to_bytes, to_text
from velaserve_runtime.backends.onnx_bfloat16 import refuse_old_onnxruntime, run_ort_values
from velaserve_runtime.backends.onnx_ranks import unranked_tensors
from velaserve_runtime.backends.onnx_types import to_specs
from velaserve_runtime.backends.promise import TensorPromise
from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.backends.onnxruntime_api import (
        OnnxRuntime,
        OrtRunOptions,
        OrtSession,
        OrtSessionOptions,
    )
    from velaserve_runtime.protocol.datatypes import Array
    from velaserve_runtime.protocol.tensors import TensorSpec

Declared = tuple["Sequence[TensorSpec]", "Sequence[TensorSpec]"]
"""Inputs and outputs of velaserve.yaml, for what the file leaves open."""


class OnnxSession:
    """Feeds in, arrays out; what the model declares is in `inputs` and `outputs`."""

    def __init__(
        self, ort: OnnxRuntime, session: OrtSession, file: Path, declared: Declared
    ) -> None:
        """Raises: LoadFailed when V2 cannot carry a tensor, or `declared` contradicts the file."""
        self._ort = ort
        self._session = session
        try:
            self.inputs, self.outputs = _read_specs(session, file, declared)
            refuse_old_onnxruntime(ort, named(self.inputs, "BF16"))
        except (LoadFailed, ValueError) as err:
            raise LoadFailed(f"{file}: {err}") from err
        self._output_names = [output.name for output in self.outputs]
        self._texts = named(self.inputs, "BYTES")
        self._bfloat16 = named(self.inputs, "BF16")
        self._byte_outputs = named(self.outputs, "BYTES")
        self._native = self._bfloat16 | named(self.outputs, "BF16")
        self._promise = TensorPromise(self.outputs, check_shapes=False)

    def run(self, batch: Arrays, options: OrtRunOptions) -> Arrays:
        """Raises: InvalidRequest for BYTES that are not UTF-8; whatever onnxruntime raises."""
        feeds = batch
        if self._texts:
            feeds = batch | {name: to_text(name, batch[name]) for name in self._texts}
        arrays = self._run(feeds, options)
        outputs = dict(zip(self._output_names, arrays, strict=True))
        for name in self._byte_outputs:
            outputs[name] = to_bytes(outputs[name])
        return self._promise.kept(outputs)

    def _run(self, feeds: Arrays, options: OrtRunOptions) -> list[Array]:
        if self._native:
            return run_ort_values(
                self._ort, self._session, self._output_names, feeds, self._bfloat16, options
            )
        return self._session.run(self._output_names, feeds, options)


def session_options(ort: OnnxRuntime, threads: int, log_severity: int) -> OrtSessionOptions:
    """What sessions have in common on every provider."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = log_severity
    # A memory pattern is kept for each input shape ever seen: batches have many.
    options.enable_mem_pattern = False
    # Spinning pool threads would eat the CPU quota that the event loop needs.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options


def named(specs: Sequence[TensorSpec], datatype: str) -> frozenset[str]:
    """The tensors of a datatype."""
    return frozenset(spec.name for spec in specs if spec.datatype == datatype)


def _read_specs(
    session: OrtSession, file: Path, declared: Declared
) -> tuple[tuple[TensorSpec, ...], tuple[TensorSpec, ...]]:
    inputs, outputs = session.get_inputs(), session.get_outputs()
    flat = any(not node.shape for node in (*inputs, *outputs))
    unranked = unranked_tensors(file) if flat else frozenset()
    unknown = {node.name for node in (*inputs, *outputs) if not node.shape} & unranked
    return to_specs(inputs, unknown, declared[0]), to_specs(outputs, unknown, declared[1])
