# SPDX-License-Identifier: Apache-2.0
"""VS349: a counter that is taken as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import QueryRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.example_neighbours import ALERT
from velaserve_lint.text import Text, sentences, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.queries import Query


class RawCounter(QueryRule):
    """By our own table of metrics, of others by the ending of the name."""

    id = "VS349"
    slug = "raw-counter"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Prometheus' documentation, concepts/metric_types and practices/naming"
    title = Text("a counter without rate or increase", "直接使用计数器而未用 rate 或 increase")
    why = Text(
        "It only grows and begins anew when a pod restarts: what is above a limit stays there.",
        "它只增不减，Pod 重启后从零开始：一旦超过阈值就会一直超过。",
    )
    fix = Text("Take rate(x[5m]) or increase(x[1h]).", "请使用 rate(x[5m]) 或 increase(x[1h])。")
    messages = sentences(
        raw=Text(
            "{found} is a counter: write rate({found}[5m]) for what happens now",
            "{found} 是计数器：要看当前情况请写 rate({found}[5m])",
        ),
    )
    bad = but(ALERT, 'rate(http_requests_total{code=~"5.."}[5m])', "http_requests_total")
    good = ALERT

    @classmethod
    def check(cls, query: Query) -> Iterator[Finding]:
        for one in query.problems("counter"):
            yield cls.finding(query.at.place, one.message, found=shortened(one.found))
