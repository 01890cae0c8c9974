# SPDX-License-Identifier: Apache-2.0
"""One YAML document: plain data, and beside it a tree that knows where everything stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from velaserve_lint.place import Place, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from velaserve_lint.place import Path

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


class Mark(Protocol):
    """A point in the text, as PyYAML gives it: 0-based."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class Node(NamedTuple):
    """Where one value stands, and where its members do; aliases share one node."""

    start: Mark
    end: Mark
    entries: Mapping[str, Entry] = {}
    items: Sequence[Node] = ()

    @property
    def span(self) -> Span:
        return Span(
            self.start.line + 1, self.start.column + 1, self.end.line + 1, self.end.column + 1
        )


class Entry(NamedTuple):
    """A key of a mapping and its value."""

    key: Node
    value: Node


class Ambiguous(NamedTuple):
    """A plain scalar that other YAML parsers than the cluster's read as something else."""

    text: str
    value: Json
    place: Place


@dataclass(frozen=True, slots=True)
class Document:
    """The data of one document, and the places of its keys and values by path."""

    file: str
    data: Json
    root: Node = field(repr=False)
    ambiguous: Sequence[Ambiguous] = field(default=(), repr=False, compare=False)

    def data_at(self, path: Path) -> Json:
        """What stands at the path; None where nothing does."""
        data = self.data
        for step in path:
            if isinstance(data, dict) and isinstance(step, str):
                data = data.get(step)
            elif isinstance(data, list) and isinstance(step, int) and step < len(data):
                data = data[step]
            else:
                return None
        return data

    def value(self, path: Path) -> Place:
        """The value; for what is missing, the nearest value around it that exists."""
        *_, (_, node) = self._walk(path)
        return Place(self.file, _head(node), path)

    def key(self, path: Path) -> Place:
        """The key of the value; for a list's item, its first key; for what is missing, as above."""
        *_, (key, node) = self._walk(path)
        return Place(self.file, key.span if key else _head(node), path)

    def whole(self, path: Path) -> Span:
        """All of what stands at the path, from its first line to its last."""
        *_, (_, node) = self._walk(path)
        return node.span

    def _walk(self, path: Path) -> list[tuple[Node | None, Node]]:
        found: list[tuple[Node | None, Node]] = [(None, self.root)]
        for step in path:
            node = found[-1][1]
            if isinstance(step, str) and step in node.entries:
                found.append(node.entries[step])
            elif isinstance(step, int) and step < len(node.items):
                found.append((None, node.items[step]))
            else:
                break
        return found


def _head(node: Node) -> Span:
    """A mapping is shown by its first key: its whole span would be half the file."""
    first = next(iter(node.entries.values()), None)
    return first.key.span if first else node.span
