# SPDX-License-Identifier: Apache-2.0
"""docs/reference is made from what there is, says all of it, and its links lead somewhere."""

import re
from pathlib import Path

import pytest

from ci.tools.reference import PAGES, files
from ci.tools.reference_tables import Row, Table, anchor, tables
from ci.tools.schema import definitions
from support.schema_fields import fields, schema

MADE = files()
SMALL = {
    "properties": {
        "chip": {"$ref": "#/$defs/Chip", "description": "Which"},
        "count": {
            "type": "integer",
            "minimum": 1,
            "maximum": 8,
            "default": 1,
            "description": "How many",
        },
        "parts": {
            "type": "array",
            "items": {"$ref": "#/$defs/Part"},
            "description": "What it has",
        },
        "wish": {
            "type": "object",
            "properties": {"part": {"$ref": "#/$defs/Part", "description": "Which"}},
            "required": ["part"],
            "description": "What it wants",
        },
    },
    "$defs": {
        "Chip": {"enum": ["a", "b"]},
        "Part": {"properties": {"size": {"type": "string", "description": "How big"}}},
    },
}

with_each_page = pytest.mark.parametrize("page", MADE, ids=lambda page: page.stem)


@with_each_page
def test_page_is_made_from_what_there_is(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == MADE[page], "stale: run make generate"


def test_no_page_is_left_of_what_there_was() -> None:
    assert set(PAGES.iterdir()) == set(MADE)


@pytest.mark.parametrize("definition", definitions(), ids=lambda path: path.stem)
def test_page_has_every_parameter_with_its_usage(definition: Path) -> None:
    rules, page = schema(definition.stem), MADE[PAGES / f"{definition.stem}.md"]
    told = set(re.findall(r"^\| `(?:.*\.)?(\w+)` \|", page, re.MULTILINE))
    assert {path[-1] for path, _ in fields(rules)} <= told


@with_each_page
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", MADE[page]):
        name, _, heading = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
        assert not heading or heading in map(anchor, headings), link


def test_tables_of_a_schema() -> None:
    part = "](#parts)"
    assert tables(SMALL) == [
        Table(
            [""],
            [
                Row("chip", "`a`, `b`", "", "Which"),
                Row("count", "integer, 1 to 8", "`1`", "How many"),
                Row("parts", f"list of [objects{part}", "", "What it has"),
                Row("wish", "object", "", "What it wants"),
                Row("wish.part", f"[object{part}", "required", "Which"),
            ],
        ),
        Table(["parts[]", "wish.part"], [Row("size", "string", "", "How big")]),
    ]
