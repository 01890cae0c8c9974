# SPDX-License-Identifier: Apache-2.0
"""A JSON Schema whose named parts stand where they are used."""

from typing import cast

from ci.tools.schema import Json, Schema


def inlined(schema: Schema) -> Schema:
    """Without `$defs`; what stands beside a `$ref` goes before what the part says."""
    parts = cast("dict[str, Schema]", schema.get("$defs", {}))
    whole = {key: value for key, value in schema.items() if key != "$defs"}
    return cast("Schema", _inlined(whole, parts))


def _inlined(value: Json, parts: dict[str, Schema]) -> Json:
    if isinstance(value, list):
        return [_inlined(item, parts) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(name := value.get("$ref"), str):
        own = {key: item for key, item in value.items() if key != "$ref"}
        value = parts[name.rpartition("/")[2]] | own
        return _inlined(value, parts)
    return {key: _inlined(item, parts) for key, item in value.items()}
