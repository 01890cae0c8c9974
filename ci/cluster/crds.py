# SPDX-License-Identifier: Apache-2.0
"""The resource types of Gateway API, KServe and KubeVela, before their controllers."""

from pathlib import Path

from ci.cluster import manifests
from ci.cluster.cluster import Cluster
from ci.cluster.manifests import GATEWAY_API, KSERVE, KUBEVELA
from ci.cluster.waiting import wait_until

_FOLDERS = (
    (GATEWAY_API, "config/crd/standard"),
    # Without its llmisvc folder: those types are huge, and the manager does not watch them.
    (KSERVE, "config/crd/full"),
    (KSERVE, "config/crd/full/clusterstoragecontainer"),
    (KSERVE, "config/crd/full/localmodel"),
    (KUBEVELA, "charts/vela-core/crds"),
)


def up(cluster: Cluster) -> None:
    cluster.apply_files(files())
    established = ("wait", "--for=condition=Established", "--timeout=5s", "crd", "--all")
    # Repeated: kubectl gives up at once on a type of which nothing is said yet.
    wait_until(lambda: cluster.agrees(*established), 30, "the resource types are served")


def files() -> list[Path]:
    return [
        file for module, name in _FOLDERS for file in manifests.crds(manifests.folder(module, name))
    ]
