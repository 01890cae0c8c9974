# SPDX-License-Identifier: Apache-2.0
"""Values and their types, in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from velaserve_lint.text import Text, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_lint.document import Json

_EXPECTED = {
    "string": Text("a text", "文本"),
    "integer": Text("a whole number", "整数"),
    "number": Text("a number", "数字"),
    "boolean": Text("true or false", "true 或 false"),
    "object": Text("a mapping", "映射"),
    "array": Text("a list", "列表"),
    "null": Text("nothing", "空值"),
}
_FOUND: dict[type, Text] = {
    str: Text("the text", "文本"),
    int: Text("the number", "数字"),
    float: Text("the number", "数字"),
    bool: Text("the boolean", "布尔值"),
    dict: Text("a mapping", "映射"),
    list: Text("a list", "列表"),
    type(None): Text("nothing", "空值"),
}


def types(names: Sequence[str]) -> Text:
    """Names of JSON Schema's types, as alternatives; `null` is only said where nothing else is."""
    words = [_EXPECTED[name] for name in names if name != "null"] or [_EXPECTED["null"]]
    return Text(" or ".join(word.en for word in words), "或".join(word.zh for word in words))


def kind_of(value: Json) -> Text:
    """What kind of value it is."""
    return _FOUND[type(value)]


def shown(value: Json) -> str:
    """The value itself, as YAML would be read; nothing for a mapping or a list."""
    if isinstance(value, str):
        return f"'{shortened(value)}'"
    scalar = isinstance(value, bool | int | float)
    return json.dumps(value) if scalar else ""


def plain(value: Json) -> str:
    """The value as in YAML, where a text needs no quotes."""
    return value if isinstance(value, str) else shown(value)


def listed(values: Sequence[Json]) -> Text:
    """The values as alternatives."""
    words = [plain(value) for value in values]
    return Text(" or ".join(words), " 或 ".join(words))
