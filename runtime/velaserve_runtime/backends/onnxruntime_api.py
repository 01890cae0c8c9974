# SPDX-License-Identifier: Apache-2.0
"""The part of onnxruntime that is used; the package itself is untyped."""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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

    def add_external_initializers_from_files_in_memory(
        self, names: Sequence[str], contents: Sequence[bytes], lengths: Sequence[int], /
    ) -> None: ...


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


class OrtAssignedNode(Protocol):
    """A node of the graph as it was when it was divided among providers."""

    op_type: str


class OrtAssignment(Protocol):
    """Nodes that one provider runs."""

    ep_name: str

    def get_nodes(self) -> Sequence[OrtAssignedNode]: ...


class OrtSession(Protocol):
    """One loaded model."""

    def get_inputs(self) -> Sequence[OrtNode]: ...

    def get_outputs(self) -> Sequence[OrtNode]: ...

    def get_providers(self) -> Sequence[str]: ...

    def get_provider_graph_assignment_info(self) -> Sequence[OrtAssignment]:
        """From 1.24 on, for a session with session.record_ep_graph_assignment_info."""
        ...

    def run(
        self, outputs: Sequence[str], feeds: Mapping[str, Array], options: OrtRunOptions, /
    ) -> list[Array]: ...

    def run_with_ort_values(
        self, outputs: Sequence[str], feeds: Mapping[str, OrtTensor], options: OrtRunOptions, /
    ) -> list[OrtTensor]: ...


Provider = str | tuple[str, Mapping[str, str]]
"""A name, or a name and options."""


class OpenSession(Protocol):
    """The constructor of a session; names its providers, so none is chosen silently."""

    def __call__(
        self,
        path: str,
        options: OrtSessionOptions,
        /,
        *,
        providers: Sequence[Provider],
        enable_fallback: int = ...,
    ) -> OrtSession:
        """`enable_fallback` 0: a provider that cannot be had is an error, else it is dropped."""
        ...


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
