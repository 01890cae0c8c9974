# SPDX-License-Identifier: Apache-2.0
"""Folders of compiled models, one for all that a compilation depends on.

onnxruntime's CANN provider looks for compiled models in the working directory, by names that depend
on neither weights nor options nor chip: with one folder for all, a new model at an old path is
answered by the old one (reference/ascend.md section 1). Here a folder is of one content only.
"""

from __future__ import annotations

import functools
import hashlib
import json
import logging
import os
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from velaserve_runtime.backends.ascend.cache_lock import FolderLock
from velaserve_runtime.backends.ascend.compile_record import (
    FILE,
    Compiled,
    CompileRecord,
    offline_models,
    sha256_of,
)
from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from velaserve_runtime.protocol.tensors import Shape

LOG = logging.getLogger(__name__)
_LAYOUT = 1
"""Raised when this server asks onnxruntime for something else than before."""
_OWNER_ONLY = 0o700
_OTHERS_MAY_WRITE = 0o002


class CacheRoot(NamedTuple):
    """Where the folders are."""

    path: Path
    max_bytes: int | None = None
    """Of all folders together; None: as many as come."""


def cache_root(directory: str | None) -> Path:
    """Where the folders are. Without `directory`, in a folder that ends with this process."""
    if directory is not None:
        return Path(directory).absolute()
    return Path(_private_folder().name)


@functools.cache
def _private_folder() -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory(prefix="velaserve-compiled-")
    LOG.warning(
        "compiled models are kept in %s, until this server ends; to start faster next time name a "
        "folder that stays: --compile-cache-dir (VELASERVE_COMPILE_CACHE_DIR)",
        folder.name,
    )
    return folder


def cache_key(
    model_sha256: str,
    versions: Mapping[str, str],
    options: Mapping[str, str],
    gears: Sequence[int],
) -> str:
    """Of everything that a compiled model depends on.

    `versions`: chip, CANN, onnxruntime. `options`: of the provider; the number of the device does
    not matter to what is compiled.
    """
    options = {name: value for name, value in options.items() if name != "device_id"}
    content = [_LAYOUT, model_sha256, dict(versions), options, list(gears)]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


class CompileCache:
    """The folder of one key."""

    def __init__(self, root: Path, key: str) -> None:
        """Makes the folder; nobody removes it before `close`.

        Raises:
            LoadFailed: it cannot be written, or everyone could.
        """
        self.folder = root / key
        try:
            root.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
            owner = _owner_of_what_we_write(root)
            self._lock = FolderLock(self.folder)
            with ExitStack() as undo:
                undo.callback(self.close)
                _refuse_foreign(self.folder, owner)
                undo.pop_all()
        except OSError as err:
            raise LoadFailed(
                f"compile cache {err.filename or root} cannot be used by uid {os.geteuid()}: "
                f"{err.strerror}; make it writable for this user, or name another folder with "
                "--compile-cache-dir"
            ) from err

    @contextmanager
    def locked(self) -> Iterator[CompileRecord]:
        """Nobody else compiles for this folder, or loads from it; gives the record as it is."""
        with self._lock.compiling():
            yield CompileRecord.read(self.folder)

    def close(self) -> None:
        """From here on it may be removed."""
        self._lock.close()

    def check(self) -> None:
        """Before the first use: what changed since it was written is deleted."""
        with self.locked() as record:
            self._discard(record, record.damaged(self.folder))

    def discard_leftovers(self, record: CompileRecord) -> None:
        """Deletes what no finished compilation has left."""
        self._discard(record, record.strangers(self.folder))

    def empty(self) -> None:
        """Deletes all that was compiled."""
        for path in (*offline_models(self.folder), self.folder / FILE):
            path.unlink(missing_ok=True)

    def add(self, shapes: tuple[Shape, ...], seconds: float) -> bool:
        """Records what a run with these shapes has compiled; False when that was nothing."""
        record = CompileRecord.read(self.folder)
        fresh = record.strangers(self.folder)
        record.files.update({path.name: sha256_of(path) for path in fresh})
        if fresh or shapes not in record.compiled:
            record.compiled[shapes] = Compiled(shapes, round(seconds, 3), time.time())
            record.write(self.folder)
        return bool(fresh)

    def _discard(self, record: CompileRecord, paths: Sequence[Path]) -> None:
        for path in paths:
            LOG.warning("%s was not finished, or has changed since: it is compiled anew", path)
            path.unlink()
            record.files.pop(path.name, None)
        if paths:
            record.write(self.folder)


def _owner_of_what_we_write(root: Path) -> int:
    """Not our own uid on a network volume that maps users."""
    with tempfile.TemporaryFile(dir=root) as file:
        return os.fstat(file.fileno()).st_uid


def _refuse_foreign(folder: Path, owner: int) -> None:
    """Who can write a compiled model decides what is answered."""
    status = folder.stat()
    if status.st_uid != owner or status.st_mode & _OTHERS_MAY_WRITE:
        raise LoadFailed(
            f"compile cache {folder} is of uid {status.st_uid} with mode "
            f"{status.st_mode & 0o777:o}, expected uid {owner} and no others who may write; "
            "remove it, or name another folder with --compile-cache-dir"
        )
