# SPDX-License-Identifier: Apache-2.0
"""Changes of parts of objects; each says whether there was something to change."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from support.faults.fault import Change, Object

Step: TypeAlias = str | int
Wanted: TypeAlias = "Callable[[Any], bool]"


def put(value: object, *path: Step) -> Change:
    """Sets what stands at the path, and makes the mappings on the way."""

    def change(data: Object, _: Random) -> bool:
        around = _around(data, path)
        if around is None or (path[-1] in around and around[path[-1]] == value):
            return False
        around[path[-1]] = copy.deepcopy(value)
        return True

    return change


def ensure(value: object, *path: Step) -> Change:
    """The same, where it is enough that it stands there."""
    return lambda data, random: put(value, *path)(data, random) or at(data, *path) == value


def add(item: object, *path: Step) -> Change:
    """Appends to the list at the path, which may be missing."""

    def change(data: Object, _: Random) -> bool:
        around = _around(data, path)
        if around is None or not isinstance(around.setdefault(path[-1], []), list):
            return False
        around[path[-1]].append(copy.deepcopy(item))
        return True

    return change


def again(*path: Step) -> Change:
    """Repeats the first item of the list at the path."""

    def change(data: Object, _: Random) -> bool:
        items = at(data, *path)
        if not isinstance(items, list) or not items:
            return False
        items.append(copy.deepcopy(items[0]))
        return True

    return change


def drop(*path: Step) -> Change:
    """Takes away what stands at the path."""

    def change(data: Object, _: Random) -> bool:
        around = at(data, *path[:-1])
        if not isinstance(around, dict) or path[-1] not in around:
            return False
        del around[path[-1]]
        return True

    return change


def within(*path: Step, then: Change) -> Change:
    """A change of the mapping at the path, if there is one."""

    def change(data: Object, random: Random) -> bool:
        inner = at(data, *path)
        return isinstance(inner, dict) and then(inner, random)

    return change


def alter(make: Callable[[Any], Any], *path: Step) -> Change:  # Any: JSON
    """Replaces what stands at the path by what is made of it."""

    def change(data: Object, _: Random) -> bool:
        around, found = at(data, *path[:-1]), at(data, *path)
        if found is None:
            return False
        around[path[-1]] = make(copy.deepcopy(found))
        return bool(around[path[-1]] != found)

    return change


def beside(other: Object) -> Change:
    """Puts the object and another one into a List."""

    def change(data: Object, _: Random) -> bool:
        items = [dict(data), copy.deepcopy(other)]
        data.clear()
        data.update(apiVersion="v1", kind="List", items=items)
        return True

    return change


def each(*changes: Change) -> Change:
    """All of them, or none counts."""
    return lambda data, random: all(change(data, random) for change in changes)


def either(*changes: Change) -> Change:
    """The first that applies."""
    return lambda data, random: any(change(data, random) for change in changes)


def where(wanted: Wanted, then: Change) -> Change:
    """The change, in objects that are as wanted only."""
    return lambda data, random: wanted(data) and then(data, random)


def has(*path: Step) -> Wanted:
    return lambda data: at(data, *path) is not None


def lacks(*path: Step) -> Wanted:
    return lambda data: at(data, *path) is None


def is_(value: object, *path: Step) -> Wanted:
    return lambda data: bool(at(data, *path) == value)


def both(*wanted: Wanted) -> Wanted:
    return lambda data: all(one(data) for one in wanted)


def at(data: Any, *path: Step) -> Any:  # Any: JSON
    """What stands at the path; None where nothing does."""
    for step in path:
        is_there = (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and -len(data) <= step < len(data)
        )
        if not is_there:
            return None
        data = data[step]
    return data


def _around(data: Any, path: tuple[Step, ...]) -> Any:  # Any: JSON
    for step in path[:-1]:
        data = data.setdefault(step, {}) if isinstance(data, dict) else at(data, step)
    return data if isinstance(data, dict) else None


def misspelt(word: str, random: Random) -> str:
    """With two letters swapped, or one twice; never a word that differs in capitals only."""
    letters = [i for i in range(len(word) - 1) if word[i].lower() != word[i + 1].lower()]
    if not letters:
        return word + word[-1:]
    i = random.choice(letters)
    return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
