# SPDX-License-Identifier: Apache-2.0
"""A name by which one object needs another one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.layout import Spot
    from velaserve_lint.place import Place

_NAME = re.compile("[a-z0-9]([-.:a-z0-9]*[a-z0-9])?")


class Key(NamedTuple):
    """A key that a ConfigMap or Secret must have."""

    name: str
    spot: Spot

    @property
    def place(self) -> Place:
        return self.spot.place


class Reference(NamedTuple):
    """`name` at `spot` must be an object of one of the `kinds`, the usual one first.

    An empty namespace is one that is not known. What is optional may be missing.
    """

    kinds: tuple[str, ...]
    namespace: str
    name: str
    spot: Spot
    is_optional: bool = False
    key: Key | None = None

    @property
    def place(self) -> Place:
        return self.spot.place


def reference(
    name: Cursor,
    kinds: Sequence[str],
    namespace: str,
    *,
    is_optional: bool = False,
    key: Cursor | None = None,
) -> Iterator[Reference]:
    """The reference that a name makes; none where it is no name, as in a template."""
    if _NAME.fullmatch(name.text):
        needed = Key(key.text, key.spot) if key and key.text else None
        yield Reference(tuple(kinds), namespace, name.text, name.spot, is_optional, needed)
