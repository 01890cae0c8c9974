# SPDX-License-Identifier: Apache-2.0
"""Values that nobody expects, put in the place of others."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from velaserve_lint.place import Path

# As YAML: some of them no JSON could say.
VALUES = (
    *("null", "~", "true", "0", "-1", "1.5", "1e400", ".inf", ".nan", "0x1F", "1_000"),
    *("99999999999999999999999", "-9223372036854775809", "2019-01-01", "!!binary aGk=", "text"),
    *('""', '" "', '"中文"', '"a\\nb"', '"\\0"', '"\\\\"', '"["', '"("', '"a,b=c:d/e"'),
    *('"{{ x }}"', '"{{"', '"${X}"', '"$(A)"', '"%s{}"', '"<a>"', '"*"', '"-"', '"/"'),
    *("[]", "{}", "[null]", "[[]]", "[{}]", "[text]", "{a: null}", '{"": ""}', "{name: x}"),
    *("[{name: x}, {name: x}]", '[1, {a: b}, null, "x"]', "{a: [b], c: {d: e}}", '["", ""]'),
    "[" * 20 + "]" * 20,
)
_MARK = "@@odd@@"


def paths(data: Any, path: Path = ()) -> Iterator[Path]:  # Any: JSON
    """Of everything in the data."""
    inner: Any = data.items() if isinstance(data, dict) else ()  # Any: keys or indices
    for step, value in enumerate(data) if isinstance(data, list) else inner:
        yield (*path, step)
        yield from paths(value, (*path, step))


def shape(path: Path) -> Path:
    """The same for all items of a list."""
    return tuple("[]" if isinstance(step, int) else step for step in path)


def with_value(documents: Sequence[Any], at: int, path: Path, value: str) -> str:  # Any: JSON
    """The documents as text, with a value as YAML in the place of another."""
    changed = copy.deepcopy(documents[at])
    around = changed
    for step in path[:-1]:
        around = around[step]
    around[path[-1]] = _MARK
    texts = map(json.dumps, (*documents[:at], changed, *documents[at + 1 :]))
    return "\n---\n".join(texts).replace(f'"{_MARK}"', value)
