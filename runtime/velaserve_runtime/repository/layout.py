# SPDX-License-Identifier: Apache-2.0
"""Finds models on disk: which folders are models, versions and files; reads no model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FILES: Mapping[str, str] = {
    "onnx": "model.onnx",
    "om": "model.om",
    "torchscript": "model.pt",
    "python": "model.py",
}
"""Model format -> the file it is recognised by."""
CPU_TWINS: Mapping[str, str] = {"om": "onnx"}
"""Format that only a device runs -> the format that, in the same folder, is the same model."""

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
    cpu_twin: Path | None = None
    """The same model in a format that a CPU runs, where `format` is none."""

    def for_cpu(self) -> VersionSource:
        """What a CPU runs of it: itself or its twin.

        Raises:
            LoadFailed: it has none.
        """
        twin = CPU_TWINS.get(self.format)
        if twin is None:
            return self
        if self.cpu_twin is None:
            raise LoadFailed(
                f"{self.file} is compiled for a device and does not run on a CPU; put the model it "
                f"was compiled from beside it, as {FILES[twin]}, or serve it on its device"
            )
        return replace(self, file=self.cpu_twin, format=twin, cpu_twin=None)


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
    twins = {CPU_TWINS[key] for key in formats if key in CPU_TWINS}
    formats = [key for key in formats if key not in twins]
    if not formats:
        raise LoadFailed(_nothing(folder, [], wanted.values()))
    if len(formats) > 1:
        found = " and ".join(FILES[key] for key in formats)
        raise LoadFailed(
            f"folder {folder} holds {found}; set model_format to one of {', '.join(formats)}"
        )
    [model_format] = formats
    source = VersionSource(name, version, folder, folder / FILES[model_format], model_format)
    twin = FILES.get(CPU_TWINS.get(model_format, ""))
    return replace(source, cpu_twin=folder / twin) if twin in present else source


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
