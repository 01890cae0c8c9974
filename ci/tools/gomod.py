# SPDX-License-Identifier: Apache-2.0
"""Fetches pinned modules and makes the wrapper module that a program is built in.

`go install MODULE@VERSION` is refused where the module's go.mod has `replace` lines. So the wrapper
starts as the module's own go.mod and go.sum: what is required, replaced, excluded and held to a
hash is what the module's authors wrote.
"""

import json
import shutil
from pathlib import Path
from typing import NotRequired, TypedDict, cast

from ci.tools.cut import make_copy
from ci.tools.errors import BuildFailed, ModuleMissing
from ci.tools.go import go
from ci.tools.pins import PINS, WRAPPER, Module, load, module

COPY = "cut"


class Fetched(TypedDict):
    """What `go mod download -json` prints, of what is used here."""

    Dir: str
    Sum: str
    GoModSum: str


class Place(TypedDict):
    """A module in a go.mod. Without a version: any, or a folder."""

    Path: str
    Version: NotRequired[str]


class Replacement(TypedDict):
    """A `replace` line."""

    Old: Place
    New: Place


class GoMod(TypedDict):
    """What `go mod edit -json` prints, of what is used here."""

    Require: list[Place]
    Replace: list[Replacement] | None


def module_dir(
    path: str, version: str | None = None, *, offline: bool = False, pins: Path = PINS
) -> Path:
    """The folder of a pinned module in Go's module cache.

    Raises:
        NotReady: it is not pinned, there is no go, or (ModuleMissing) it is not to be had.
    """
    return Path(fetch(module(load(pins), path, version), offline=offline)["Dir"])


def fetch(wanted: Module, *, offline: bool = False) -> Fetched:
    """Brings a module into Go's module cache.

    Raises:
        ModuleMissing: it is not to be had.
        BuildFailed: it is not what the table's hash says.
    """
    # The hash in the table stands for a look-up, which fails for some modules.
    unchecked = [go("env", "GONOSUMDB").stdout.strip(), wanted.path]
    env = {"GONOSUMDB": ",".join(filter(None, unchecked))} | ({"GOPROXY": "off"} if offline else {})
    done = go("mod", "download", "-json", f"{wanted.path}@v{wanted.version}", env=env)
    if done.returncode:
        error = json.loads(done.stdout or "{}").get("Error", done.stderr.strip())
        raise ModuleMissing(f"{wanted}: go mod download: {error}")
    fetched = cast("Fetched", json.loads(done.stdout))
    if fetched["Sum"] != wanted.sum:
        raise BuildFailed(
            f"{wanted}: the hash is {fetched['Sum']}, the table of pins says {wanted.sum}: "
            "either the pin is mistyped or the module was changed after its release"
        )
    return fetched


def make_wrapper(wanted: Module, folder: Path) -> None:
    """Writes go.mod and go.sum of a module that requires `wanted`.

    Raises:
        ModuleMissing: it is not to be had.
        BuildFailed: it is not what the table says, or go refuses its go.mod.
    """
    fetched = fetch(wanted)
    shutil.copyfile(Path(fetched["Dir"]) / "go.mod", folder / "go.mod")
    sums = (Path(fetched["Dir"]) / "go.sum").read_text(encoding="utf-8")
    name = f"{wanted.path} v{wanted.version}"
    sums += f"{name} {fetched['Sum']}\n{name}/go.mod {fetched['GoModSum']}\n"
    (folder / "go.sum").write_text(sums, encoding="utf-8")
    edits = [f"-require={wanted.path}@v{wanted.version}", *_without_folders(wanted, folder)]
    if wanted.cut:
        make_copy(Path(fetched["Dir"]), wanted.cut, folder / COPY)
        edits.append(f"-replace={wanted.path}=./{COPY}")
    _edit(folder, f"-module={WRAPPER}", *edits)


def _without_folders(wanted: Module, folder: Path) -> list[str]:
    """Edits for `replace X => ./staging/src/X`: those folders are no part of a released module."""
    file = cast("GoMod", json.loads(_edit(folder, "-json")))
    required = {place["Path"]: place.get("Version") for place in file["Require"]}
    edits = []
    for line in file["Replace"] or []:
        name = line["Old"]["Path"]
        if "Version" not in line["New"]:
            staged = wanted.staging and required.get(name) == "v0.0.0"
            edits.append(
                f"-replace={name}={name}@v{wanted.staging}" if staged else f"-dropreplace={name}"
            )
    return edits


def _edit(folder: Path, *edits: str) -> str:
    done = go("mod", "edit", *edits, str(folder / "go.mod"))
    if done.returncode:
        raise BuildFailed(f"go mod edit: {done.stderr.strip()}")
    return done.stdout
