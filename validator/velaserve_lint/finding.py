# SPDX-License-Identifier: Apache-2.0
"""What a rule found: data only, the text is made last."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.edit import Edit
from velaserve_lint.place import pointer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.place import Place, Span
    from velaserve_lint.text import Argument


class Severity(IntEnum):
    """How bad a finding is; an error would fail or surprise on the cluster."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        return self.name.lower()


class Related(NamedTuple):
    """Another span that belongs to a finding; `message` is a key of the rule's messages."""

    place: Place
    message: str


class Finding(NamedTuple):
    """One finding; `message` is a key of the messages of the rule `id`."""

    id: str
    severity: Severity
    message: str
    arguments: Mapping[str, Argument]
    place: Place
    related: tuple[Related, ...] = ()
    edits: tuple[Edit, ...] = ()

    def beside(self, place: Place, message: str) -> Finding:
        """The finding with one more span."""
        return self._replace(related=(*self.related, Related(place, message)))

    def mended_by(self, place: Place, old: str, new: str) -> Finding:
        """The finding with the change that mends it; only where that cannot be wrong."""
        return self._replace(edits=(*self.edits, Edit(place.span, old, new)))

    def mended_by_quotes(self) -> Finding:
        """The finding about a number or word that should have been a text."""
        return self._replace(edits=(*self.edits, Edit(self.place.span)))

    @property
    def file(self) -> str:
        return self.place.file

    @property
    def span(self) -> Span:
        return self.place.span

    @property
    def pointer(self) -> str:
        return pointer(self.place.path)
