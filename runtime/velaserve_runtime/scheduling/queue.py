# SPDX-License-Identifier: Apache-2.0
"""The bounded queue of one model: first come, first served within a priority."""

from __future__ import annotations

import itertools
from collections import OrderedDict
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import QueueFull

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_runtime.scheduling.pending import Pending

YIELD_NS = 50_000_000
"""A request of priority p stands in the queue as if it had come (p - 1) * 50 ms later.

So priority 1 goes first, and no priority waits more than that behind a later request.
"""


class RequestQueue:
    """Pending requests in serving order; any of them can leave early in O(1)."""

    __slots__ = ("_levels", "_limit", "_size")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._levels: dict[int, OrderedDict[Pending, None]] = {1: OrderedDict()}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def append(self, pending: Pending) -> None:
        """Adds a request at the end of its priority.

        Raises:
            QueueFull: the queue holds max_queue_size requests.
        """
        if self._size >= self._limit:
            raise QueueFull(f"the queue is full ({self._limit} requests wait); try again later")
        level = self._levels.get(pending.priority)
        if level is None:
            level = self._levels[pending.priority] = OrderedDict()
        level[pending] = None
        self._size += 1

    def __iter__(self) -> Iterator[Pending]:
        return itertools.chain.from_iterable(self._levels.values())

    def first(self) -> Pending:
        """The request to serve next; the queue must not be empty."""
        if len(self._levels) == 1:
            return next(iter(self._levels[1]))
        heads = (next(iter(level)) for level in self._levels.values() if level)
        return min(heads, key=lambda head: head.enqueued_ns + (head.priority - 1) * YIELD_NS)

    def remove(self, pending: Pending) -> bool:
        """Whether the request was still waiting."""
        level = self._levels.get(pending.priority)
        if level is None or pending not in level:
            return False
        del level[pending]
        if not level and pending.priority != 1:
            del self._levels[pending.priority]
        self._size -= 1
        return True
