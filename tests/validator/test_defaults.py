# SPDX-License-Identifier: Apache-2.0
"""Defaults are filled in as CUE would: in all depths, never over what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from velaserve_lint.defaults import filled

if TYPE_CHECKING:
    from velaserve_lint.document import Json

SCHEMA: dict[str, Json] = {
    "properties": {
        "count": {"type": "integer", "default": 1},
        "flag": {"type": "boolean", "default": False},
        "optional": {"properties": {"inner": {"default": "x"}}},
        "struct": {"default": {}, "properties": {"inner": {"default": "x"}}},
        "shared": {"$ref": "#/$defs/Shared"},
        "plain": {"type": "string"},
    },
    "$defs": {"Shared": {"properties": {"inner": {"default": 2}}}},
}


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ({}, {"count": 1, "flag": False, "struct": {"inner": "x"}}),
        (
            {"count": 5, "flag": True, "struct": {"inner": "y"}},
            {"count": 5, "flag": True, "struct": {"inner": "y"}},
        ),
        (
            {"optional": {}, "shared": {}, "plain": "a", "other": [1]},
            {
                "count": 1,
                "flag": False,
                "struct": {"inner": "x"},
                "optional": {"inner": "x"},
                "shared": {"inner": 2},
                "plain": "a",
                "other": [1],
            },
        ),
    ],
)
def test_defaults(written: dict[str, Json], wanted: dict[str, Json]) -> None:
    before = repr(written)

    assert filled(written, SCHEMA, SCHEMA) == wanted
    assert repr(written) == before
