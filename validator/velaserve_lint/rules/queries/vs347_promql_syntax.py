# SPDX-License-Identifier: Apache-2.0
"""VS347: a query that Prometheus cannot read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import QueryRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.example_neighbours import ALERT
from velaserve_lint.rules.queries.words import SYNTAX, arguments
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.queries import Query


class PromqlSyntax(QueryRule):
    """Brackets, quotes, functions and what they take."""

    id = "VS347"
    slug = "promql-syntax"
    since = "0.1.0"
    source = "Prometheus v3.4.2 promql/parser"
    title = Text("a query that cannot be read", "无法解析的查询")
    why = Text(
        "Alerts are not loaded, an autoscaler gets no number, a release is taken back.",
        "告警不会加载，自动伸缩得不到数值，发布会被撤回。",
    )
    fix = Text("Try the query in Prometheus first.", "请先在 Prometheus 中试运行该查询。")
    messages = SYNTAX
    bad = but(ALERT, "[5m])) > 1", "[5m]) > 1")
    good = ALERT

    @classmethod
    def check(cls, query: Query) -> Iterator[Finding]:
        for one in query.problems("syntax"):
            yield cls.finding(query.at.place, one.message, **arguments(one))
