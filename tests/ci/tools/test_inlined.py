# SPDX-License-Identifier: Apache-2.0
"""Named parts of a schema stand where they are used, also in each other."""

from ci.tools.inlined import inlined
from ci.tools.schema import Schema

SCHEMA: Schema = {
    "properties": {
        "one": {"$ref": "#/$defs/Outer", "description": "mine"},
        "two": {"items": {"$ref": "#/$defs/Inner"}},
    },
    "$defs": {
        "Outer": {"description": "its", "properties": {"deep": {"$ref": "#/$defs/Inner"}}},
        "Inner": {"type": "string"},
    },
}


def test_parts_are_in_their_places() -> None:
    assert inlined(SCHEMA) == {
        "properties": {
            "one": {"description": "mine", "properties": {"deep": {"type": "string"}}},
            "two": {"items": {"type": "string"}},
        }
    }
