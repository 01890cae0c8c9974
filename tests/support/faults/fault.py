# SPDX-License-Identifier: Apache-2.0
"""A mistake that can be made in a manifest, and the rules of which one has to find it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

Object: TypeAlias = dict[str, Any]  # Any: JSON of any shape
Change: TypeAlias = "Callable[[Object, Random], bool]"


class Fault(NamedTuple):
    """`change` makes the mistake in an object of the `kinds`, or says that it cannot be made there.

    No kinds: any but Applications. `turns`: how often it may be made in one object, each time
    elsewhere; `most`: how often in all. `errors`: how many it may cause, where that is limited.
    """

    name: str
    ids: tuple[str, ...]
    change: Change
    kinds: frozenset[str] = frozenset()
    turns: int = 1
    most: int = 30
    errors: int | None = None


def kinds(*names: str) -> frozenset[str]:
    return frozenset(names)
