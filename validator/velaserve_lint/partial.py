# SPDX-License-Identifier: Apache-2.0
"""The schema of what an override says: any part of what the type takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_lint.definitions import Schema
    from velaserve_lint.document import Json

# What they ask for depends on what else there is, which an override need not repeat.
_OF_THE_WHOLE = frozenset({"if", "then", "else", "not", "required"})
_OF_MEMBERS = frozenset({"properties", "patternProperties", "$defs"})


def partial(schema: Schema) -> Schema:
    """Without all that is about the whole, in all depths."""
    return {key: _inner(key, value) for key, value in schema.items() if key not in _OF_THE_WHOLE}


def _inner(key: str, value: Json) -> Json:
    if isinstance(value, dict):
        if key in _OF_MEMBERS:
            return {name: _inner("", inner) for name, inner in value.items()}
        return dict(partial(value))
    if isinstance(value, list):
        return [_inner("", item) for item in value]
    return value
