# SPDX-License-Identifier: Apache-2.0
"""Models behind s3://, gs://, hf:// and https://, fetched once by the package kserve-storage."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from velaserve_runtime.local import messages
from velaserve_runtime.local.errors import BAD_APPLICATION, BAD_ENVIRONMENT, LocalError

if TYPE_CHECKING:
    from velaserve_runtime.local.console import Console


def fetch(uri: str, component: str, console: Console) -> Path:
    """The folder the model was fetched to, now or by an earlier run.

    Raises:
        LocalError: the extra `storage` is missing, or the model cannot be fetched.
    """
    folder = cache_folder() / hashlib.sha256(uri.encode()).hexdigest()[:16]
    if folder.is_dir():
        console.note(messages.DOWNLOADED_BEFORE, uri=uri, folder=str(folder))
        return folder
    if importlib.util.find_spec("kserve_storage") is None:
        raise LocalError(BAD_ENVIRONMENT, messages.EXTRA_MISSING, what=uri, extra="storage")
    console.note(messages.DOWNLOADING, uri=uri, folder=str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    _download(uri, folder, component)
    return folder


def cache_folder() -> Path:
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "velaserve" / "models"


def _download(uri: str, folder: Path, component: str) -> None:
    """Under another name first, so that what is there under its own name is whole."""
    unfinished = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        importlib.import_module("kserve_storage").Storage.download(uri, str(unfinished))
        unfinished.rename(folder)
    except Exception as err:  # each scheme's client library has its own errors
        shutil.rmtree(unfinished, ignore_errors=True)
        raise LocalError(
            BAD_APPLICATION,
            messages.DOWNLOAD_FAILED,
            component=component,
            uri=uri,
            reason=str(err),
        ) from err
