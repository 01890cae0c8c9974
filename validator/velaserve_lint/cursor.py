# SPDX-License-Identifier: Apache-2.0
"""A value of a document together with where it stands; whatever is asked of it, it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.layout import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.document import Document, Json
    from velaserve_lint.place import Path, Place


class Cursor(NamedTuple):
    """`value` at `path`; what is missing is a cursor whose value is None.

    So rules follow paths without asking at each step whether the document has that shape: the
    field tables report a wrong one.
    """

    document: Document
    path: Path
    value: Json

    def at(self, *steps: str | int) -> Cursor:
        """The value further down."""
        value: Json = self.value
        for step in steps:
            if isinstance(value, dict) and isinstance(step, str):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                value = None
                break
        return Cursor(self.document, self.path + steps, value)

    def items(self) -> Iterator[Cursor]:
        """Each item of a list; nothing of anything else."""
        for index, item in enumerate(self.value if isinstance(self.value, list) else ()):
            yield Cursor(self.document, (*self.path, index), item)

    def entries(self) -> Iterator[tuple[str, Cursor]]:
        """Each key of a mapping with its value; nothing of anything else."""
        for key, value in self.mapping.items():
            yield key, Cursor(self.document, (*self.path, key), value)

    @property
    def mapping(self) -> dict[str, Json]:
        """The value, or an empty mapping where it is none."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def text(self) -> str:
        """The value, or an empty text where it is none."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def number(self) -> int | None:
        """The value where it is a whole number; true and false are none."""
        return self.value if type(self.value) is int else None

    @property
    def place(self) -> Place:
        """Where the value stands; what is missing is shown where it would be."""
        return self.document.value(self.path)

    @property
    def spot(self) -> Spot:
        """The same for later."""
        return Spot(self.document.layout, self.path)

    @property
    def key(self) -> Place:
        """Where the key of the value stands, in a list the item's first key."""
        return self.document.key(self.path)
