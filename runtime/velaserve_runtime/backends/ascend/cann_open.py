# SPDX-License-Identifier: Apache-2.0
"""Opens an ONNX file on CANNExecutionProvider, or says why it cannot be: never on the CPU instead.

Left alone, onnxruntime serves on the CPU when CANN's libraries, the device or an option are missing
(the table in reference/ascend.md section 1); `enable_fallback=0` makes each of these an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_runtime.backends.ascend.cann_errors import ascend_error, in_one_line
from velaserve_runtime.backends.ascend.cann_placement import (
    PROVIDER,
    RECORD,
    REFUSE_CPU,
    in_words,
    on_cpu,
)
from velaserve_runtime.backends.onnx_session import session_options
from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from velaserve_runtime.backends.ascend.native_output import NativeOutput
    from velaserve_runtime.backends.onnxruntime_api import OnnxRuntime, OrtSession
    from velaserve_runtime.protocol.errors import VelaserveError

_LOG_ERRORS = 3
"""cann_errors.py reads them."""
_HOST_THREADS = 1
"""The host only hands the graph over."""


class Opening(NamedTuple):
    """What a session is opened with."""

    ort: OnnxRuntime
    file: Path
    external: Mapping[str, bytes]
    """Weights that lie beside the file. CANN gets the graph without its folder: where they were
    left outside, it would look for them in the working directory."""
    options: Mapping[str, str]
    """The provider's."""
    strict: bool
    """No node may run on the CPU."""

    def session(self) -> OrtSession:
        """Raises what onnxruntime does, whose errors share no base class."""
        settings = session_options(self.ort, _HOST_THREADS, _LOG_ERRORS)
        settings.add_session_config_entry(RECORD, "1")
        if self.strict:
            settings.add_session_config_entry(REFUSE_CPU, "1")
        if self.external:
            contents = list(self.external.values())
            settings.add_external_initializers_from_files_in_memory(
                list(self.external), contents, list(map(len, contents))
            )
        return self.ort.InferenceSession(
            str(self.file), settings, providers=[(PROVIDER, self.options)], enable_fallback=0
        )


def open_session(opening: Opening, output: NativeOutput) -> OrtSession:
    """`output` catches what onnxruntime prints meanwhile.

    Raises:
        LoadFailed: it cannot be opened so, and why.
        DeviceLost, DeviceOutOfMemory: the device is to blame.
    """
    try:
        with output.caught():
            return opening.session()
    except Exception as err:  # onnxruntime's errors share no base class
        printed = output.take()  # of this attempt, not of the next
        if opening.strict:
            _refuse_cpu_nodes(opening, output)
        raise _load_error(opening.file, err, printed) from err


def _load_error(file: Path, error: Exception, printed: str) -> VelaserveError:
    failure = ascend_error(error, printed)
    if failure is not None:
        return failure.at_load(str(file))
    said = in_one_line(f"{error} {printed}")
    return LoadFailed(f"{file} is not a model onnxruntime can load on {PROVIDER}: {said}")


def _refuse_cpu_nodes(opening: Opening, output: NativeOutput) -> None:
    """Names them, which onnxruntime's refusal does not."""
    try:
        with output.caught():
            nodes = on_cpu(opening._replace(strict=False).session())
    except Exception:  # noqa: BLE001  then it was refused for another reason
        nodes = None
    output.take()
    if nodes:
        raise LoadFailed(
            f"{opening.file}: onnxruntime would run nodes on the CPU, of the operators "
            f"{in_words(nodes)}; leave enable_cann_subgraph and enable_cann_graph out of "
            "cann_options, change the model, or allow it with accelerator.fallbackPolicy: fallback "
            "(--fallback-policy fallback)"
        )
