# SPDX-License-Identifier: Apache-2.0
"""Pairs of numbers of which one must not be above the other.

Source: Kubernetes v1.34.4 pkg/apis/{autoscaling,apps}/validation/validation.go; KEDA v2.18.1
apis/keda/v1alpha1/scaledobject_types.go; prometheus-operator v0.86.1 pkg/prometheus/validation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.reach import reach

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

_DURATION = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?", re.ASCII)
_MILLISECONDS = (86_400_000, 3_600_000, 60_000, 1000, 1)


class Pair(NamedTuple):
    """Two fields of what stands at `around`; `strict`: they must not be equal either."""

    around: str
    low: str
    high: str
    strict: bool = False


_SCRAPE = ("scrapeTimeout", "interval")
PAIRS: Mapping[str, tuple[Pair, ...]] = {
    "Deployment": (Pair("spec", "minReadySeconds", "progressDeadlineSeconds", strict=True),),
    "HorizontalPodAutoscaler": (Pair("spec", "minReplicas", "maxReplicas"),),
    "NetworkPolicy": (
        Pair("spec.ingress[].ports[]", "port", "endPort"),
        Pair("spec.egress[].ports[]", "port", "endPort"),
    ),
    "PodMonitor": (Pair("spec.podMetricsEndpoints[]", *_SCRAPE),),
    "ScaledObject": (Pair("spec", "minReplicaCount", "maxReplicaCount"),),
    "ServiceMonitor": (Pair("spec.endpoints[]", *_SCRAPE),),
}


def crossed(manifest: Manifest) -> Iterator[tuple[Cursor, Cursor]]:
    """The low end and the high end, where they are the wrong way round."""
    for pair in PAIRS[manifest.kind]:
        for around in reach(manifest.root, pair.around):
            low, high = around.at(pair.low), around.at(pair.high)
            least, most = _amount(low), _amount(high)
            if least is not None and most is not None and least > most - pair.strict:
                yield low, high


def _amount(at: Cursor) -> int | None:
    """A number, or a duration of Prometheus in milliseconds."""
    if at.number is not None or not at.text:
        return at.number
    found = _DURATION.fullmatch(at.text)
    if found is None:
        return None
    return sum(
        int(part or 0) * unit for part, unit in zip(found.groups(), _MILLISECONDS, strict=True)
    )
