# SPDX-License-Identifier: Apache-2.0
"""containerd with its own folders, and our images in it."""

from pathlib import Path

from ci.cluster.cluster import Cluster
from ci.cluster.commands import run, succeeds
from ci.images.images import build, reference

CNI_PLUGINS = Path("/usr/lib/cni")
SOCKET = "/run/containerd/containerd.sock"
_NAMESPACE = "--namespace=k8s.io"


def up(cluster: Cluster) -> None:
    config = cluster.settings.state / "containerd.toml"
    config.write_text(_config(cluster), encoding="utf-8")
    daemon = cluster.daemons.start("containerd", "containerd", ["--config", str(config)])
    cluster.daemons.wait(daemon, lambda: succeeds(*_ctr(cluster), "version"), 30)


def load_images(cluster: Cluster, *names: str) -> None:
    """Build images, import them, and keep them from the kubelet's image clean-up."""
    for name in names:
        image = build(name)
        ctr = (*_ctr(cluster), _NAMESPACE, "images")
        run(*ctr, "import", image.path)
        run(*ctr, "label", image.name, "io.cri-containerd.pinned=pinned")


def _ctr(cluster: Cluster) -> list[str | Path]:
    return ["ctr", "--address", cluster.settings.containerd_socket]


def _config(cluster: Cluster) -> str:
    state = cluster.settings.state
    # Without CAP_SYS_RESOURCE no sandbox starts unless scores may only grow.
    return f"""\
version = 2
root = "{state}/containerd"
state = "/run/containerd"

[grpc]
address = "{SOCKET}"

[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "{reference("pause")}"
restrict_oom_score_adj = true

[plugins."io.containerd.grpc.v1.cri".containerd]
snapshotter = "overlayfs"

[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "{CNI_PLUGINS}"
conf_dir = "{state}/cni/net.d"
"""
