# SPDX-License-Identifier: Apache-2.0
"""The resource types that definitions render and controllers want, before the controllers.

prometheus-operator's have none here: what traits render of them is stored, no more. KServe asks
for KEDA's at its start, and watches them only if they are there then.
"""

from pathlib import Path

from ci.cluster import manifests
from ci.cluster.cluster import Cluster
from ci.cluster.manifests import GATEWAY_API, KEDA, KSERVE, KUBEVELA, PROMETHEUS_OPERATOR
from ci.cluster.waiting import wait_until

_PROMETHEUS = "example/prometheus-operator-crd/monitoring.coreos.com"
_SOURCES = (
    (GATEWAY_API, "config/crd/standard"),
    # Without its llmisvc folder: those types are huge, and the manager does not watch them.
    (KSERVE, "config/crd/full"),
    (KSERVE, "config/crd/full/clusterstoragecontainer"),
    (KSERVE, "config/crd/full/localmodel"),
    (KUBEVELA, "charts/vela-core/crds"),
    (KEDA, "config/crd/bases"),
    *(
        (PROMETHEUS_OPERATOR, f"{_PROMETHEUS}_{name}.yaml")
        for name in ("podmonitors", "prometheusrules")
    ),
)


def up(cluster: Cluster) -> None:
    cluster.apply_files(files())
    # kubectl asks five times a second at most: of each type, one after the other.
    established = ("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all")
    # Repeated: kubectl gives up at once on a type of which nothing is said yet.
    wait_until(lambda: cluster.agrees(*established), 60, "the resource types are served")


def files() -> list[Path]:
    return [
        file for module, name in _SOURCES for file in manifests.crds(manifests.folder(module, name))
    ]
