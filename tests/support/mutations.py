# SPDX-License-Identifier: Apache-2.0
"""Every small mistake that can be made in an object, one at a time."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.place import Path

Object = dict[str, Any]  # Any: JSON of any shape

VALUES: list[Any] = ["text", "", 7, -1, True, [], {}, ["text"], {"key": "text"}]


def mutations(data: Object) -> Iterator[tuple[str, Object]]:
    """The object with a key renamed or left out, or a value replaced, and what was done.

    What says which object it is stays.
    """
    for key in data.keys() - {"apiVersion", "kind", "metadata"}:
        for path, value in [((key,), data[key]), *_values(data[key], (key,))]:
            where = "/".join(map(str, path))
            if isinstance(path[-1], str):
                yield f"rename {where}", _changed(data, path, {f"{path[-1]}X": value})
                yield f"remove {where}", _changed(data, path, {})
            for other in VALUES:
                yield f"{where} = {other!r}", _changed(data, path, {path[-1]: other})


def _values(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:  # Any: JSON
    inner: Any = value.items() if isinstance(value, dict) else ()  # Any: keys or indices
    for key, one in enumerate(value) if isinstance(value, list) else inner:
        yield (*path, key), one
        yield from _values(one, (*path, key))


def _changed(data: Object, path: Path, instead: dict[Any, Any]) -> Object:  # Any: as above
    changed = copy.deepcopy(data)
    around: Any = changed  # Any: a mapping or a list
    for step in path[:-1]:
        around = around[step]
    del around[path[-1]]
    for key, value in instead.items():
        around.insert(key, value) if isinstance(around, list) else around.update({key: value})
    return changed
