# SPDX-License-Identifier: Apache-2.0
"""Which property a rendered value is from."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ci.tools.checklist.probes import ANYTHING, Setting
from ci.tools.schema import Json
from velaserve_lint.checklist.contribution import as_text
from velaserve_lint.checklist.keyed import NAME, keyed
from velaserve_lint.checklist.written import steps_of
from velaserve_lint.place import pointer

Steps = tuple[str, ...]
Part = dict[str, Any]  # Any: it is written as JSON


class _Property(NamedTuple):
    setting: Setting
    path: Steps
    value: Json
    default: Json


class Sources:
    """The properties that a probe is about, with all that stands below them."""

    def __init__(self, settings: Sequence[Setting], defaults: Sequence[Json]) -> None:
        """`defaults` are what holds where they are not written."""
        self._properties = [
            _Property(one, path, value, default)
            for one, default in zip(settings, defaults, strict=True)
            if one.at
            for path, value in _below(steps_of(one.at), keyed(one.value))
        ]

    def find(self, path: Steps, value: Json, foretold: Json) -> tuple[Setting, Part] | None:
        """The property, and the part of a row that takes the value from there."""
        for one in self._properties:
            if (how := _how(one, value, foretold)) is not None and _fits(one.path, path):
                source = {"of": one.setting.of, "at": pointer(_starred(one.path))}
                return one.setting, {"to": pointer(_starred(path, one.path)), "from": source} | how
        return None

    def is_within(self, value: Json, path: Steps) -> bool:
        """Whether something in it is from a property."""
        if isinstance(value, dict):
            return any(self.is_within(inner, (*path, key)) for key, inner in value.items())
        return self.find(path, value, None) is not None


def _below(path: Steps, value: Json) -> Iterator[tuple[Steps, Json]]:
    """The outer ones first."""
    yield path, value
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield from _below((*path, key), inner)


def _how(one: _Property, value: Json, foretold: Json) -> Part | None:
    """As it is, as a text, or by how much it is moved."""
    if one.value == value and type(one.value) is type(value) and value not in ({}, []):
        return {}
    if (
        isinstance(value, list)
        and isinstance(one.value, list)
        and value[: len(one.value)] == one.value
    ):
        return {"then": value[len(one.value) :]}
    if isinstance(one.value, int | float) and as_text(one.value) == value:
        return {"asText": True}
    moved, default = _moved(value, foretold), one.default
    if isinstance(one.value, int) and isinstance(default, int) and moved == one.value - default:
        return {"less": default} if moved else None
    return None


def _moved(value: Json, foretold: Json) -> int | None:
    numbers = [str(each) for each in (value, foretold) if not isinstance(each, bool)]
    if len(numbers) == 2 and all(each.isdecimal() for each in numbers):
        return int(numbers[0]) - int(numbers[1])
    return None


def _fits(source: Steps, path: Steps) -> bool:
    """What stands below a key of the user's is found below that key only."""
    return not _keys(source) or bool(_keys(path))


def _keys(path: Steps) -> Steps:
    return tuple(step for step in path if step.removeprefix(NAME) == ANYTHING)


def _starred(path: Steps, source: Steps | None = None) -> Steps:
    """With `*` for the key of the user's."""
    keys = _keys(path) if source is None or _keys(source) else ()
    return tuple(step.replace(ANYTHING, "*") if step in keys else step for step in path)
