# SPDX-License-Identifier: Apache-2.0
"""Finds models on disk: which folders are models, versions and files; reads no model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FILES: Mapping[str, str] = {
    "onnx": "model.onnx",
    "torchscript": "model.pt",
    "python": "model.py",
}
"""Model format -> the file it is recognised by."""

_ONLY_VERSION = "1"
_LONGEST_VERSION = 18
"""Digits: a version fits into an int64, as in Triton's protocol."""


@dataclass(frozen=True, slots=True)
class VersionSource:
    """One version of a model on disk."""

    name: str
    version: str
    directory: Path
    file: Path
    format: str


def scan_repository(root: Path) -> list[str]:
    """The models of a repository: its folders but the hidden ones, sorted.

    Raises:
        LoadFailed: `root` is not a folder that can be read.
    """
    return sorted(entry.name for entry in _entries(root) if entry.is_dir())


def scan_model(directory: Path, name: str, model_format: str | None = None) -> list[VersionSource]:
    """The versions in <directory>/<version>/, or the only one when its file lies in `directory`.

    Versions are positive integers without leading zeros, in ascending order. The only version is
    called "1", or as its folder when that is such a number.

    Raises:
        LoadFailed: nothing is there, or a version has no file, or files of two formats.
    """
    entries = _entries(directory)
    wanted = FILES if model_format is None else {model_format: FILES[model_format]}
    if any(entry.name in wanted.values() for entry in entries):
        version = directory.name if _is_version(directory.name) else _ONLY_VERSION
        return [_source(name, version, directory, wanted)]
    versions = [entry for entry in entries if _is_version(entry.name) and entry.is_dir()]
    if not versions:
        raise LoadFailed(_nothing(directory, entries, wanted.values()))
    versions.sort(key=lambda folder: int(folder.name))
    return [_source(name, folder.name, folder, wanted) for folder in versions]


def _entries(directory: Path) -> list[Path]:
    """What is there, sorted; hidden entries (Kubernetes mounts bring some) do not count."""
    try:
        found = sorted(directory.iterdir())
    except OSError as err:
        raise LoadFailed(f"folder {directory} cannot be read: {err.strerror}") from err
    return [entry for entry in found if not entry.name.startswith(".")]


def _is_version(name: str) -> bool:
    digits = name.isascii() and name.isdigit() and len(name) <= _LONGEST_VERSION
    return digits and not name.startswith("0")


def _source(name: str, version: str, folder: Path, wanted: Mapping[str, str]) -> VersionSource:
    present = {entry.name for entry in _entries(folder)}
    formats = [key for key, file in wanted.items() if file in present]
    if not formats:
        raise LoadFailed(_nothing(folder, [], wanted.values()))
    if len(formats) > 1:
        found = " and ".join(FILES[key] for key in formats)
        raise LoadFailed(
            f"folder {folder} holds {found}; set model_format to one of {', '.join(formats)}"
        )
    return VersionSource(name, version, folder, folder / FILES[formats[0]], formats[0])


def _nothing(directory: Path, entries: Iterable[Path], files: Iterable[str]) -> str:
    looked = " or ".join(f"{directory}/{file}" for file in files)
    ignored = [entry.name for entry in entries if entry.is_dir()]
    text = f"no model found: looked for {looked}"
    if ignored:
        text += (
            f" and for versions; ignored the folders {', '.join(ignored)}, because a version is a "
            "positive integer without leading zeros"
        )
    return text
