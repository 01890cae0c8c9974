# SPDX-License-Identifier: Apache-2.0
"""VS144: a way to no pod that leads nowhere, or not back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.combinations.scaling import zeros
from velaserve_lint.rules.application.refusal import Refusal
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import TRAITS
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class ScaleToZero(Refusal):
    """A pod that is not there measures nothing; only the gateway sees that a request came."""

    id = "VS144"
    slug = "scale-to-zero"
    title = Text("a way to no pod, but not back", "缩容到零却无法恢复")
    fix = Text(
        "Write minReplicas: 0, a metric of Prometheus and scaleToZero, or none of them.",
        "请同时写 minReplicas: 0、一个 Prometheus 指标和 scaleToZero，或者都不写。",
    )
    messages = sentences(
        metric=Text(
            "minReplicas 0 does not go with cpu and memory alone: add metrics.queueDepth: 4, say",
            "minReplicas 为 0 时不能只用 cpu 和 memory：请补上例如 metrics.queueDepth: 4",
        ),
        wake=Text(
            "minReplicas 0 needs scaleToZero.wakeUpQuery, a counter of the gateway",
            "minReplicas 为 0 时需要 scaleToZero.wakeUpQuery，即网关的计数器",
        ),
        never=Text(
            "scaleToZero goes with minReplicas 0, and here it is above",
            "scaleToZero 须与 minReplicas 为 0 搭配，而此处大于 0",
        ),
    )
    bad = but(TRAITS, "maxReplicas: 4", "minReplicas: 0\n            maxReplicas: 4")
    good = TRAITS

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for one in zeros(application):
            yield cls.finding(application.document.key(one.path), one.message)
