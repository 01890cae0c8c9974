# SPDX-License-Identifier: Apache-2.0
"""Where something is: the span in the text and the path in the data."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

Path: TypeAlias = tuple[str | int, ...]


class Span(NamedTuple):
    """From the first character to just after the last; 1-based, columns in code points."""

    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """A span of a file, and the path of what stands there."""

    file: str
    span: Span
    path: Path = ()


def pointer(path: Path) -> str:
    """The path as a JSON pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def dotted(path: Path) -> str:
    """The path as people write it: spec.components[0].type."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")
