# SPDX-License-Identifier: Apache-2.0
"""Properties that need another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.combinations.rows import table
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from velaserve_lint.combinations.rows import Part


class Needing(NamedTuple):
    """`one` needs `other`; `way` is an example, or another way out.

    An empty list needs nothing, unless `even_empty`. Nor is it needed where the first of `unless`
    has the second as its value, or is not written at all.
    """

    type: str
    one: str
    other: str
    way: Text
    base: str = ""
    unless: tuple[str, str] | None = None
    even_empty: bool = False

    @property
    def subject(self) -> str:
        return self.one


_IMAGE = Text(
    "options of our server go into transformer.env", "内置服务的选项请写在 transformer.env 中"
)
_ADDRESS = Text(
    "as in {{address: http://prometheus:9090}}", "例如 {{address: http://prometheus:9090}}"
)
_CHECKS = Text("without them it is asked for nothing", "没有检查就不会查询它")
_URL = Text("http://prometheus.monitoring:9090", "http://prometheus.monitoring:9090")

_PATH = Text("only protocol v2 has paths of its own", "只有 v2 协议自带路径")
_UNLESS = ("protocolVersion", "v2")
_PROBES = [f"probes.{name}" for name in ("startup", "liveness", "readiness")]

NEEDING = table(
    *(Needing("model-serving", one, f"{one}.path", _PATH, unless=_UNLESS) for one in _PROBES),
    Needing("model-serving", "transformer.command", "transformer.image", _IMAGE, even_empty=True),
    Needing("model-serving", "transformer.args", "transformer.image", _IMAGE, even_empty=True),
    Needing("autoscaler", "metrics.queueDepth", "prometheus", _ADDRESS),
    Needing("autoscaler", "metrics.requestsPerSecond", "prometheus", _ADDRESS),
    Needing("autoscaler", "metrics.latency", "prometheus", _ADDRESS),
    Needing("autoscaler", "metrics.queries", "prometheus", _ADDRESS),
    Needing("canary", "checks", "prometheus", _URL),
    Needing("canary", "prometheus", "checks", _CHECKS),
    Needing("compile-cache", "ephemeral.storageClassName", "ephemeral.size", Text("10Gi", "10Gi")),
)


def needs(row: Needing, part: Part) -> bool:
    """Whether the one is there, and the other one is needed and missing."""
    if part.get(row.one) is None or (part.get(row.one) == [] and not row.even_empty):
        return False
    path, value = row.unless or ("", "")
    return part.get(row.other) is None and (not path or part.get(path) not in (None, value))
