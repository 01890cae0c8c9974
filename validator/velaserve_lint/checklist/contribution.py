# SPDX-License-Identifier: Apache-2.0
"""One row of the table of contributions, laid into a sketch.

`drop` are paths; each of `add` has a path, `to`, and what is put there: a `value`, or what stands
at a property, `from`: as a text where `asText`, followed by `then` where it is a list, or as the
number by which it is above `less`. A `*` in both stands for each key of a mapping, or each name of
a list. What `replaces` something is put only where something is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from velaserve_lint.checklist.derived import Origin
from velaserve_lint.checklist.keyed import NAME
from velaserve_lint.checklist.written import steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.checklist.sketch import Sketch, Steps
    from velaserve_lint.checklist.written import Written
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.document import Json

Row: TypeAlias = "Mapping[str, Any]"  # Any: our own package data
COMPONENT = "{name}"


def contribute(row: Row, sketch: Sketch, written: Written, name: str) -> None:
    for pointer in row.get("drop", ()):
        sketch.drop(_path(pointer, name))
    for part in row.get("add", ()):
        for path, value, origin in _values(part, sketch, written, row, name):
            is_welcome = not part.get("replaces") or sketch.value(*path) is not None
            if value is not None and is_welcome:
                sketch.lay(path, value, origin)


def _values(
    part: Row, sketch: Sketch, written: Written, row: Row, name: str
) -> Iterator[tuple[Steps, Json, Origin]]:
    to = _path(part["to"], name)
    if "from" not in part:
        yield to, _of_component(part["value"], name), Origin(written.cause(row["when"]))
        return
    for key, cursor in _found(written, part["from"]["of"], part["from"]["at"]):
        path = tuple(step.replace("*", key) if key else step for step in to)
        value = _made_of(cursor.value, part, sketch.value(*path), name)
        yield path, value, _origin(cursor, value, written, part["from"]["of"])


def _origin(cursor: Cursor, value: Json, written: Written, of: str) -> Origin:
    if written.has(cursor):
        return Origin(cursor, is_copy=value is cursor.value)
    return Origin(written.type_of(of))


def _made_of(value: Json, part: Row, current: Json, name: str) -> Json:
    if "less" in part:
        return _moved(current, value, part["less"])
    if "then" in part and isinstance(value, list):
        return [*value, *(_of_component(one, name) for one in part["then"])]
    return as_text(value) if part.get("asText") else value


def _found(written: Written, of: str, pointer: str) -> Iterator[tuple[str, Cursor]]:
    """The property; where `*` stands in the pointer, every one with its key or name."""
    above, star, below = pointer.partition("*")
    if not star:
        yield "", written.at(of, pointer)
        return
    is_list = above.endswith(NAME)
    holder = written.at(of, above.removesuffix(NAME).removesuffix("/"))
    entries = (
        ((one.at("name").text, one) for one in holder.items()) if is_list else holder.entries()
    )
    for key, cursor in entries:
        if key:
            yield key, cursor.at(*steps_of(below))


def _moved(current: Json, value: Json, less: float) -> Json:
    """A number, or a text of one, moved by what the property is above `less`."""
    if not isinstance(value, int | float) or not isinstance(current, str | int | float):
        return current
    try:
        moved = int(float(current) + value - less)
    except (ValueError, OverflowError):  # somebody else says that it is no number
        return current
    return str(moved) if isinstance(current, str) else moved


def as_text(value: Json) -> Json:
    """As CUE writes it into a text."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, int | float) else value


def _path(pointer: str, name: str) -> Steps:
    return tuple(step.replace(COMPONENT, name) for step in steps_of(pointer))


def _of_component(value: Json, name: str) -> Json:
    if isinstance(value, str):
        return value.replace(COMPONENT, name)
    if isinstance(value, list):
        return [_of_component(one, name) for one in value]
    if isinstance(value, dict):
        return {
            key.replace(COMPONENT, name): _of_component(one, name) for key, one in value.items()
        }
    return value
