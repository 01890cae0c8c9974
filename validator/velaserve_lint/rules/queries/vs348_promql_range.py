# SPDX-License-Identifier: Apache-2.0
"""VS348: a range that is missing, or one too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import QueryRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.example_neighbours import ALERT
from velaserve_lint.rules.queries.words import arguments
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.queries import Query


class PromqlRange(QueryRule):
    """rate() looks at a time, sum() at a moment."""

    id = "VS348"
    slug = "promql-range"
    since = "0.1.0"
    source = "Prometheus v3.4.2 promql/parser/functions.go"
    title = Text("a query's range is missing or one too many", "查询缺少范围或范围多余")
    why = Text("Prometheus refuses the query.", "Prometheus 会拒绝该查询。")
    fix = Text(
        "Write [5m] where a time is looked at, and nowhere else.", "只在需要考察一段时间时写 [5m]。"
    )
    messages = sentences(
        needed=Text("{found} needs a range: {expected}[5m]", "{found} 需要范围：{expected}[5m]"),
        needed_around=Text(
            "{found} needs a range, and an expression has none; take {found} of each metric first",
            "{found} 需要范围，而表达式没有；请先对每个指标取 {found}",
        ),
        refused=Text("{found} takes no range", "{found} 不接受范围"),
        operator=Text("'{found}' takes no range", "'{found}' 不接受范围"),
        twice=Text("a range has a range of its own", "范围之上又有范围"),
        result=Text(
            "a range is no result; one number is wanted", "范围不能作为结果；需要的是一个数值"
        ),
    )
    bad = but(ALERT, '{code=~"5.."}[5m])', '{code=~"5.."})')
    good = ALERT

    @classmethod
    def check(cls, query: Query) -> Iterator[Finding]:
        for one in query.problems("range"):
            yield cls.finding(query.at.place, one.message, **arguments(one))
