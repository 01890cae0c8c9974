# SPDX-License-Identifier: Apache-2.0
"""The rows of the table: what each render has that those before it did not foretell."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from ci.tools.checklist.conditions import Conditions
from ci.tools.checklist.foretold import Written, foretell, written
from ci.tools.checklist.probes import Mapping, Probe, Setting
from ci.tools.checklist.sources import Part, Sources, Steps
from ci.tools.schema import Json
from velaserve_lint.place import pointer

Row = dict[str, Any]  # Any: it is written as JSON


class _Change(NamedTuple):
    """What is there, and what was foretold; None is nothing."""

    path: Steps
    value: Json
    foretold: Json


def rows(probes: list[Probe], rendered: list[Mapping]) -> list[Row]:
    """Of one component type; laid one over the other, they make what was rendered."""
    conditions = Conditions(probes)
    found: list[Row] = []
    for probe, objects in zip(probes, rendered, strict=True):
        component = written(probe)
        changes = list(_changes(foretell(found, component), objects))
        found += _rows(probe, changes, component, conditions)
        if left := list(_changes(foretell(found, component), objects)):
            raise ValueError(f"{probe.settings}: not foretold by its own rows: {left}")
    return found


def _changes(foretold: Json, there: Json, path: Steps = ()) -> Iterator[_Change]:
    if isinstance(foretold, dict) and isinstance(there, dict):
        for key in {**foretold, **there}:
            yield from _changes(foretold.get(key), there.get(key), (*path, key))
    elif foretold != there:
        yield _Change(path, there, foretold)


def _rows(
    probe: Probe, changes: list[_Change], component: Written, conditions: Conditions
) -> Iterator[Row]:
    """One for what is always so, one for each property whose value is found again."""
    sources = Sources(probe.conditions, component.defaults)
    drop = [pointer(one.path) for one in changes if one.value is None]
    parts: dict[Setting | None, list[Part]] = {None: []}
    for change in changes:
        if change.value is not None:
            for setting, part in _parts(change, sources):
                parts.setdefault(setting, []).append(part)
    for setting, added in parts.items():
        dropped = drop if setting is None else []
        if added or dropped:
            row: Row = {"when": conditions.of(probe, setting)}
            yield row | {key: each for key, each in (("drop", dropped), ("add", added)) if each}


def _parts(change: _Change, sources: Sources) -> Iterator[tuple[Setting | None, Part]]:
    path, value, foretold = change
    replaces = {} if foretold is None else {"replaces": True}
    if found := sources.find(path, value, foretold):
        setting, part = found
        yield setting, part | replaces
    elif isinstance(value, dict) and sources.is_within(value, path):
        for key, inner in value.items():
            yield from _parts(_Change((*path, key), inner, None), sources)
    else:
        yield None, {"to": pointer(path), "value": value} | replaces
