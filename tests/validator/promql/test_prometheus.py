# SPDX-License-Identifier: Apache-2.0
"""Beside Prometheus itself: its table of functions, and the queries of its own tests."""

from __future__ import annotations

import ast
import os
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from ci.tools.errors import NotReady
from ci.tools.gomod import module_dir
from ci.tools.promql import PROMETHEUS, TARGET, functions_text
from velaserve_lint.promql import problems

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CASE = re.compile(r'\n\t\{\n\t\tinput: +(`[^`]*`|"(?:[^"\\]|\\.)*"),\n(.*?)\n\t\},', re.DOTALL)
LEAST_REFUSED = 0.7  # of what Prometheus refuses; the rest are rarities


@cache
def folder() -> Path:
    try:
        return module_dir(PROMETHEUS.path, offline=os.environ.get("VELASERVE_REQUIRE_ALL") != "1")
    except NotReady as err:
        pytest.skip(str(err))


def cases(*, valid: bool) -> Iterator[str]:
    source = (folder() / "promql" / "parser" / "parse_test.go").read_text(encoding="utf-8")
    table = source[source.index("var testExpr") : source.index("func TestParseExpressions")]
    for query, body in _CASE.findall(table):
        if bool(re.search(r"fail: +true", body)) is not valid:
            yield query[1:-1] if query.startswith("`") else ast.literal_eval(query)


def refused(query: str) -> bool:
    """That a range is no result, only we say: Prometheus shows it in its console."""
    return any(one.family != "counter" and one.message != "result" for one in problems(query))


def test_the_table_of_functions_is_prometheus_own() -> None:
    assert TARGET.read_text(encoding="utf-8") == functions_text(folder())


def test_what_prometheus_takes_is_not_refused() -> None:
    queries = list(cases(valid=True))

    assert len(queries) > 100
    assert [query for query in queries if refused(query)] == []


def test_most_of_what_prometheus_refuses_is_refused() -> None:
    queries = list(cases(valid=False))

    assert sum(map(refused, queries)) > LEAST_REFUSED * len(queries) > 75
