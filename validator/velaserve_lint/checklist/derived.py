# SPDX-License-Identifier: Apache-2.0
"""Objects that nobody wrote, put together from several places: each part knows where it is from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.checklist.keyed import NAME
from velaserve_lint.layout import Layout, Node

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.place import Path, Place


class Mark(NamedTuple):
    """A point in a text that is not there."""

    line: int = 0
    column: int = 0


_NOWHERE = Node(Mark(), Mark())


class Origin(NamedTuple):
    """Where a part is from; `is_copy` says that what stands below it stands there, too."""

    cursor: Cursor
    is_copy: bool = False

    def at(self, step: str | int) -> Origin:
        if not self.is_copy:
            return self
        if isinstance(step, str) and step.startswith(NAME):
            named = (one for one in self.cursor.items() if f"{NAME}{one.at('name').text}" == step)
            return Origin(next(named, self.cursor), True)
        return Origin(self.cursor.at(step), True)


class Derived(Layout):
    """Of a document whose places are those that its parts are from."""

    def __init__(self, file: str, origins: Mapping[Path, Origin]) -> None:
        super().__init__(file, lambda: _NOWHERE)
        self._origins = origins

    def value(self, path: Path) -> Place:
        return self._origin(path).cursor.place

    def key(self, path: Path) -> Place:
        origin = self._origin(path)
        return origin.cursor.key if origin.is_copy else origin.cursor.place

    def _origin(self, path: Path) -> Origin:
        """By the nearest part around it that is from somewhere; the whole is from somewhere."""
        lengths = range(len(path), -1, -1)
        known = next(length for length in lengths if path[:length] in self._origins)
        origin = self._origins[path[:known]]
        for step in path[known:]:
            origin = origin.at(step)
        return origin
