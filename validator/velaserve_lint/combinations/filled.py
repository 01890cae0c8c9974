# SPDX-License-Identifier: Apache-2.0
"""Properties that must not be empty."""

from __future__ import annotations

from typing import NamedTuple

from velaserve_lint.combinations.rows import table


class Filled(NamedTuple):
    """A list or mapping, below `base`, and what it could hold."""

    type: str
    name: str
    example: str
    base: str = ""

    @property
    def subject(self) -> str:
        return self.name


FILLED = table(
    Filled("model-serving", "warmup.batchSizes", "[1, 8]"),
    Filled("model-serving", "accelerator.gears.batch", "[1, 2, 4, 8]"),
    Filled("model-serving", "deploymentStrategy.rollingUpdate", "{maxSurge: 0, maxUnavailable: 1}"),
    Filled("autoscaler", "policies", "[{type: Pods, value: 1, periodSeconds: 60}]", "behavior.*"),
    Filled("inference-graph", "steps", "[{serviceName: digits}]", "nodes.*"),
)
