# SPDX-License-Identifier: Apache-2.0
"""Removes folders of compiled models that nobody uses, where there are more than may be kept."""

from __future__ import annotations

import logging
import re
import secrets
import shutil
import time
from typing import TYPE_CHECKING, NamedTuple

from velaserve_runtime.backends.ascend import cache_lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from velaserve_runtime.backends.ascend.compile_cache import CacheRoot

LOG = logging.getLogger(__name__)
_KEY = re.compile(r"[0-9a-f]{64}")
_DOOMED = ".removed-"
"""A folder that is on its way out: with such a name no server finds it, half empty."""
_MIB = 1 << 20
_HOUR_S = 3600


class _Kept(NamedTuple):
    used_unix_s: float
    size_bytes: int
    folder: Path


def make_room(root: CacheRoot, keep: Path) -> None:
    """Least recently used first, but neither `keep` nor what another process uses.

    What cannot be removed is said in the log: no model fails for it.
    """
    if root.max_bytes is None:
        return
    try:
        _finish(root.path)
        over_bytes = _remove_oldest(root, keep)
    except OSError:
        LOG.exception("compile cache %s cannot be tidied up", root.path)
        return
    if over_bytes > 0:
        LOG.warning(
            "compile cache %s holds %.1f MiB more than compile_cache_max_bytes (%.1f MiB): all of "
            "it is in use",
            root.path,
            over_bytes / _MIB,
            root.max_bytes / _MIB,
        )


def _remove_oldest(root: CacheRoot, keep: Path) -> int:
    """Bytes that are still too many."""
    kept = sorted(_kept(root.path))
    over_bytes = sum(each.size_bytes for each in kept) - (root.max_bytes or 0)
    for each in kept:
        if over_bytes <= 0:
            break
        if each.folder != keep and _remove(each):
            over_bytes -= each.size_bytes
    return over_bytes


def _kept(root: Path) -> Iterator[_Kept]:
    """Folders of ours; what vanishes meanwhile was removed by another server."""
    for folder in root.iterdir():
        lock = folder / cache_lock.FILE
        if _KEY.fullmatch(folder.name) and lock.is_file():
            yield _Kept(lock.stat().st_mtime, _size_bytes(folder), folder)


def _size_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _remove(kept: _Kept) -> bool:
    with cache_lock.unused(kept.folder) as is_unused:
        if not is_unused:
            return False
        doomed = kept.folder.with_name(f"{_DOOMED}{secrets.token_hex(8)}")
        kept.folder.rename(doomed)
    shutil.rmtree(doomed, ignore_errors=True)
    LOG.info(
        "compile cache: removed %s, %.1f MiB, last used %.0f hours ago, to keep to "
        "compile_cache_max_bytes",
        kept.folder,
        kept.size_bytes / _MIB,
        (time.time() - kept.used_unix_s) / _HOUR_S,
    )
    return True


def _finish(root: Path) -> None:
    """Deletes what a server that ended too early has left."""
    for doomed in root.glob(f"{_DOOMED}*"):
        shutil.rmtree(doomed, ignore_errors=True)
