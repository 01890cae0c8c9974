# SPDX-License-Identifier: Apache-2.0
"""A folder as one layer of an image: the same content gives the same bytes."""

import hashlib
import os
import tarfile
from dataclasses import dataclass
from pathlib import Path

EPOCH_S = 315_532_800
"""1980-01-01, the oldest time that zip files know, which some Python tools insist on."""


@dataclass(frozen=True)
class Layer:
    """An uncompressed tar and its digest."""

    path: Path
    sha256: str
    size_bytes: int


def pack(folder: Path, target: Path) -> Layer:
    """Write everything below `folder` to `target`: sorted, owned by root, of one time."""
    with tarfile.open(target, "w", format=tarfile.GNU_FORMAT) as archive:
        for path in _walk(folder):
            entry = archive.gettarinfo(path, arcname=path.relative_to(folder).as_posix())
            if entry is not None:
                _add(archive, _plain(entry), path)
    return read(target)


def read(path: Path) -> Layer:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Layer(path, digest, path.stat().st_size)


def _walk(folder: Path) -> list[Path]:
    found = [
        Path(parent, name)
        for parent, folders, files in os.walk(folder)
        for name in (*folders, *files)
    ]
    return sorted(found)


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uname = entry.gname = ""
    entry.mtime = EPOCH_S
    return entry


def _add(archive: tarfile.TarFile, entry: tarfile.TarInfo, path: Path) -> None:
    if entry.isreg():
        with path.open("rb") as file:
            archive.addfile(entry, file)
    else:
        archive.addfile(entry)
