# SPDX-License-Identifier: Apache-2.0
"""The table of pins: Go modules and the programs that are built from them."""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from ci.tools.errors import NotReady, PinsError

PINS = Path(__file__).with_name("pins.toml")
WRAPPER = "velaserve/tools"  # the module that another one's program is built in


@dataclass(frozen=True)
class Module:
    """One row. Its fields are explained at the top of pins.toml; `folder` is absolute here."""

    path: str
    version: str
    sum: str = ""
    folder: str = ""
    staging: str = ""
    symbols: Mapping[str, str] = field(default_factory=dict)
    cut: Mapping[str, str] = field(default_factory=dict)
    programs: Mapping[str, str] = field(default_factory=dict)
    ask: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.path} {self.version}"

    @property
    def is_beside(self) -> bool:
        """The source is ours, but it is built with the module and all that the module requires."""
        return bool(self.folder and self.sum)

    @property
    def flags(self) -> list[str]:
        """Of `go build`: without debug information, with the version where the program keeps it."""
        major, minor, _ = self.version.split(".", 2)
        values = {"version": self.version, "major": major, "minor": minor}
        named = [f"-X {name}={text.format(**values)}" for name, text in self.symbols.items()]
        return ["-trimpath", "-buildvcs=false", f"-ldflags={' '.join(['-s -w', *named])}"]


@dataclass(frozen=True)
class Program:
    """A program of a module."""

    name: str
    module: Module

    def __str__(self) -> str:
        return f"{self.name} {self.module.version}"

    @property
    def package(self) -> str:
        """The import path."""
        row = self.module
        return WRAPPER if row.is_beside else f"{row.path}/{row.programs[self.name]}".rstrip("/")

    @property
    def key(self) -> str:
        """Changes with every pin that the program is made from, and with no other."""
        row = self.module
        pins = [self.name, self.package, row.version, row.sum, row.staging, *row.flags]
        pins += [_content(file) for file in _sources(row)]
        pins += [f"{name} {text}" for name, text in sorted(row.cut.items())]
        return hashlib.sha256(json.dumps(pins).encode()).hexdigest()[:12]


def _sources(module: Module) -> list[Path]:
    return sorted(Path(module.folder).glob("*")) if module.folder else []


def _content(file: Path) -> str:
    return f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}"


def load(pins: Path = PINS) -> list[Module]:
    """The rows of the table.

    Raises:
        PinsError: it is no TOML, or a row has a wrong field.
    """
    try:
        table = tomllib.loads(pins.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as err:
        raise PinsError(f"{pins}: {err}") from err
    return [_module(row, pins) for row in cast("list[dict[str, str]]", table.get("module", []))]


def _module(row: dict[str, str], pins: Path) -> Module:
    where = f"{pins}: module {row.get('path')} {row.get('version')}"
    if folder := row.get("folder"):
        row = row | {"folder": str(pins.parent / folder)}
    try:
        module = Module(**row)  # type: ignore[arg-type]  # tables too; _problem looks
    except TypeError as err:
        raise PinsError(f"{where}: {err}") from err
    if problem := _problem(module):
        raise PinsError(f"{where}: {problem}")
    return module


def _problem(module: Module) -> str:
    if not re.fullmatch(r"\d+\.\d+\.\d+\S*", str(module.version)):
        return "version must be like 1.2.3, without a v"
    if (module.sum or not module.folder) and not str(module.sum).startswith("h1:"):
        return "sum must be the module's hash, 'h1:…' (go mod download -json prints it)"
    if unknown := sorted(module.ask.keys() - module.programs.keys()):
        return f"ask names {', '.join(unknown)}, which programs does not"
    return ""


def programs(modules: Iterable[Module]) -> list[Program]:
    return [Program(name, module) for module in modules for name in module.programs]


def named(modules: Iterable[Module], name: str, version: str | None = None) -> list[Program]:
    """Every pinned version of a program, or the one.

    Raises:
        NotReady: there is none.
    """
    known = programs(modules)
    found = [p for p in known if p.name == name and version in (None, p.module.version)]
    if not found:
        raise NotReady(f"{_wanted(name, version)} is not pinned; these are: {_listed(known)}")
    return found


def module(modules: Iterable[Module], path: str, version: str | None = None) -> Module:
    """The first row of a module, or that of a version.

    Raises:
        NotReady: there is none.
    """
    known = list(modules)
    for row in known:
        if row.path == path and version in (None, row.version):
            return row
    raise NotReady(f"{_wanted(path, version)} is not pinned; these are: {_listed(known)}")


def _wanted(name: str, version: str | None) -> str:
    return f"{name} {version}" if version else name


def _listed(known: Iterable[Module | Program]) -> str:
    return ", ".join(map(str, known))
