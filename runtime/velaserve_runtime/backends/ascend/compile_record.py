# SPDX-License-Identifier: Apache-2.0
"""What a folder of compiled models holds, by our own account; another file is a leftover.

onnxruntime writes an .om in place: one that was half written when the process ended looks like any
other. It is in the record, with its digest, only once a run of it has succeeded.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from velaserve_runtime.protocol.tensors import Shape

FILE = "compiled.json"


@dataclass(frozen=True, slots=True)
class Compiled:
    """One compilation: for inputs of these shapes."""

    shapes: tuple[Shape, ...]
    """In the order of the model's inputs."""
    seconds: float
    at_unix_s: float


@dataclass(slots=True)
class CompileRecord:
    """Read anew under the folder's lock before each use: other processes write it, too."""

    compiled: dict[tuple[Shape, ...], Compiled] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    """Name of an .om -> sha256 of its content."""

    @classmethod
    def read(cls, folder: Path) -> CompileRecord:
        """Empty where there is none, or none that can be understood."""
        try:
            content = json.loads((folder / FILE).read_bytes())
            compiled = [_compiled(entry) for entry in content["compiled"]]
            return cls({each.shapes: each for each in compiled}, dict(content["files"]))
        except (OSError, ValueError, TypeError, KeyError):
            return cls()

    def write(self, folder: Path) -> None:
        """All of it or nothing."""
        content = {
            "compiled": [
                {"shapes": each.shapes, "seconds": each.seconds, "at_unix_s": each.at_unix_s}
                for each in self.compiled.values()
            ],
            "files": self.files,
        }
        written = folder / f"{FILE}.new"
        written.write_text(json.dumps(content, indent=1), encoding="utf-8")
        written.replace(folder / FILE)

    def strangers(self, folder: Path) -> list[Path]:
        """The .om files that are not in the record."""
        return [path for path in offline_models(folder) if path.name not in self.files]

    def damaged(self, folder: Path) -> list[Path]:
        """Those that are, with another content."""
        known = [path for path in offline_models(folder) if path.name in self.files]
        return [path for path in known if sha256_of(path) != self.files[path.name]]


def offline_models(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.om"))


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _compiled(entry: Mapping[str, object]) -> Compiled:
    shapes, seconds, at_unix_s = entry["shapes"], entry["seconds"], entry["at_unix_s"]
    if not isinstance(shapes, list):
        raise TypeError("shapes")
    return Compiled(
        tuple(tuple(int(size) for size in shape) for shape in shapes),
        float(str(seconds)),
        float(str(at_unix_s)),
    )
