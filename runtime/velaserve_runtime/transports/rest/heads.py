# SPDX-License-Identifier: Apache-2.0
"""Heads that were parsed before: a client sends the same bytes again and again.

Profile (ci/bench/quick.py, tiny model): parsing a head is a fifth of a request's cost.
"""

from __future__ import annotations

from typing import NamedTuple

_MOST_HEADS = 512
_LONGEST_HEAD_BYTES = 2048


class Head(NamedTuple):
    """What a request's first bytes say; `headers` is shared, nobody writes to it."""

    method: bytes
    target: bytes
    headers: dict[bytes, bytes]
    body_bytes: int


class KnownHeads:
    """Heads of complete small requests, by their exact bytes; forgets all when full."""

    __slots__ = ("_heads", "find")

    def __init__(self) -> None:
        self._heads: dict[bytes, Head] = {}
        self.find = self._heads.get

    def remember(self, text: bytes, head: Head) -> None:
        if len(text) > _LONGEST_HEAD_BYTES:
            return
        if len(self._heads) >= _MOST_HEADS:
            self._heads.clear()
        self._heads[text] = head
