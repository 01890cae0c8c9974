# SPDX-License-Identifier: Apache-2.0
"""The list of what is in each image, `contents.toml`, as typed data."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ci.tools.tree import ROOT

FILE = ROOT / "ci" / "images" / "contents.toml"
SERVER = "velaserve"


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
    ports: Sequence[int] = ()
    healthcheck: Sequence[str] = ()


def server() -> PythonContents:
    return python()[SERVER]


def python() -> dict[str, PythonContents]:
    """The images with Python, by name."""
    tables = {name: table for name, table in _table().items() if isinstance(table, dict)}
    return {name: PythonContents(**table) for name, table in tables.items()}


def static() -> Sequence[str]:
    """The images of one program, by the program's name."""
    names: Sequence[str] = _table()["static"]
    return names


def requirements(contents: PythonContents) -> list[str]:
    """What pyproject.toml asks for, velaserve's own extras followed; sorted."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    base = project["dependencies"] if contents.wheel else []
    return sorted({*base, *_of_extras(project["optional-dependencies"], contents.extras)})


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
