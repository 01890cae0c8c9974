# SPDX-License-Identifier: Apache-2.0
"""Each image by name: its layers put together as a tar in the cache."""

import os
import platform
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ci.images import cache, contents, debian, packages, static_program
from ci.images.layer import Layer, read
from ci.images.oci import Start, write_image
from ci.tools import programs
from velaserve_lint import names


@dataclass(frozen=True)
class Image:
    """An OCI tar; `name` is the reference that pods use."""

    name: str
    path: Path
    size_bytes: int


def reference(name: str) -> str:
    """What pods write; no registry is behind it."""
    return names.image(name)


def build(name: str) -> Image:
    """Build one image.

    Raises:
        BuildError: a step failed; the text says which and what it said.
        ToolsError: `make tools` has not built the program of a static image.
    """
    cache.folder().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="making.", dir=cache.folder()) as scratch:
        if name in contents.python():
            return _python(name, contents.python()[name], Path(scratch))
        if name in contents.static():
            return _static(name, Path(scratch))
    known = ", ".join([*contents.python(), *contents.static()])
    raise debian.BuildError(f"no image is called {name!r}: {known}")


def _python(name: str, wanted: contents.PythonContents, scratch: Path) -> Image:
    _need_root()
    base = debian.base(wanted)
    layers = [read(base / "base.tar"), packages.dependencies(name, wanted, base)]
    if wanted.wheel:
        layers.append(packages.server(wanted, base, scratch))
    if wanted.command:
        layers.append(packages.command(contents.FOLDER / wanted.command, scratch))
    start = Start(
        entrypoint=wanted.entrypoint,
        env=wanted.env,
        user=str(wanted.uid),
        ports=wanted.ports,
        healthcheck=wanted.healthcheck,
    )
    return _write(name, layers, start, scratch)


def _static(name: str, scratch: Path) -> Image:
    layer = static_program.layer(programs.path(name), scratch)
    return _write(name, [layer], Start(entrypoint=[f"/{name}"], user="65534"), scratch)


def _write(name: str, layers: Sequence[Layer], start: Start, scratch: Path) -> Image:
    made = scratch / "image.tar"
    write_image(made, reference(name), platform.machine(), layers, start)
    target = cache.folder() / f"{name}.tar"
    made.rename(target)
    return Image(reference(name), target, target.stat().st_size)


def _need_root() -> None:
    if os.geteuid() != 0:
        raise debian.BuildError("debootstrap and chroot need root: run this as root, or use Docker")
