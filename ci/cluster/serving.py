# SPDX-License-Identifier: Apache-2.0
"""What velaserve brings: image, runtime, definitions, and a volume with the example models."""

import os
from pathlib import Path

from ci.cluster import containerd
from ci.cluster.cluster import Cluster, Object
from ci.cluster.commands import run
from ci.cluster.kubevela import NAMESPACE
from ci.images import contents
from ci.tools import programs
from ci.tools.tree import ROOT

CLAIM = "models"
_MODELS = ROOT / "applications" / "models"


def images(cluster: Cluster) -> None:
    containerd.load_images(cluster, *contents.python(), "kserve-agent", "kserve-router")


def up(cluster: Cluster) -> None:
    cluster.apply(_volume(), _claim())
    cluster.apply_files(sorted((ROOT / "ci" / "addon" / "runtimes").glob("*.yaml")))
    for file in sorted((ROOT / "components").glob("*.cue")):
        _apply_definition(cluster, file)
    # At once, not when the first pod asks: binding takes seconds.
    cluster.kubectl("wait", "--for=jsonpath={.status.phase}=Bound", "--timeout=60s", "pvc", CLAIM)


def _apply_definition(cluster: Cluster, file: Path) -> None:
    vela = programs.path("vela")
    kubeconfig = f"KUBECONFIG={cluster.settings.kubeconfig}"
    home = f"VELA_HOME={cluster.folder('vela')}"
    run("env", kubeconfig, home, vela, "def", "apply", file, "--namespace", NAMESPACE)


def _volume() -> Object:
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolume",
        "metadata": {"name": CLAIM},
        "spec": {
            "capacity": {"storage": "1Gi"},
            "accessModes": ["ReadOnlyMany"],
            "storageClassName": "",
            "hostPath": {"path": os.fspath(_MODELS), "type": "Directory"},
            "claimRef": {"namespace": "default", "name": CLAIM},
        },
    }


def _claim() -> Object:
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": CLAIM, "namespace": "default"},
        "spec": {
            "accessModes": ["ReadOnlyMany"],
            "storageClassName": "",
            "volumeName": CLAIM,
            "resources": {"requests": {"storage": "1Gi"}},
        },
    }
