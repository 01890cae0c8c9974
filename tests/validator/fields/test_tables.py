# SPDX-License-Identifier: Apache-2.0
"""The tables: whole, small, and made from what is pinned."""

from __future__ import annotations

import os
import re
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest

from ci.tools.errors import NotReady
from ci.tools.fields.__main__ import made
from ci.tools.fields.sources import KUBERNETES, pinned
from velaserve_lint.fields import known_kinds
from velaserve_lint.fields.apis import kinds
from velaserve_lint.fields.scalars import SCALARS
from velaserve_lint.fields.table import load, table
from velaserve_lint.rules import schema_rules
from velaserve_lint.targets import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.fields.table import Expression, Table

DATA = [
    file for file in resources.files("velaserve_lint.fields").iterdir() if file.name[-5:] == ".json"
]
TABLES = sorted(file.name[:-5] for file in DATA if file.name != "apis.json")
EACH = pytest.mark.parametrize("name", TABLES)


def parts(expression: Expression) -> Iterator[Any]:  # Any: a scalar, a struct or limits
    """The expression and all that stand in it."""
    yield expression
    if isinstance(expression, list):
        yield from parts(expression[0])
    elif isinstance(expression, dict):
        yield from parts(expression.get("*") or expression["type"])


def of(found: Table) -> Iterator[Any]:  # Any: as above
    for struct in found.structs.values():
        for expression in struct.fields.values():
            yield from parts(expression)


@EACH
def test_every_expression_can_be_walked(name: str) -> None:
    found = table(name)

    for part in of(found):
        assert not isinstance(part, str) or part in {"any", *SCALARS, *found.structs}
        assert not isinstance(part, list) or len(part) == 1


@EACH
def test_every_limit_has_a_rule_and_every_pattern_is_one(name: str) -> None:
    limits = [part for part in of(table(name)) if isinstance(part, dict) and "*" not in part]

    for limit in limits:
        assert limit.keys() - {"type"} <= schema_rules("3").keys()
        assert schema_rules("3").keys() == schema_rules("4").keys()
        re.compile(limit.get("pattern", ""))


@EACH
def test_what_is_required_can_be_written(name: str) -> None:
    for struct in table(name).structs.values():
        assert set(struct.required) <= struct.fields.keys()


@EACH
def test_every_struct_belongs_to_a_kind(name: str) -> None:
    found = table(name)
    todo = [reference for names in found.kinds.values() for reference in names.values()]
    reached: set[str] = set()
    while todo:
        reached.add(reference := todo.pop())
        fields = found.structs[reference].fields.values()
        inner = {part for one in fields for part in parts(one) if isinstance(part, str)}
        todo += [part for part in inner if part in found.structs and part not in reached]

    assert reached == found.structs.keys()


def test_every_kind_is_in_the_table_that_is_named() -> None:
    for api_version, kind in known_kinds():
        name = kinds()[api_version][kind]
        assert name
        found = table(name)
        struct = found.structs[found.kinds[api_version][kind]]
        assert {"apiVersion", "kind", "metadata"} <= struct.fields.keys()


def test_all_of_it_is_small() -> None:
    assert sum(len(file.read_text("utf-8").encode()) for file in DATA) < 400_000


def test_each_says_what_it_is_made_from() -> None:
    for name in [*TABLES, "apis"]:
        for source, version in load(name)["sources"].items():
            assert version == f"v{pinned(source).version}"


def test_the_release_that_is_meant_is_the_one_of_the_tables() -> None:
    numbers = KUBERNETES.version.split(".")

    assert DEFAULT.kubernetes == tuple(map(int, numbers[:2]))


def test_they_are_those_of_the_pinned_modules() -> None:
    try:
        files = dict(made(offline=os.environ.get("VELASERVE_REQUIRE_ALL") != "1"))
    except NotReady as err:
        pytest.skip(str(err))

    assert sorted(file.name for file in files) == sorted(file.name for file in DATA)
    for file, text in files.items():
        assert file.read_text(encoding="utf-8") == text, f"{file.name} is stale: make generate"
