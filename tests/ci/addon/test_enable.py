# SPDX-License-Identifier: Apache-2.0
"""The addon with the real controllers and webhooks, in a cluster without nodes."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ci.addon import folder, plain
from ci.addon.resources import FOLDERS
from ci.cluster import (
    apiserver,
    certificates,
    controller_manager,
    crds,
    etcd,
    kserve,
    kubevela,
    manifests,
)
from ci.cluster.cluster import Cluster
from ci.cluster.errors import CommandFailed
from ci.images.images import reference
from ci.install.image import LOCAL
from ci.install.needs import KUBEVELA
from ci.install.versions import show
from ci.tools import programs
from ci.tools.errors import NotReady
from ci.tools.schema import definitions
from support.empty_cluster import empty_cluster
from support.eventually import eventually
from support.vela import Vela
from support.vela_render import VERSIONS

pytestmark = pytest.mark.heavy  # it takes most of a minute

OLDEST = show(KUBEVELA.oldest)
Object = dict[str, Any]  # of Kubernetes
IMAGE = "registry.example.com/team/velaserve:0.1"
BUILT = (
    *("etcd", "kube-apiserver", "kube-controller-manager", "kubectl"),
    *("kserve-manager", "vela", "vela-core"),
)
COMPONENTS = (certificates, etcd, apiserver, controller_manager, crds, kserve, kubevela)
OURS = sorted(file.stem for file in definitions())
TYPES = "componentdefinitions,traitdefinitions,workflowstepdefinitions"
RUNTIMES = "clusterservingruntimes,clusterstoragecontainers"
GONE_S = 30
POD = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
        "name": "one",
        "namespace": "strict",
        "labels": {"serving.kserve.io/inferenceservice": "one"},
        "annotations": {"internal.serving.kserve.io/storage-initializer-sourceuri": "s3://one/two"},
    },
    "spec": {
        "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [
            {
                "name": "kserve-container",
                "image": IMAGE,
                "securityContext": {
                    "allowPrivilegeEscalation": False,
                    "capabilities": {"drop": ["ALL"]},
                },
            }
        ],
    },
}
"""As KServe makes it of an InferenceService with the trait hardening."""
OF_KSERVE = "default"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    state = tmp_path_factory.mktemp("cluster")
    with empty_cluster(state, *BUILT) as cluster, pytest.MonkeyPatch.context() as patch:
        patch.setenv("KUBECACHEDIR", str(state))  # the next server has the same address
        cluster.space.make(cluster.journal)
        for component in COMPONENTS:
            component.up(cluster)
        runs_kubevela(cluster, OLDEST)
        yield cluster


@pytest.fixture(scope="module")
def addon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("addon") / "velaserve"
    folder.write(made)
    return made


@pytest.fixture(params=VERSIONS)
def vela(cluster: Cluster, request: pytest.FixtureRequest, tmp_path: Path) -> Vela:
    try:
        program = programs.path("vela", request.param)
    except NotReady as err:
        pytest.skip(str(err))
    return Vela(program, cluster.settings.kubeconfig, tmp_path)


def runs_kubevela(cluster: Cluster, version: str) -> None:
    """The Deployment in which vela looks for the controller's version; no pod comes of it."""
    labels = {"controller.oam.dev/name": "vela-core"}
    container = {"name": "kubevela", "image": f"oamdev/vela-core:v{version}"}
    deployment = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "core", "namespace": kubevela.NAMESPACE, "labels": labels},
        "spec": {
            "replicas": 0,
            "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": [container]}},
        },
    }
    cluster.apply(deployment)


def names(cluster: Cluster, types: str) -> Sequence[str]:
    namespace = f"--namespace={kubevela.NAMESPACE}"
    found = cluster.kubectl("get", types, namespace, "--output=name").split()
    return [name.rpartition("/")[2] for name in found]


def ours(cluster: Cluster) -> list[str]:
    """Beside those that KubeVela brings."""
    found = sorted({*names(cluster, TYPES)} & {*OURS}) + sorted(names(cluster, RUNTIMES))
    return [name for name in found if name != OF_KSERVE]


def test_all_is_there_and_goes_again(cluster: Cluster, vela: Vela, addon: Path) -> None:
    images = (f"image={IMAGE}", "ascendImage=a/npu:1")
    said = vela.succeed("addon", "enable", addon, *images, "hardenedStorage=true")
    assert "Addon velaserve enabled successfully." in said
    assert ours(cluster) == [*OURS, "velaserve", "velaserve-ascend", "velaserve-hardened"]
    image = "--output=jsonpath={.spec.containers[0].image}"
    assert cluster.kubectl("get", "clusterservingruntime", "velaserve", image) == IMAGE
    assert "velaserve: enabled (" in vela.run("addon", "status", "velaserve").text

    vela.succeed("addon", "disable", "velaserve")
    eventually(partial(ours, cluster), lambda left: not left, GONE_S, "nothing is left")


def test_old_controller_is_refused(cluster: Cluster, vela: Vela, addon: Path) -> None:
    runs_kubevela(cluster, "1.9.0")
    done = vela.run("addon", "enable", addon, f"image={IMAGE}")
    runs_kubevela(cluster, OLDEST)
    assert done.code != 0
    assert f"the vela core controller: v1.9.0 require: >={OLDEST}" in done.text
    assert ours(cluster) == []


@pytest.mark.parametrize("given", [[], [f"image={IMAGE}", "hardenedstorage=true"]])
def test_wrong_parameters_change_nothing(
    cluster: Cluster, vela: Vela, addon: Path, given: list[str]
) -> None:
    done = vela.run("addon", "enable", addon, *given)
    assert done.code != 0
    assert ("hardenedstorage: field not allowed" if given else ".image: ") in done.text
    assert ours(cluster) == []


@pytest.mark.parametrize("vela", VERSIONS[:1], indirect=True)
def test_plain_yaml_is_taken_and_is_in_the_addons_way(
    cluster: Cluster, vela: Vela, addon: Path
) -> None:
    text = plain.text(programs.path("vela"), {LOCAL: IMAGE})
    cluster.kubectl("apply", "--filename=-", stdin=text)
    assert ours(cluster) == [*OURS, "velaserve"]
    done = vela.run("addon", "enable", addon, f"image={IMAGE}")
    assert done.code != 0
    assert "definition: model-serving already exist" in done.text
    cluster.kubectl("delete", "--filename=-", stdin=text)
    assert ours(cluster) == []


def test_hardened_storage_opens_a_restricted_namespace(cluster: Cluster) -> None:
    """KServe's own is switched off: it would take either."""
    labels = {"pod-security.kubernetes.io/enforce": "restricted"}
    metadata = {"name": "strict", "labels": labels}
    cluster.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata})
    account = partial(cluster.agrees, "get", "serviceaccount", "default", "--namespace=strict")
    eventually(account, bool, 30, "pods may be made")
    with pytest.raises(CommandFailed, match=r"violates PodSecurity.*storage-initializer"):
        initializer(cluster)

    [hardened] = manifests.read(FOLDERS["storage"] / "hardened.yaml")
    cluster.apply(hardened)
    switch(cluster, off=True)
    found = eventually(partial(taken, cluster), bool, 30, "KServe has seen it")
    switch(cluster, off=False)
    cluster.kubectl("delete", "clusterstoragecontainer", "velaserve-hardened")
    assert found["securityContext"] == hardened["spec"]["container"]["securityContext"]
    assert found["image"] == reference("storage-initializer")
    assert found["resources"]["limits"]


def switch(cluster: Cluster, *, off: bool) -> None:
    patch = f"--patch={json.dumps({'disabled': off})}"
    cluster.kubectl("patch", "clusterstoragecontainer", OF_KSERVE, "--type=merge", patch)


def taken(cluster: Cluster) -> Object:
    """KServe asks its cache, which is late."""
    try:
        return initializer(cluster)
    except CommandFailed:
        return {}


def initializer(cluster: Cluster) -> Object:
    """What KServe puts into a pod; the pod itself is not made."""
    stdin = json.dumps(POD)
    made = cluster.kubectl("create", "--dry-run=server", "--output=json", "-f", "-", stdin=stdin)
    [container] = json.loads(made)["spec"]["initContainers"]
    return dict(container)
