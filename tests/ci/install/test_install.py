# SPDX-License-Identifier: Apache-2.0
"""Against a real API server: what it lacks is said; where it lacks nothing, all is applied."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from ci.cluster import apiserver, certificates, crds, etcd, gateway, kserve
from ci.cluster.cluster import Cluster
from ci.install.__main__ import CANNOT_RUN, OK, main
from ci.install.access import Access
from ci.install.image import LOCAL
from ci.install.needs import GATEWAY_API, KSERVE, KUBEVELA, InCluster
from ci.tools import programs
from ci.tools.tree import ROOT
from support.empty_cluster import empty_cluster

Capture = pytest.CaptureFixture[str]
IMAGE = "registry.example.com/team/velaserve:0.1"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    with (
        empty_cluster(folder, "etcd", "kube-apiserver", "kubectl", "vela") as cluster,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("KUBECACHEDIR", str(folder))  # the next server has the same address
        yield cluster


@pytest.fixture(scope="module")
def bare(cluster: Cluster) -> Access:
    """An API server, as Kubernetes brings it: until the first test that wants more."""
    cluster.space.make(cluster.journal)
    for component in (certificates, etcd, apiserver):
        component.up(cluster)
    return Access(str(cluster.settings.kubeconfig), programs.path("kubectl"))


@pytest.fixture(scope="module")
def prepared(bare: Access, cluster: Cluster) -> Access:
    """With all resource types and namespaces, and old controllers of two."""
    crds.up(cluster)
    for name in ("vela-system", "kserve"):
        bare.kubectl("create", "namespace", name)
    run_controller(bare, "vela-system", KUBEVELA, "oamdev/vela-core:v1.8.0")
    run_controller(bare, "kserve", KSERVE, "kserve/kserve-controller:latest")
    return bare


@pytest.fixture(scope="module")
def fitting(prepared: Access, cluster: Cluster) -> Access:
    """With everything that is needed, as far as it can be seen; not KEDA."""
    run_controller(prepared, "vela-system", KUBEVELA, "oamdev/vela-core:v1.10.9")
    run_controller(prepared, "kserve", KSERVE, "kserve/kserve-controller:v0.20.0")
    listener = {"name": "http", "protocol": "HTTP", "port": 80}
    wanted = {
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "Gateway",
        "metadata": {"name": gateway.NAME, "namespace": gateway.NAMESPACE},
        "spec": {"gatewayClassName": "any", "listeners": [listener]},
    }
    cluster.apply(wanted, kserve.config())
    return prepared


def run_controller(access: Access, namespace: str, need: InCluster, image: str) -> None:
    """A Deployment as the component's own chart makes it; no pod comes of it."""
    key, _, value = need.selector.partition("=")
    labels = {key: value}
    other = {"name": "proxy", "image": "kube-rbac-proxy:v0.18.0"}
    manager = {"name": "manager", "image": image}
    deployment = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "manager", "labels": labels},
        "spec": {
            "selector": {"matchLabels": labels},
            "template": {
                "metadata": {"labels": labels},
                "spec": {"containers": [other, manager]},
            },
        },
    }
    stdin = json.dumps(deployment)
    access.kubectl("apply", f"--namespace={namespace}", "--filename=-", stdin=stdin)


def install(access: Access, environment: Mapping[str, str] | None = None) -> int:
    return main({"KUBECONFIG": access.kubeconfig, **(environment or {})})


def names(access: Access, *what: str) -> list[str]:
    return [each["metadata"]["name"] for each in access.get(*what)]


def test_all_that_a_bare_api_server_lacks_is_named(bare: Access, capsys: Capture) -> None:
    namespaces = names(bare, "namespaces")
    assert install(bare) == CANNOT_RUN
    text = capsys.readouterr().err
    for need in (KUBEVELA, KSERVE, GATEWAY_API):
        assert f"- {need.name} is missing (no resource type {need.types[0]}" in text
        assert need.get in text
    assert "- no node has the image" in text
    assert "note: KEDA is missing" in text
    assert names(bare, "namespaces") == namespaces
    assert names(bare, "customresourcedefinitions") == []


def test_old_controllers_and_an_old_vela_are_named(
    prepared: Access, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    vela = tmp_path / "vela"
    vela.write_text("#!/bin/sh\necho CLI Version: v1.8.0\n", encoding="utf-8")
    vela.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert install(prepared, {"VELASERVE_IMAGE": IMAGE}) == CANNOT_RUN
    text = capsys.readouterr().err
    assert f"- the command vela 1.8.0 is too old ({vela} says v1.8.0)" in text
    runs = "Deployment vela-system/manager runs oamdev/vela-core:v1.8.0"
    assert f"- KubeVela 1.8.0 is too old ({runs}): get 1.10.9 or later" in text
    assert text.count("\n  - ") == 2
    assert "note: the version of KServe is not known (Deployment kserve/manager runs" in text
    assert "note: there is no Gateway kserve/kserve-ingress-gateway" in text
    assert "ingress.enableGatewayApi" in text
    assert names(prepared, "clusterservingruntimes") == []


def test_without_an_image_it_is_refused_and_with_it_all_is_there(
    fitting: Access, capsys: Capture
) -> None:
    assert install(fitting) == CANNOT_RUN
    text = capsys.readouterr().err
    assert f"- no node has the image {LOCAL}" in text
    assert text.count("\n  - ") == 1
    assert text.count("note: ") == 2
    assert "note: the runtime velaserve-ascend is left out" in text
    assert names(fitting, "clusterservingruntimes") == []

    for _ in range(2):
        assert install(fitting, {"VELASERVE_IMAGE": IMAGE}) == OK
        out = capsys.readouterr().out
        assert f"applied runtime velaserve, image {IMAGE}\n" in out
        assert "applied component model-serving\n" in out
        assert "up -f applications/digits.yaml" in out
    [runtime] = fitting.get("clusterservingruntimes")
    assert [each["image"] for each in runtime["spec"]["containers"]] == [IMAGE]
    assert install(fitting, {"VELASERVE_IMAGE": IMAGE, "VELASERVE_ASCEND_IMAGE": "a/npu:1"}) == OK
    assert "applied runtime velaserve-ascend, image a/npu:1\n" in capsys.readouterr().out
    assert names(fitting, "clusterservingruntimes") == ["velaserve", "velaserve-ascend"]
    fitting.kubectl("delete", "clusterservingruntime", "velaserve-ascend")
    for folder, kind in (("components", "componentdefinitions"), ("traits", "traitdefinitions")):
        definitions = sorted(file.stem for file in (ROOT / folder).glob("*.cue"))
        assert names(fitting, kind, "--namespace=vela-system") == definitions


def test_an_image_that_a_node_has_is_enough(fitting: Access) -> None:
    node = {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": "one"},
        "status": {"images": [{"names": [LOCAL], "sizeBytes": 1}]},
    }
    fitting.kubectl("create", "--filename=-", stdin=json.dumps(node))
    assert install(fitting) == OK
    [runtime] = fitting.get("clusterservingruntimes")
    assert [each["image"] for each in runtime["spec"]["containers"]] == [LOCAL]
