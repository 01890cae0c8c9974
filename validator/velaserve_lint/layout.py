# SPDX-License-Identifier: Apache-2.0
"""Where the keys and values of a document stand."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from velaserve_lint.place import Place, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from velaserve_lint.place import Path


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


class Layout:
    """The nodes of a document by path, found when the first place is asked for: few ever are."""

    def __init__(self, file: str, find: Callable[[], Node]) -> None:
        self.file = file
        self._find = find

    @classmethod
    def of(cls, file: str, root: Node) -> Layout:
        return cls(file, lambda: root)

    @cached_property
    def root(self) -> Node:
        return self._find()

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


class Spot(NamedTuple):
    """A value of a document that may be asked for its place later, when the data is gone."""

    layout: Layout
    path: Path

    @property
    def place(self) -> Place:
        return self.layout.value(self.path)


def _head(node: Node) -> Span:
    """A mapping is shown by its first key: its whole span would be half the file."""
    first = next(iter(node.entries.values()), None)
    return first.key.span if first else node.span
