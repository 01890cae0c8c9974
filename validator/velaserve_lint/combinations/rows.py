# SPDX-License-Identifier: Apache-2.0
"""How a table is applied: its rows by type, and the paths in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.application import Application, Component
    from velaserve_lint.document import Json
    from velaserve_lint.place import Path

Steps: TypeAlias = "tuple[str, ...]"
EVERY = "*"


class Row(Protocol):
    """A row is about a type, and there about each mapping at `base`."""

    @property
    def type(self) -> str: ...
    @property
    def base(self) -> str: ...


_R = TypeVar("_R", bound=Row)


class Part(NamedTuple):
    """A mapping that a row is about, where it stands, and in which component."""

    data: dict[str, Json]
    path: Path
    component: Component

    def get(self, path: str) -> Json:
        """The value at a path such as a.b; None where there is none."""
        value: Json = self.data
        for step in path.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        return value

    def at(self, path: str) -> Path:
        return (*self.path, *path.split("."))


def part_of(component: Component) -> Part:
    """All properties of a component."""
    return Part(component.properties, (*component.path, "properties"), component)


Table: TypeAlias = "Mapping[str, tuple[_R, ...]]"


def table(*rows: _R) -> Table[_R]:
    """The rows by their type."""
    types = dict.fromkeys(row.type for row in rows)
    return {name: tuple(row for row in rows if row.type == name) for name in types}


def applied(application: Application, rows: Table[_R]) -> Iterator[tuple[_R, Part]]:
    """Each row with each part that it is about; not where something is added from elsewhere."""
    for component in application.settled():
        for typed in (component, *component.traits):
            for row in rows.get(typed.definition, ()):
                path = (*typed.path, "properties")
                for data, at in parts(typed.properties, path, row.base):
                    yield row, Part(data, at, component)


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
