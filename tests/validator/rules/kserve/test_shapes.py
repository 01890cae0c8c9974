# SPDX-License-Identifier: Apache-2.0
"""Whatever stands where something else belongs: a finding or nothing, never a traceback."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from support.lint_findings import found
from velaserve_lint.rules.kserve import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

Data = Any  # YAML of whatever shape
ANYTHING: list[Data] = [None, -1, True, "", "x", [], [1], {"a": 1}]
TEXTS = {
    "keda": examples.WITH_KEDA,
    "canary": examples.with_canary("minReplicas: 1", examples.WITH_TRANSFORMER, 10),
    "several-nodes": examples.MULTI_NODE,
    "own": examples.CUSTOM,
    "runtime": examples.RUNTIME,
    "graph": examples.GRAPH,
    "model": examples.TRAINED_MODEL,
}
Path = tuple[str | int, ...]


def paths(data: Data, path: Path = ()) -> Iterator[Path]:
    entries = data.items() if isinstance(data, dict) else ()
    for step, value in enumerate(data) if isinstance(data, list) else entries:
        yield (*path, step)
        yield from paths(value, (*path, step))


def replaced(data: Data, path: Path, value: Data) -> str:
    changed = copy.deepcopy(data)
    parent = changed
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = value
    return yaml.safe_dump(changed)


@pytest.mark.parametrize("name", TEXTS)
def test_anything_anywhere(name: str) -> None:
    data = yaml.safe_load(TEXTS[name])
    for index, path in enumerate(paths(data)):
        for value in ANYTHING[index % 4 :: 4]:
            found(replaced(data, path, value), TEXTS[name])
