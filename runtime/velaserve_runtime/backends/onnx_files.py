# SPDX-License-Identifier: Apache-2.0
"""All files that an ONNX model consists of: weights may lie beside it, in files of any name.

TensorProto.external_data (13) has key and value, one of them `location`; tensors are found in
graphs, in their nodes' attributes, in graphs in these, and in functions.
"""

from __future__ import annotations

import hashlib
import mmap
from typing import TYPE_CHECKING

from velaserve_runtime.backends.onnx_wire import messages
from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from os import stat_result
    from pathlib import Path

    from velaserve_runtime.backends.onnx_wire import Span

_INSIDE: Mapping[str, Mapping[int, str]] = {
    "model": {7: "graph", 25: "function"},
    "graph": {1: "node", 5: "tensor", 15: "sparse tensor"},
    "function": {7: "node"},
    "node": {5: "attribute"},
    "attribute": {
        5: "tensor",
        6: "graph",
        10: "tensor",
        11: "graph",
        22: "sparse tensor",
        23: "sparse tensor",
    },
    "sparse tensor": {1: "tensor", 2: "tensor"},
    "tensor": {13: "entry"},
}
"""Message -> field number -> message, on the way to the entries of external_data."""
_KEY, _VALUE = 1, 2


class ModelFiles:
    """The files as they are now; a model that changes while it is loaded is neither old nor new."""

    def __init__(self, model: Path) -> None:
        """Raises: LoadFailed when one cannot be read."""
        self.model = model
        try:
            names = external_files(model)
            self._paths = (model, *(model.parent / name for name in names))
            self._states = self._look()
            self.external = {name: (model.parent / name).read_bytes() for name in names}
            """Content of the files with weights, by the name that the model has for them."""
            self.sha256 = self._digest()
        except OSError as err:
            raise LoadFailed(f"{err.filename or model} cannot be read: {err.strerror}") from err

    def refuse_change(self) -> None:
        """Raises: LoadFailed when one was written or replaced meanwhile."""
        try:
            same = self._look() == self._states
        except OSError:
            same = False
        if not same:
            raise LoadFailed(f"{self.model} changed while it was loaded; load it once more")

    def _look(self) -> list[tuple[int, ...]]:
        return [_state(path.stat()) for path in self._paths]

    def _digest(self) -> str:
        with self.model.open("rb") as file:
            whole = hashlib.file_digest(file, "sha256")
        for name, content in self.external.items():
            whole.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
        return whole.hexdigest()


def external_files(model: Path) -> list[str]:
    """Files with tensors' data, relative to the model's folder, sorted; [] for what is no model."""
    with model.open("rb") as file:
        if not model.stat().st_size:
            return []
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            try:
                return sorted(set(_locations(data, (0, len(data)), "model")))
            except ValueError:
                return []


def _locations(data: mmap.mmap, span: Span, kind: str) -> Iterator[str]:
    if kind == "entry":
        entry = {field: data[slice(*part)] for field, part in messages(data, span)}
        if entry.get(_KEY) == b"location":
            yield entry.get(_VALUE, b"").decode()
        return
    inside = _INSIDE[kind]
    for field, part in messages(data, span):
        if field in inside:
            yield from _locations(data, part, inside[field])


def _state(status: stat_result) -> tuple[int, ...]:
    return (
        status.st_dev,
        status.st_ino,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
    )
