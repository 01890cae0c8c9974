# SPDX-License-Identifier: Apache-2.0
"""Puts objects together, layer by layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.derived import Derived, Origin
from velaserve_lint.checklist.keyed import NAME, is_keyed, keyed
from velaserve_lint.cursor import Cursor
from velaserve_lint.document import Document

if TYPE_CHECKING:
    from velaserve_lint.document import Json
    from velaserve_lint.place import Path

Steps = tuple[str, ...]


class Sketch:
    """Data in the making; the items of lists are told apart by their name: `name=x` is a step."""

    def __init__(self, origin: Origin, value: Json = None) -> None:
        """What is found nowhere else is from `origin`, as is the first layer."""
        whole = keyed(value)
        self._tree: dict[str, Json] = whole if isinstance(whole, dict) else {}
        self._origins: dict[Steps, Origin] = {(): origin}

    def value(self, *steps: str) -> Json:
        """What stands there."""
        value: Json = self._tree
        for step in steps:
            value = value.get(step) if isinstance(value, dict) else None
        return value

    def keys(self) -> list[str]:
        """What stands at its root."""
        return list(self._tree)

    def lay(self, path: Steps, value: Json, origin: Origin, *, under: bool = False) -> None:
        """Puts a value into what there is; `under` it, where that says something itself."""
        holder = self._tree
        for step in path[:-1]:
            below = holder.get(step)
            if not isinstance(below, dict):
                below = holder[step] = {}
            holder = below
        self._merge(holder, path, keyed(value), origin, under=under)

    def drop(self, path: Steps) -> None:
        """Takes away what stands there."""
        holder = self.value(*path[:-1])
        if isinstance(holder, dict):
            holder.pop(path[-1], None)

    def cursor(self, file: str) -> Cursor:
        """All of it, for whoever reads documents."""
        origins: dict[Path, Origin] = {}
        data = self._natural(self._tree, (), (), origins)
        return Cursor(Document(file, data, Derived(file, origins)), (), data)

    def _merge(
        self, holder: dict[str, Json], path: Steps, value: Json, origin: Origin, *, under: bool
    ) -> None:
        there = holder.get(path[-1])
        if isinstance(there, dict) and isinstance(value, dict):
            for key, inner in value.items():
                self._merge(there, (*path, key), inner, origin.at(key), under=under)
        elif there is None or not under:
            holder[path[-1]] = _copied(value)
            self._origins[path] = origin

    def _natural(self, value: Json, steps: Steps, path: Path, origins: dict[Path, Origin]) -> Json:
        """Lists as lists again; fills in where each part is from."""
        if steps in self._origins:
            origins[path] = self._origins[steps]
        if not isinstance(value, dict):
            return value
        if not is_keyed(value):
            return {
                key: self._natural(inner, (*steps, key), (*path, key), origins)
                for key, inner in value.items()
            }
        items: list[Json] = []
        for index, (key, inner) in enumerate(value.items()):
            item = self._natural(inner, (*steps, key), (*path, index), origins)
            rest = item if isinstance(item, dict) else {}
            items.append({"name": key.removeprefix(NAME), **rest})
        return items


def _copied(value: Json) -> Json:
    """Mappings are laid into later on."""
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return value
