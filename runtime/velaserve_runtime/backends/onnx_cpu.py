# SPDX-License-Identifier: Apache-2.0
"""ONNX models on onnxruntime's CPU provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_runtime.backends.onnx_session import OnnxSession, session_options
from velaserve_runtime.backends.onnxruntime_api import import_onnxruntime
from velaserve_runtime.protocol.errors import InvalidRequest, LoadFailed, ModelFailed
from velaserve_runtime.protocol.tensors import ModelSpec

if TYPE_CHECKING:
    from pathlib import Path

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.backends.onnx_session import Declared
    from velaserve_runtime.backends.onnxruntime_api import OrtRunOptions, OrtSession

PLATFORM = "onnxruntime_onnx"
_PROVIDER = "CPUExecutionProvider"
_LOG_FATAL_ONLY = 4
"""Every lesser problem comes back as an exception; onnxruntime would write it to stderr too."""


class OnnxCpuInstance:
    """A ModelInstance around one InferenceSession."""

    def __init__(self, file: Path, threads: int, declared: Declared) -> None:
        self._file = file
        self._threads = threads
        self._declared = declared
        self._ort = import_onnxruntime()
        self._session: OnnxSession | None = None
        self._running: OrtRunOptions | None = None

    def load(self) -> ModelSpec:
        opened = self._open()
        session = self._session = OnnxSession(self._ort, opened, self._file, self._declared)
        return ModelSpec(
            session.inputs,
            session.outputs,
            PLATFORM,
            {
                "device": "cpu",
                "provider": ", ".join(opened.get_providers()),
                "intra_op_threads": str(self._threads),
            },
        )

    def warm_up(self, sample: Arrays) -> Arrays:
        try:
            return self.execute(sample)
        except ModelFailed as err:
            raise LoadFailed(f"{self._file}: {err}") from err

    def execute(self, batch: Arrays) -> Arrays:
        """Raises: InvalidRequest for BYTES that are not UTF-8, as ONNX strings are text."""
        if self._session is None:
            raise ModelFailed(f"{self._file} is not loaded")
        # A run option of its own for each run: a late cancel cannot end the next run.
        options = self._running = self._ort.RunOptions()
        try:
            return self._session.run(batch, options)
        except (InvalidRequest, ModelFailed):
            raise
        except Exception as err:  # onnxruntime's errors share no base class
            raise ModelFailed(f"onnxruntime: {err}") from err
        finally:
            self._running = None

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
                    str(self._file),
                    session_options(self._ort, self._threads, _LOG_FATAL_ONLY),
                    providers=[_PROVIDER],
                )
        except OSError as err:
            raise LoadFailed(f"{self._file} cannot be read: {err.strerror}") from err
        except Exception as err:  # onnxruntime's errors share no base class
            raise LoadFailed(f"{self._file} is not a model onnxruntime can load: {err}") from err
