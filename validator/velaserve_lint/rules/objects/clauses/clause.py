# SPDX-License-Identifier: Apache-2.0
"""Fields that are refused, or needed, because of what stands beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.targets import Version
    from velaserve_lint.text import Text

    Condition: TypeAlias = Callable[[Cursor], bool]


def always(_: Cursor) -> bool:
    return True


class Clause(NamedTuple):
    """Speaks of `field`, below `around`, where `when` says so of what stands at `around`.

    `until`: from that Kubernetes on it no longer holds.
    """

    around: str
    field: str
    because: Text
    when: Condition = always
    until: Version | None = None


def has(field: str) -> Condition:
    return lambda around: is_set(around.at(*field.split(".")))


def has_no(field: str) -> Condition:
    return lambda around: not is_set(around.at(*field.split(".")))


def is_one(field: str, *words: str) -> Condition:
    """One of the words; give "" for what the field is by default."""
    return lambda around: around.at(*field.split(".")).text in words


def is_none(field: str, *words: str) -> Condition:
    return lambda around: around.at(*field.split(".")).text not in words


def both(first: Condition, second: Condition) -> Condition:
    return lambda around: first(around) and second(around)


def is_set(cursor: Cursor) -> bool:
    """An empty text or list and the number 0 are as if nothing were written."""
    return cursor.value is False or cursor.value not in (None, "", [], 0)
