# SPDX-License-Identifier: Apache-2.0
"""Properties that must not be empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.combinations.rows import table

if TYPE_CHECKING:
    from velaserve_lint.combinations.rows import Part


class Filled(NamedTuple):
    """A list or mapping, below `base`, and what it could hold.

    Where there is `within`, it counts as empty when it is missing, too.
    """

    type: str
    name: str
    example: str
    base: str = ""
    within: str = ""

    @property
    def subject(self) -> str:
        return self.name


FILLED = table(
    Filled("model-serving", "warmup.batchSizes", "[1, 8]", within="warmup"),
    Filled("model-serving", "accelerator.gears.batch", "[1, 2, 4, 8]", within="accelerator.gears"),
    Filled("model-serving", "deploymentStrategy.rollingUpdate", "{maxSurge: 0, maxUnavailable: 1}"),
    Filled("autoscaler", "policies", "[{type: Pods, value: 1, periodSeconds: 60}]", "behavior.*"),
    Filled("inference-graph", "steps", "[{serviceName: digits}]", "nodes.*"),
)


def is_empty(row: Filled, part: Part) -> bool:
    value = part.get(row.name)
    is_missing = value is None and row.within and part.get(row.within) is not None
    return value in ([], {}) or bool(is_missing)
