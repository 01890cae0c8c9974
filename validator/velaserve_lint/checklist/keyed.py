# SPDX-License-Identifier: Apache-2.0
"""Lists of named things as mappings, so that parts of them can be laid over each other by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_lint.document import Json

NAME = "name="


def keyed(value: Json) -> Json:
    """The value with `[{name: a, x: 1}]` as `{name=a: {x: 1}}`, in all depths."""
    if isinstance(value, dict):
        return {key: keyed(inner) for key, inner in value.items()}
    if not isinstance(value, list):
        return value
    named = {name: one for one in value if isinstance(one, dict) and (name := _name(one))}
    if not named or len(named) < len(value):
        return [keyed(one) for one in value]
    return {f"{NAME}{name}": _without_name(one) for name, one in named.items()}


def is_keyed(value: dict[str, Json]) -> bool:
    """Whether it stands for a list."""
    return bool(value) and all(key.startswith(NAME) for key in value)


def _name(item: dict[str, Json]) -> str:
    name = item.get("name")
    return name if isinstance(name, str) else ""


def _without_name(item: dict[str, Json]) -> Json:
    return {key: keyed(inner) for key, inner in item.items() if key != "name"}
