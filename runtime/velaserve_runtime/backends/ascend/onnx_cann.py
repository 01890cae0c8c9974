# SPDX-License-Identifier: Apache-2.0
"""ONNX models on onnxruntime's CANN provider, which compiles a model for each shape it meets.

A shape is compiled when the model warms up, under the lock of its folder (compile_cache.py), or not
at all: no request waits for the compiler.
"""

from __future__ import annotations

import logging
import os
import threading
from contextlib import ExitStack
from time import monotonic
from typing import TYPE_CHECKING

from velaserve_runtime.backends.ascend.cache_room import make_room
from velaserve_runtime.backends.ascend.cann_placement import PROVIDER
from velaserve_runtime.backends.ascend.cann_session import CannDevice, CannSession
from velaserve_runtime.backends.ascend.cann_wheel import refuse_unusable_wheel
from velaserve_runtime.backends.ascend.compile_cache import CompileCache, cache_key
from velaserve_runtime.backends.ascend.compile_record import CompileRecord
from velaserve_runtime.backends.ascend.errors import AscendError
from velaserve_runtime.backends.onnx_files import ModelFiles
from velaserve_runtime.protocol.errors import InvalidRequest, ModelFailed
from velaserve_runtime.protocol.tensors import ModelSpec

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence
    from pathlib import Path

    from velaserve_runtime.backends.ascend.compile_cache import CacheRoot
    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.backends.onnx_session import Declared
    from velaserve_runtime.protocol.tensors import Shape

LOG = logging.getLogger(__name__)
PLATFORM = "onnxruntime_onnx"
CACHE = "compile_cache"
"""In the placement: the folder of what was compiled, see compile_record.py."""
_LOAD = "aclmdlLoadFromFile"

Shapes = tuple["Shape", ...]
"""Of all inputs, in the model's order."""


class OnnxCannInstance:
    """A ModelInstance that makes its folder of compiled models the process's working directory.

    So each needs a process of its own. A batch has shapes that the model was warmed up with; a free
    first dimension is one of `gears`.
    """

    def __init__(
        self,
        file: Path,
        declared: Declared,
        device: CannDevice,
        gears: Sequence[int],
        cache_root: CacheRoot,
    ) -> None:
        self._file = file.absolute()
        self._declared = declared
        self._device = device
        self._gears = tuple(gears)
        self._cache_root = cache_root
        self._has_free_rows = False
        self._ready: set[Shapes] = set()
        self._lock = threading.Lock()
        self._session: CannSession | None = None
        self._on_close = ExitStack()

    def load(self) -> ModelSpec:
        """Compiles nothing yet.

        Raises:
            LoadFailed: it cannot run there, and why.
            DeviceLost, DeviceOutOfMemory: the device is to blame.
        """
        self.close()
        refuse_unusable_wheel()
        files = ModelFiles(self._file)
        try:
            session = self._session = CannSession(files, self._declared, self._device)
        except AscendError as err:
            raise err.at_load(str(self._file)) from err
        files.refuse_change()
        key = cache_key(files.sha256, session.versions, session.options, self._gears)
        self._cache = CompileCache(self._cache_root.path, key)
        self._on_close.callback(self._cache.close)
        self._cache.check()
        os.chdir(self._cache.folder)
        self._has_free_rows = _has_free_rows(session)
        return self._spec(session)

    def warm_up(self, sample: Arrays) -> Arrays:
        """Compiles for the sample's shapes, or takes them from the cache.

        Raises:
            InvalidRequest: its first dimension is no gear.
            LoadFailed: CANN cannot compile or run it.
            DeviceLost, DeviceOutOfMemory: the device is to blame.
        """
        self._refuse_other_rows(sample)
        try:
            with self._lock:
                return self._first_run(self._opened(), sample)
        except AscendError as err:
            raise err.at_load(str(self._file)) from err

    def execute(self, batch: Arrays) -> Arrays:
        """Raises: InvalidRequest for other shapes; AscendCL's errors by their class."""
        try:
            with self._lock:
                session = self._opened()
                if self._shapes(batch) in self._ready:
                    return session.run(batch)
                # This process may stand in for one that has died, and has loaded nothing yet.
                self._refuse_unless_compiled(self._shapes(batch))
                return self._first_run(session, batch)
        except AscendError as err:
            raise err.answer() from err

    def cancel(self) -> None:
        """What runs on the device cannot be interrupted."""

    def close(self) -> None:
        session, self._session = self._session, None
        self._ready.clear()
        if session is not None:
            session.close()
        self._on_close.close()

    def _opened(self) -> CannSession:
        if self._session is None:
            raise ModelFailed(f"{self._file} is not loaded")
        return self._session

    def _first_run(self, session: CannSession, batch: Arrays) -> Arrays:
        """Compiles, or loads what was compiled before. Raises: AscendError, ModelFailed."""
        shapes = self._shapes(batch)
        with self._cache.locked() as record:
            self._cache.discard_leftovers(record)
            begin_s = monotonic()
            outputs = self._loaded_or_anew(session, batch)
            seconds = monotonic() - begin_s
            compiled = self._cache.add(shapes, seconds)
        if compiled:
            make_room(self._cache_root, self._cache.folder)
        self._ready.add(shapes)
        how = "compiled" if compiled else "taken from the cache"
        LOG.info("%s: %s %s in %.1f s", self._file, self._which(batch), how, seconds)
        return outputs

    def _loaded_or_anew(self, session: CannSession, batch: Arrays) -> Arrays:
        """What cannot be loaded is compiled once more: another driver may have come."""
        try:
            return session.run(batch)
        except AscendError as err:
            if err.call != _LOAD or err.may_pass:
                raise
            LOG.warning("%s: compiled anew, as what the cache had fails: %s", self._file, err)
            self._cache.empty()
            return session.run(batch)

    def _refuse_other_rows(self, sample: Arrays) -> None:
        if not self._has_free_rows:
            return
        others = {len(array) for array in sample.values()} - set(self._gears)
        if others:
            raise InvalidRequest(
                f"a batch of {min(others)} rows, expected one of the gears "
                + ", ".join(map(str, self._gears))
            )

    def _refuse_unless_compiled(self, shapes: Shapes) -> None:
        record = CompileRecord.read(self._cache.folder)
        if shapes in record.compiled:
            return
        known = "; ".join(map(_shown, record.compiled)) or "none"
        raise InvalidRequest(
            f"inputs of the shapes {_shown(shapes)}: the model is compiled for {known}; declare "
            "others as gears_batch, and free dimensions beside the first as warm_up in "
            "velaserve.yaml"
        )

    def _shapes(self, batch: Arrays) -> Shapes:
        return tuple(batch[spec.name].shape for spec in self._opened().inputs)

    def _which(self, batch: Arrays) -> str:
        """The gear and how many there are, for the log."""
        rows = len(next(iter(batch.values())))
        if self._has_free_rows and rows in self._gears:
            at = self._gears.index(rows) + 1
            return f"gear {rows} ({at} of {len(self._gears)})"
        return f"shapes {_shown(self._shapes(batch))}"

    def _spec(self, session: CannSession) -> ModelSpec:
        return ModelSpec(
            session.inputs,
            session.outputs,
            PLATFORM,
            {
                "device": f"npu:{session.device_id}",
                "provider": PROVIDER,
                "cpu_assigned_nodes": self._count(session.nodes_on_cpu),
                **session.versions,
                CACHE: str(self._cache.folder),
            },
            gears=self._gears if self._has_free_rows else (),
        )

    def _count(self, nodes: Counter[str] | None) -> str:
        if nodes is not None:
            return str(nodes.total())
        # onnxruntime before 1.24 cannot tell, but has refused any where it is strict.
        return "0" if self._device.strict else "unknown"


def _has_free_rows(session: CannSession) -> bool:
    return all(tensor.shape[:1] == (-1,) for tensor in (*session.inputs, *session.outputs))


def _shown(shapes: Shapes) -> str:
    return ", ".join(str(list(shape)) for shape in shapes)
