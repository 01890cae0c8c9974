# SPDX-License-Identifier: Apache-2.0
"""What was built before: folders named by a hash of everything they were made from."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path


def folder() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "velaserve" / "images"


def key(*inputs: str) -> str:
    return hashlib.sha256("\0".join(inputs).encode()).hexdigest()[:16]


def cached(name: str, inputs: str, make: Callable[[Path], None]) -> Path:
    """The folder `name`-<key>; made by `make` in a scratch folder, and whole or not there at all.

    Folders of the same name and other inputs are removed.
    """
    target = folder() / f"{name}-{inputs}"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix="making.", dir=target.parent))
        try:
            make(scratch)
            for stale in target.parent.glob(f"{name}-{'?' * len(inputs)}"):
                shutil.rmtree(stale)
            scratch.rename(target)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    return target
