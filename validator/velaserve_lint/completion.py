# SPDX-License-Identifier: Apache-2.0
"""Properties as they are when override policies and the inputs of a workflow have been put in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from velaserve_lint.overrides import patches_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from velaserve_lint.application import Application, Component, Typed
    from velaserve_lint.document import Json
    from velaserve_lint.place import Path

# As CUE writes a path: a name, an index, or a name in quotes.
_STEP = re.compile(r'\[(\d+)\]|\["([^"]*)"\]|([^.\[\]]+)')


def completed(application: Application) -> Mapping[Path, Json]:
    """The properties to which something is added, by the path of what has them.

    What an input gives is not known before the workflow runs: it stands there as null.
    """
    result: dict[Path, Json] = {}
    for typed, addition in _additions(application):
        result[typed.path] = merged(result.get(typed.path, typed.properties), addition)
    return result


def merged(base: Json, addition: Json) -> Json:
    """Mappings key by key; anything else is replaced."""
    if not isinstance(base, dict) or not isinstance(addition, dict):
        return addition
    return {**base, **{key: merged(base.get(key), value) for key, value in addition.items()}}


def path_of(key: str) -> Path:
    """The path that a parameterKey means."""
    found = _STEP.finditer(key)
    return tuple(int(step[1]) if step[1] else step[2] or step[3] for step in found)


def _additions(application: Application) -> Iterator[tuple[Typed, Json]]:
    for patch, components in patches_of(application):
        for component in components:
            yield from _of_patch(component, patch)
    keys = [one.key for step in application.all_steps for one in step.links.inputs if one.key]
    for component in application.components:
        for key in [*keys, *(one.key for one in component.links.inputs if one.key)]:
            yield from _of_key(component, path_of(key))
    for step in application.all_steps:
        for one in step.links.inputs:
            yield step, _nested(path_of(one.key))


def _of_patch(component: Component, patch: Component) -> Iterator[tuple[Typed, Json]]:
    if patch.properties:
        yield component, dict(patch.properties)
    for trait in component.traits:
        yield from ((trait, dict(one.properties)) for one in patch.traits if one.type == trait.type)


def _of_key(component: Component, path: Path) -> Iterator[tuple[Typed, Json]]:
    """Any step's input may be meant for a component: KubeVela's webhook takes it so (#7022)."""
    match path:
        case ("properties", *rest):
            yield component, _nested(rest)
        case ("traits", int(index), "properties", *rest):
            yield from ((trait, _nested(rest)) for trait in component.traits[index : index + 1])
        case _:
            yield component, _nested(path)


def _nested(path: Sequence[str | int]) -> Json:
    """Null at the path; a list's item stands for the whole list."""
    if not path or isinstance(path[0], int):
        return None
    return {path[0]: _nested(path[1:])}
