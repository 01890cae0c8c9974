# SPDX-License-Identifier: Apache-2.0
"""What velaserve brings: image, runtime, definitions, and a volume with the example models."""

import shutil
from pathlib import Path

from ci.cluster import containerd
from ci.cluster.cluster import Cluster, Object
from ci.cluster.kubevela import NAMESPACE
from ci.images import contents
from ci.install import apply
from ci.install.access import Access
from ci.install.image import EVERY_LOCAL
from ci.tools import programs
from ci.tools.tree import ROOT

CLAIM = "models"


def images(cluster: Cluster) -> None:
    containerd.load_images(cluster, *contents.python(), "kserve-agent", "kserve-router")


def up(cluster: Cluster) -> None:
    # A copy: of a folder that is not there the kubelet makes an empty one.
    models = cluster.settings.state / "models"
    shutil.copytree(ROOT / "applications" / "models", models)
    cluster.apply(volume(CLAIM, models), claim(CLAIM))
    access = Access(str(cluster.settings.kubeconfig), programs.path("kubectl"))
    # The image for NPUs is not here: its runtime is, for what only has to be admitted.
    apply.runtimes(access, EVERY_LOCAL)
    apply.definitions(access, programs.path("vela"), NAMESPACE)
    # At once, not when the first pod asks: binding takes seconds.
    cluster.kubectl("wait", "--for=jsonpath={.status.phase}=Bound", "--timeout=60s", "pvc", CLAIM)


def volume(name: str, folder: Path, namespace: str = "default") -> Object:
    """What the claim `name` is bound to: a folder of this machine, for reading."""
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolume",
        "metadata": {"name": volume_name(name, namespace)},
        "spec": {
            "capacity": {"storage": "1Gi"},
            "accessModes": ["ReadOnlyMany"],
            "storageClassName": "",
            "hostPath": {"path": str(folder), "type": "Directory"},
            "claimRef": {"namespace": namespace, "name": name},
        },
    }


def volume_name(claim: str, namespace: str) -> str:
    """Volumes have no namespace."""
    return claim if namespace == "default" else f"{namespace}-{claim}"


def claim(name: str, namespace: str = "default") -> Object:
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {
            "accessModes": ["ReadOnlyMany"],
            "storageClassName": "",
            "volumeName": volume_name(name, namespace),
            "resources": {"requests": {"storage": "1Gi"}},
        },
    }
