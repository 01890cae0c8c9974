# SPDX-License-Identifier: Apache-2.0
"""An ONNX model on one NPU by onnxruntime: opened, run, closed."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from velaserve_runtime.backends.ascend.cann_errors import ascend_error, let_cann_say_why
from velaserve_runtime.backends.ascend.cann_open import Opening, open_session
from velaserve_runtime.backends.ascend.cann_options import provider_options
from velaserve_runtime.backends.ascend.cann_placement import on_cpu
from velaserve_runtime.backends.ascend.cann_version import cann_version
from velaserve_runtime.backends.ascend.devices import open_acl, turn_of
from velaserve_runtime.backends.ascend.errors import AscendError
from velaserve_runtime.backends.ascend.native_output import NativeOutput
from velaserve_runtime.backends.onnx_session import OnnxSession, named
from velaserve_runtime.backends.onnxruntime_api import import_onnxruntime
from velaserve_runtime.protocol.errors import LoadFailed, ModelFailed, VelaserveError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.backends.onnx_files import ModelFiles
    from velaserve_runtime.backends.onnx_session import Declared


@dataclass(frozen=True, slots=True, kw_only=True)
class CannDevice:
    """Where a model is to run, and how."""

    number: int = 0
    """Of the instance: several cards take turns."""
    options: Mapping[str, str] = field(default_factory=dict)
    """Of the provider, by the user."""
    strict: bool = True
    """No node may run on the CPU."""


class CannSession:
    """Not for two threads at one time: the provider's table of models has no lock."""

    def __init__(self, files: ModelFiles, declared: Declared, device: CannDevice) -> None:
        """Compiles nothing yet.

        Raises:
            LoadFailed: it cannot run there, and why.
            DeviceLost, DeviceOutOfMemory: the device is to blame.
        """
        # CANN first: where it is missing this says what to do. But aclInit is onnxruntime's, which
        # before 1.24 takes it for an error that somebody else was faster.
        let_cann_say_why()
        self._acl = open_acl()
        self.device_id = turn_of(self._acl, device.number)
        self._ort = import_onnxruntime()
        self._output = NativeOutput()
        with ExitStack() as undo:
            undo.callback(self._output.close)
            self._open(files, declared, device)
            undo.pop_all()

    def _open(self, files: ModelFiles, declared: Declared, device: CannDevice) -> None:
        version = self._ort.__version__
        self.options = provider_options(device.options, version, self.device_id)
        opening = Opening(self._ort, files.model, files.external, self.options, device.strict)
        try:
            opened = open_session(opening, self._output)
        except VelaserveError:
            self._refuse_if_cann_does_not_start(files.model)
            raise
        session = OnnxSession(self._ort, opened, files.model, declared)
        _refuse_texts(session, files.model)
        self.inputs, self.outputs = session.inputs, session.outputs
        self.nodes_on_cpu = on_cpu(opened)
        self.versions = {
            "soc": self._acl.text("aclrtGetSocName"),
            "cann": cann_version(self._acl),
            "onnxruntime": version,
        }
        self._session: OnnxSession | None = session

    def _refuse_if_cann_does_not_start(self, file: Path) -> None:
        """Of a failing aclInit onnxruntime tells nothing but that aclFinalize failed, too."""
        try:
            self._acl.start()
        except AscendError as err:
            raise err.at_load(str(file)) from None

    def run(self, batch: Arrays) -> Arrays:
        """Compiles first, unless this session or the working directory has the model of the shapes.

        Raises:
            AscendError: a call of CANN failed.
            ModelFailed: onnxruntime refused the batch.
        """
        if self._session is None:
            raise ModelFailed("the session is closed")
        try:
            with self._output.caught():
                outputs = self._session.run(batch, self._ort.RunOptions())
        except Exception as err:  # onnxruntime's errors share no base class
            err.__traceback__ = None  # its frames would keep the session alive
            failure = ascend_error(err, self._output.take())
            raise failure or ModelFailed(f"onnxruntime: {err}") from err
        self._output.pass_on()
        return outputs

    def close(self) -> None:
        """From any thread: models are unloaded in the one that calls, which may know no device."""
        with suppress(AscendError):
            self._acl.do("aclrtSetDevice", self.device_id)
        self._session = None
        self._output.close()


def _refuse_texts(session: OnnxSession, file: Path) -> None:
    texts = named((*session.inputs, *session.outputs), "BYTES")
    if texts:
        raise LoadFailed(
            f"{file}: tensor '{min(texts)}' has texts, which no Ascend device computes; turn them "
            "into numbers in front of the model"
        )
