# SPDX-License-Identifier: Apache-2.0
"""One YAML document: plain data, and beside it what knows where everything stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_lint.layout import Layout
    from velaserve_lint.place import Path, Place, Span

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


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
    layout: Layout = field(repr=False, compare=False)
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
        return self.layout.value(path)

    def key(self, path: Path) -> Place:
        """The key of the value; for a list's item, its first key; for what is missing, as above."""
        return self.layout.key(path)

    def whole(self, path: Path) -> Span:
        """All of what stands at the path, from its first line to its last."""
        return self.layout.whole(path)
