# SPDX-License-Identifier: Apache-2.0
"""ONNX models on onnxruntime's CPU provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_runtime.backends.byte_strings import to_bytes, to_text
from velaserve_runtime.backends.onnx_bfloat16 import refuse_old_onnxruntime, run_ort_values
from velaserve_runtime.backends.onnx_ranks import unranked_tensors
from velaserve_runtime.backends.onnx_types import to_specs
from velaserve_runtime.backends.onnxruntime_api import import_onnxruntime
from velaserve_runtime.backends.promise import TensorPromise
from velaserve_runtime.protocol.errors import LoadFailed, ModelFailed
from velaserve_runtime.protocol.tensors import ModelSpec

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.backends.onnxruntime_api import (
        OrtRunOptions,
        OrtSession,
        OrtSessionOptions,
    )
    from velaserve_runtime.protocol.datatypes import Array
    from velaserve_runtime.protocol.tensors import TensorSpec

PLATFORM = "onnxruntime_onnx"
_PROVIDER = "CPUExecutionProvider"
_LOG_FATAL_ONLY = 4
"""Every lesser problem comes back as an exception; onnxruntime would write it to stderr too."""


class OnnxCpuInstance:
    """A ModelInstance around one InferenceSession."""

    def __init__(
        self, file: Path, threads: int, declared: tuple[Sequence[TensorSpec], Sequence[TensorSpec]]
    ) -> None:
        """`declared`: inputs and outputs of velaserve.yaml, for what the file leaves open."""
        self._file = file
        self._threads = threads
        self._declared = declared
        self._ort = import_onnxruntime()
        self._session: OrtSession | None = None
        self._running: OrtRunOptions | None = None

    def load(self) -> ModelSpec:
        session = self._open()
        try:
            spec = self._read_spec(session)
        except (LoadFailed, ValueError) as err:
            raise LoadFailed(f"{self._file}: {err}") from err
        self._output_names = [output.name for output in spec.outputs]
        self._texts = _named(spec.inputs, "BYTES")
        self._bfloat16 = _named(spec.inputs, "BF16")
        self._byte_outputs = _named(spec.outputs, "BYTES")
        self._native = self._bfloat16 | _named(spec.outputs, "BF16")
        self._promise = TensorPromise(spec.outputs, check_shapes=False)
        self._session = session
        return spec

    def warm_up(self, sample: Arrays) -> Arrays:
        try:
            return self.execute(sample)
        except ModelFailed as err:
            raise LoadFailed(f"{self._file}: {err}") from err

    def execute(self, batch: Arrays) -> Arrays:
        """Raises: InvalidRequest for BYTES that are not UTF-8, as ONNX strings are text."""
        if self._session is None:
            raise ModelFailed(f"{self._file} is not loaded")
        feeds = batch
        if self._texts:
            feeds = batch | {name: to_text(name, batch[name]) for name in self._texts}
        # A run option of its own for each run: a late cancel cannot end the next run.
        options = self._running = self._ort.RunOptions()
        try:
            arrays = self._run(self._session, feeds, options)
        except Exception as err:  # onnxruntime's errors share no base class
            raise ModelFailed(f"onnxruntime: {err}") from err
        finally:
            self._running = None
        outputs = dict(zip(self._output_names, arrays, strict=True))
        for name in self._byte_outputs:
            outputs[name] = to_bytes(outputs[name])
        return self._promise.kept(outputs)

    def cancel(self) -> None:
        """Ends the run between two nodes of the graph; a long kernel finishes first."""
        running = self._running
        if running is not None:
            running.terminate = True

    def close(self) -> None:
        self._session = None

    def _open(self) -> OrtSession:
        try:
            with self._file.open("rb"):
                return self._ort.InferenceSession(
                    str(self._file), self._session_options(), providers=[_PROVIDER]
                )
        except OSError as err:
            raise LoadFailed(f"{self._file} cannot be read: {err.strerror}") from err
        except Exception as err:  # onnxruntime's errors share no base class
            raise LoadFailed(f"{self._file} is not a model onnxruntime can load: {err}") from err

    def _session_options(self) -> OrtSessionOptions:
        options = self._ort.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.log_severity_level = _LOG_FATAL_ONLY
        # A memory pattern is kept for each input shape ever seen: batches have many.
        options.enable_mem_pattern = False
        # Spinning pool threads would eat the CPU quota that the event loop needs.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return options

    def _read_spec(self, session: OrtSession) -> ModelSpec:
        inputs, outputs = session.get_inputs(), session.get_outputs()
        flat = any(not node.shape for node in (*inputs, *outputs))
        unranked = unranked_tensors(self._file) if flat else frozenset()
        unknown = {node.name for node in (*inputs, *outputs) if not node.shape} & unranked
        specs = to_specs(inputs, unknown, self._declared[0])
        refuse_old_onnxruntime(self._ort, _named(specs, "BF16"))
        return ModelSpec(
            specs,
            to_specs(outputs, unknown, self._declared[1]),
            PLATFORM,
            {
                "device": "cpu",
                "provider": ", ".join(session.get_providers()),
                "intra_op_threads": str(self._threads),
            },
        )

    def _run(self, session: OrtSession, feeds: Arrays, options: OrtRunOptions) -> list[Array]:
        if self._native:
            return run_ort_values(
                self._ort, session, self._output_names, feeds, self._bfloat16, options
            )
        return session.run(self._output_names, feeds, options)


def _named(specs: Sequence[TensorSpec], datatype: str) -> frozenset[str]:
    return frozenset(spec.name for spec in specs if spec.datatype == datatype)
