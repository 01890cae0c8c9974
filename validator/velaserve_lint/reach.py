# SPDX-License-Identifier: Apache-2.0
"""Places by a path with choices: spec.rules[].http.paths[].path is there once for each path."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor


def reach(cursor: Cursor, path: str) -> Iterator[Cursor]:
    """Where the path leads to: `[]` is each item of a list, `*` each value of a mapping.

    A field that is missing is still given, as a cursor without a value; an empty list gives none.
    """
    yield from _along(cursor, _steps(path))


def _along(cursor: Cursor, steps: tuple[str, ...]) -> Iterator[Cursor]:
    for index, step in enumerate(steps):
        if step == "[]" or step == "*":
            for inner in cursor.items() if step == "[]" else (one for _, one in cursor.entries()):
                yield from _along(inner, steps[index + 1 :])
            return
        cursor = cursor.at(step)
    yield cursor


@functools.cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(step for step in path.replace("[]", ".[]").split(".") if step)
