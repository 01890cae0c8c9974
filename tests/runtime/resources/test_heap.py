# SPDX-License-Identifier: Apache-2.0
"""What is loaded is set aside from the garbage collector, and garbage still goes."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest

from velaserve_runtime.resources.heap import settle_heap

if TYPE_CHECKING:
    from collections.abc import Iterator


class Knot:
    """Refers to itself, so that only the collector can free it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def mended() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_a_full_collection_does_not_look_at_what_was_there() -> None:
    knot = Knot()
    settle_heap()
    assert all(each is not knot for each in gc.get_objects())
    assert gc.get_freeze_count() > 0


def test_what_has_become_garbage_since_is_freed_the_next_time() -> None:
    knot: Knot | None = Knot()
    seen = weakref.ref(knot)
    settle_heap()
    del knot
    gc.collect()
    assert seen() is not None
    settle_heap()
    assert seen() is None
