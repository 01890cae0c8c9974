# SPDX-License-Identifier: Apache-2.0
"""The list of what is in each image, `contents.toml`, as typed data."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ci.tools.tree import ROOT

FOLDER = ROOT / "ci" / "images"
FILE = FOLDER / "contents.toml"
SERVER = "velaserve"
ASCEND = "velaserve-ascend"
COMMAND = "/usr/local/bin/velaserve"
_CANN = "cann"


@dataclass(frozen=True, kw_only=True)
class PythonContents:
    """An image with Python: a Debian release, packages, and how it starts."""

    wheel: bool
    """Whether this repository is in it, besides what `extras` name."""
    release: str
    debian: Sequence[str]
    extras: Sequence[str]
    constraints: Sequence[str]
    folder: str
    user: str
    uid: int
    entrypoint: Sequence[str]
    env: Mapping[str, str]
    command: str = ""
    """The file here that is the command `velaserve` there."""
    ports: Sequence[int] = ()
    healthcheck: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class CannContents:
    """The server on an image with CANN: how it starts, it has from the server's own image."""

    extras: Sequence[str]
    constraints: Sequence[str]
    compiler: Sequence[str]
    user: str
    home: str
    cache: str
    arguments: Mapping[str, str]
    """Those of the build, with their defaults; as ARG in capital letters."""


def server() -> PythonContents:
    return python()[SERVER]


def ascend() -> CannContents:
    return CannContents(**_table()[_CANN][ASCEND])


def python() -> dict[str, PythonContents]:
    """The images with Python that are made here, by name."""
    tables = {name: table for name, table in _table().items() if isinstance(table, dict)}
    del tables[_CANN]
    return {name: PythonContents(**table) for name, table in tables.items()}


def static() -> Sequence[str]:
    """The images of one program, by the program's name."""
    names: Sequence[str] = _table()["static"]
    return names


def requirements(contents: PythonContents) -> list[str]:
    """What pyproject.toml asks for, velaserve's own extras followed; sorted."""
    return required(contents.extras, contents.wheel)


def required(extras: Sequence[str], wheel: bool = True) -> list[str]:
    """The same of any extras, with the wheel's own dependencies or without."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    base = project["dependencies"] if wheel else []
    return sorted({*base, *_of_extras(project["optional-dependencies"], extras)})


def _of_extras(table: Mapping[str, Sequence[str]], extras: Sequence[str]) -> list[str]:
    found: list[str] = []
    for line in (line for extra in extras for line in table[extra]):
        if line.startswith("velaserve["):
            inner = line.removeprefix("velaserve[").removesuffix("]").split(",")
            found += _of_extras(table, inner)
        else:
            found.append(line)
    return found


def _table() -> dict[str, Any]:  # Any: what TOML holds
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
