# SPDX-License-Identifier: Apache-2.0
"""What a cluster is made of, in the order of its start."""

from collections.abc import Callable

from ci.cluster import (
    apiserver,
    certificates,
    containerd,
    controller_manager,
    crds,
    etcd,
    gateway,
    keda,
    kserve,
    kube_proxy,
    kubelet,
    kubevela,
    metrics_server,
    network,
    prometheus,
    scheduler,
    serving,
    shell,
)
from ci.cluster.cluster import Cluster


def _namespaces(cluster: Cluster) -> None:
    cluster.space.make(cluster.journal)


def _sandbox_image(cluster: Cluster) -> None:
    containerd.load_images(cluster, "pause")


COMPONENTS: tuple[tuple[str, Callable[[Cluster], None]], ...] = (
    ("namespaces", _namespaces),
    ("certificates", certificates.up),
    ("network", network.up),
    ("etcd", etcd.up),
    ("kube-apiserver", apiserver.up),
    ("kube-controller-manager", controller_manager.up),
    ("kube-scheduler", scheduler.up),
    ("containerd", containerd.up),
    ("sandbox image", _sandbox_image),
    ("kubelet", kubelet.up),
    ("kube-proxy", kube_proxy.up),
    ("metrics-server", metrics_server.up),
    ("resource types", crds.up),
    ("gateway", gateway.up),
    ("prometheus", prometheus.up),
    ("kserve", kserve.up),
    ("metrics of pods", metrics_server.serve),
    ("keda", keda.up),
    ("kubevela", kubevela.up),
    ("images", serving.images),
    ("velaserve", serving.up),
    ("shell", shell.up),
)
