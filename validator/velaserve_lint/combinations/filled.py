# SPDX-License-Identifier: Apache-2.0
"""Properties that must not be empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.combinations.rows import table

if TYPE_CHECKING:
    from velaserve_lint.combinations.rows import Part


class Filled(NamedTuple):
    """A list or mapping, below `base`, and what it could hold.

    What `must_be` there counts as empty where it is missing in a mapping that is there.
    """

    type: str
    name: str
    example: str
    base: str = ""
    must_be: bool = False

    @property
    def subject(self) -> str:
        return self.name if "." in self.name or not self.must_be else ""


_STRATEGY = "{maxSurge: 0, maxUnavailable: 1}"
_POLICIES = "[{type: Pods, value: 1, periodSeconds: 60}]"

FILLED = table(
    Filled("model-serving", "warmup.batchSizes", "[1, 8]", must_be=True),
    Filled("model-serving", "accelerator.gears.batch", "[1, 2, 4, 8]", must_be=True),
    Filled("model-serving", "deploymentStrategy.rollingUpdate", _STRATEGY),
    Filled("autoscaler", "policies", _POLICIES, "behavior.*"),
    Filled("inference-graph", "steps", "[{serviceName: digits}]", "nodes.*", must_be=True),
)


def is_empty(row: Filled, part: Part) -> bool:
    value = part.get(row.name)
    if value is not None or not row.must_be:
        return value in ([], {})
    around = row.name.rpartition(".")[0]
    return not around or part.get(around) is not None
