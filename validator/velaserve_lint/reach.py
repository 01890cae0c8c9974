# SPDX-License-Identifier: Apache-2.0
"""Places by a path with choices: spec.rules[].http.paths[].path is there once for each path."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypeAlias

from velaserve_lint.cursor import Cursor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.document import Json
    from velaserve_lint.place import Path

    Steps: TypeAlias = tuple[str, ...]


def reach(cursor: Cursor, path: str) -> Iterator[Cursor]:
    """What stands where the path leads to: `[]` is each item of a list, `*` each value of a map.

    Nothing for what is missing: tables of rules name hundreds of fields, and most objects have few.
    """
    for tail, value in _found(cursor.value, _steps(path)):
        yield Cursor(cursor.document, cursor.path + tail, value)


def places(cursor: Cursor, path: str) -> Iterator[Cursor]:
    """The same, with a cursor without a value for what is missing in what is there."""
    around, _, field = path.rpartition(".")
    for one in reach(cursor, around):
        yield one.at(field)


def _found(value: Json, steps: Steps) -> Iterator[tuple[Path, Json]]:
    for index, step in enumerate(steps):
        if step in ("[]", "*"):
            rest = steps[index + 1 :]
            for name, inner in _choices(value, step):
                for tail, found in _found(inner, rest):
                    yield (*steps[:index], name, *tail), found
            return
        value = value.get(step) if isinstance(value, dict) else None
        if value is None:
            return
    if value is not None:
        yield steps, value


def _choices(value: Json, step: str) -> Iterator[tuple[str | int, Json]]:
    if step == "[]" and isinstance(value, list):
        yield from enumerate(value)
    elif step == "*" and isinstance(value, dict):
        yield from value.items()


@functools.cache
def _steps(path: str) -> Steps:
    return tuple(step for step in path.replace("[]", ".[]").split(".") if step)
