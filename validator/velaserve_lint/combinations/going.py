# SPDX-License-Identifier: Apache-2.0
"""Properties that go with certain values of another one."""

from __future__ import annotations

from typing import NamedTuple

from velaserve_lint.combinations.rows import table
from velaserve_lint.serving import KEPT


class Going(NamedTuple):
    """`one` goes with `other` being one of `values`; without it, `other` is `default`.

    With `only`, that is so where `one` has this value.
    """

    type: str
    one: str
    other: str
    values: tuple[str | bool, ...]
    default: str | bool = ""
    base: str = ""
    only: str = ""

    @property
    def subject(self) -> str:
        return self.one


_ROUTED = [
    Going(type_name, f"route.{name}", "route.mode", ("gateway",), "gateway")
    for type_name in ("model-serving", "inference-graph")
    for name in ("host", "gateway")
]
_PROBES = ("startup", "liveness", "readiness")
_SCRAPED = ("podMonitor", "annotations")

GOING = table(
    *_ROUTED,
    *(
        Going("model-serving", f"probes.{one}", "probes.mode", ("rendered",), "rendered")
        for one in _PROBES
    ),
    Going(
        "model-serving",
        "deploymentMode",
        "route.mode",
        ("kserve", "none"),
        "gateway",
        only="Knative",
    ),
    Going("model-serving", "containerConcurrency", "deploymentMode", ("Knative",), "Standard"),
    Going("model-serving", "deploymentStrategy", "deploymentMode", ("Standard",), "Standard"),
    Going(
        "model-serving",
        "rollingUpdate",
        "type",
        ("RollingUpdate",),
        "RollingUpdate",
        "deploymentStrategy",
    ),
    Going("model-serving", "accelerator.slice.npuCore", "placement.schedulerName", ("volcano",)),
    Going("monitoring", "scrapeIntervalSeconds", "scrape", ("podMonitor",), "podMonitor"),
    Going("monitoring", "port", "scrape", _SCRAPED, "podMonitor"),
    Going("monitoring", "path", "scrape", _SCRAPED, "podMonitor"),
    Going("canary", "percentile", "metric", ("latencyMilliseconds",), "", "checks.*"),
    Going("kfserving", "modelFormat", "keepRuntime", (False,), False),
    Going("kfserving", "batcher", "keepRuntime", (False,), False),
    Going("kfserving", "modelName", "keepRuntime", (False,), False),
    *(Going("kfserving", f"{one}.protocolVersion", "keepRuntime", (True,), False) for one in KEPT),
)
