# SPDX-License-Identifier: Apache-2.0
"""How a table is applied: its rows by type, and the paths in them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple, Never, Protocol, TypeAlias, TypeVar

from velaserve_lint.memo import once

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.application import Application, Component, Typed
    from velaserve_lint.document import Json
    from velaserve_lint.place import Path

Steps: TypeAlias = "tuple[str, ...]"
EVERY = "*"
_NONE: Mapping[str, tuple[Never, ...]] = {}


class Row(Protocol):
    """A row is about a type, and there about each mapping at `base` that has `subject`, if any."""

    @property
    def type(self) -> str: ...
    @property
    def base(self) -> str: ...
    @property
    def subject(self) -> str: ...


_R = TypeVar("_R", bound=Row)


class Part(NamedTuple):
    """A mapping that a row is about, where it stands, and in which component."""

    data: dict[str, Json]
    path: Path
    component: Component

    def get(self, path: str) -> Json:
        """The value at a path such as a.b; None where there is none."""
        if "." not in path:
            return self.data.get(path)
        value: Json = self.data
        for step in _steps(path):
            value = value.get(step) if isinstance(value, dict) else None
        return value

    def at(self, path: str) -> Path:
        return (*self.path, *_steps(path))


@functools.cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


def part_of(component: Component) -> Part:
    """All properties of a component."""
    return Part(component.properties, (*component.path, "properties"), component)


# By type and base, so that a part is looked for once; each row with the key that it needs.
Table: TypeAlias = "Mapping[str, Mapping[str, tuple[tuple[str, _R], ...]]]"


def table(*rows: _R) -> Table[_R]:
    """The rows, ready to be applied."""
    found: dict[str, dict[str, tuple[tuple[str, _R], ...]]] = {}
    for row in rows:
        of_type, key = found.setdefault(row.type, {}), row.subject.partition(".")[0]
        of_type[row.base] = (*of_type.get(row.base, ()), (key, row))
    return found


def applied(application: Application, rows: Table[_R]) -> Iterator[tuple[_R, Part]]:
    """Each row with each part that it is about; not where something is added from elsewhere."""
    known = _parts(application)
    for definition, typed, component in _settled(application):
        for base, of_base in rows.get(definition, _NONE).items():
            key = (typed.path, base)
            if base and base.partition(".")[0] not in typed.properties:
                continue
            if key not in known:
                found = parts(typed.properties, (*typed.path, "properties"), base)
                known[key] = [Part(data, path, component) for data, path in found]
            for part in known[key]:
                for subject, row in of_base:
                    if not subject or subject in part.data:
                        yield row, part


@once
def _settled(application: Application) -> list[tuple[str, Typed, Component]]:
    """Components and traits, each with the name of its definition; every table asks for them."""
    return [
        (typed.definition, typed, component)
        for component in application.settled()
        for typed in (component, *component.traits)
    ]


@once
def _parts(_: Application) -> dict[tuple[Path, str], list[Part]]:
    """What the tables have asked for so far, by where it is and the base."""
    return {}


def parts(data: Json, path: Path, base: str) -> Iterator[tuple[dict[str, Json], Path]]:
    """The mappings at a path, in which * stands for each item or entry."""
    if not base:
        if isinstance(data, dict):
            yield data, path
        return
    step, _, rest = base.partition(".")
    for key, value in _members(data, step):
        yield from parts(value, (*path, key), rest)


def _members(data: Json, step: str) -> Iterator[tuple[str | int, Json]]:
    if isinstance(data, list) and step == EVERY:
        yield from enumerate(data)
    elif isinstance(data, dict):
        yield from (data.items() if step == EVERY else [(step, data.get(step))])
