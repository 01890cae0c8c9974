# SPDX-License-Identifier: Apache-2.0
"""Properties of which there must be one, or one at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.combinations.rows import table
from velaserve_lint.serving import KEPT

if TYPE_CHECKING:
    from velaserve_lint.combinations.rows import Part
    from velaserve_lint.document import Json


class Choosing(NamedTuple):
    """How many of `names` there must be, below `base` and where there is `when`.

    Those of `together` count once.
    """

    type: str
    names: tuple[str, ...]
    base: str = ""
    least: int = 1
    most: int = 1
    when: str = ""
    together: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        return self.when


_MANY = 99
_VOLUMES = ("persistentVolumeClaim", "configMap", "secret", "emptyDir", "hostPath", "nfs", "csi")
_SLICES = ("vnpu", "npuCore", "mig", "memory", "cores")
_CALLERS = ("gatewayNamespace", "prometheusNamespace", "sameNamespace", "cidrs")
_MEASURED = ("queueDepth", "requestsPerSecond", "latency", "queries")
_METRICS = tuple(f"metrics.{name}" for name in ("cpuUtilization", "memoryUtilization", *_MEASURED))

CHOOSING = table(
    Choosing("model-serving", _VOLUMES, "volumes.*"),
    Choosing("model-serving", _SLICES, "accelerator.slice", together=_SLICES[3:]),
    Choosing("model-serving", ("image", "modelUri"), "transformer", most=_MANY),
    Choosing("kfserving", tuple(KEPT), least=0),
    Choosing("inference-graph", ("serviceName", "nodeName", "serviceUrl"), "nodes.*.steps.*"),
    Choosing("autoscaler", _METRICS, most=_MANY),
    Choosing("autoscaler", _METRICS[2:], most=_MANY, when="prometheus"),
    Choosing("network-policy", _CALLERS, most=_MANY),
    Choosing("network-policy", ("namespace", "cidr"), "egress.*"),
    Choosing("compile-cache", ("claim", "ephemeral", "hostPath")),
    Choosing("compile-cache", ("name", "size"), "claim", most=_MANY),
    Choosing("canary", ("metric", "query"), "checks.*", most=_MANY),
    Choosing("canary", ("max", "min", "maxRatioToStable"), "checks.*", most=_MANY),
)


def chosen(row: Choosing, part: Part) -> list[str] | None:
    """The names that are there, what is false or empty left out; None where it is no matter."""
    if row.when and part.get(row.when) is None:
        return None
    found = [name for name in row.names if _counts(part.get(name))]
    return [name for name in found if name not in row.together or name == found[-1]]


def _counts(value: Json) -> bool:
    return value is not None and value is not False and value != []
