# SPDX-License-Identifier: Apache-2.0
"""The part of onnxruntime that is used; the package itself is untyped."""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from velaserve_runtime.protocol.datatypes import Array


class OrtNode(Protocol):
    """A declared input or output; `shape` is [] for a scalar and for an unknown rank."""

    name: str
    type: str
    shape: Sequence[int | str | None]


class OrtRunOptions(Protocol):
    """`terminate` may be set from another thread while the run goes on."""

    terminate: bool


class OrtSessionOptions(Protocol):
    """What a session is made with."""

    intra_op_num_threads: int
    inter_op_num_threads: int
    log_severity_level: int
    enable_mem_pattern: bool

    def add_session_config_entry(self, key: str, value: str) -> None: ...


class OrtTensor(Protocol):
    """A tensor of onnxruntime's own; the only form that bfloat16 has."""

    def numpy(self) -> Array: ...

    def data_ptr(self) -> int: ...

    def data_type(self) -> str: ...

    def shape(self) -> list[int]: ...


class OrtTensors(Protocol):
    """Makes tensors; an array of the same layout is not copied, so it must outlive the run."""

    def ortvalue_from_numpy(self, array: Array, /) -> OrtTensor: ...

    def ortvalue_from_numpy_with_onnx_type(
        self, array: Array, onnx_element_type: int, /
    ) -> OrtTensor: ...


class OrtSession(Protocol):
    """One loaded model."""

    def get_inputs(self) -> Sequence[OrtNode]: ...

    def get_outputs(self) -> Sequence[OrtNode]: ...

    def get_providers(self) -> Sequence[str]: ...

    def run(
        self, outputs: Sequence[str], feeds: Mapping[str, Array], options: OrtRunOptions, /
    ) -> list[Array]: ...

    def run_with_ort_values(
        self, outputs: Sequence[str], feeds: Mapping[str, OrtTensor], options: OrtRunOptions, /
    ) -> list[OrtTensor]: ...


class OpenSession(Protocol):
    """The constructor of a session; names its providers, so none is chosen silently."""

    def __call__(
        self, path: str, options: OrtSessionOptions, /, *, providers: Sequence[str]
    ) -> OrtSession: ...


class OnnxRuntime(Protocol):
    """The module."""

    __version__: str
    InferenceSession: OpenSession
    OrtValue: OrtTensors
    RunOptions: Callable[[], OrtRunOptions]
    SessionOptions: Callable[[], OrtSessionOptions]


def import_onnxruntime() -> OnnxRuntime:
    """The module, with its telemetry off: a model server calls nobody.

    Raises:
        ImportError: without the extra `onnx`.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read at import; 1.31 has telemetry on Linux, too
    return cast("OnnxRuntime", importlib.import_module("onnxruntime"))
