# SPDX-License-Identifier: Apache-2.0
"""Lays a part of a document over a whole one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ci.tools.schema import Json


def at_path(path: str, value: Json) -> Json:
    """`value` at the dotted path, nothing beside it; `[]` after a name is a list of one."""
    for field in reversed(path.split(".")):
        value = {field.removesuffix("[]"): [value] if field.endswith("[]") else value}
    return value


def laid_over(base: Json, over: Json) -> Json:
    if isinstance(base, dict) and isinstance(over, dict):
        return base | {key: laid_over(base.get(key), value) for key, value in over.items()}
    if isinstance(base, list) and isinstance(over, list):
        return [laid_over(old, new) for old, new in zip(base, over, strict=True)]
    return over
