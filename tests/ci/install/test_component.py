# SPDX-License-Identifier: Apache-2.0
"""Where a component's version is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from ci.cluster.manifests import Manifest
from ci.install import component
from ci.install.access import Access
from ci.install.needs import GATEWAY_API, KSERVE, InCluster
from ci.install.versions import Version


@dataclass(frozen=True)
class Cluster(Access):
    """Has one Deployment with these images, or none."""

    images: Sequence[str] = ()

    def get(self, *what: str) -> list[Manifest]:
        assert what[0] == "deployments"
        containers = [{"image": image} for image in self.images]
        metadata = {"namespace": "models", "name": "manager"}
        spec = {"template": {"spec": {"containers": containers}}}
        return [{"metadata": metadata, "spec": spec}] if containers else []


def cluster(*images: str) -> Cluster:
    return Cluster("none", Path("none"), images)


def types(need: InCluster, **annotations: str) -> dict[str, Manifest]:
    metadata = {"annotations": annotations} if annotations else {}
    return {name: {"metadata": {"name": name, **metadata}} for name in need.types}


@pytest.mark.parametrize(
    ("images", "version"),
    [
        (["kube-rbac-proxy:v0.18.0", "kserve/kserve-controller:v0.20.0"], (0, 20, 0)),
        (["registry.example.com/kserve-controller/manager:1.2.3"], None),
        (["kserve/kserve-controller:latest"], None),
        ([], None),
    ],
)
def test_the_controllers_own_image_counts(images: list[str], version: Version | None) -> None:
    found = component.in_cluster(cluster(*images), KSERVE, types(KSERVE))
    assert (found.lacks, found.version) == ("", version)
    assert found.namespace == ("models" if images else "")
    for image in images[-1:]:
        assert found.source == f"Deployment models/manager runs {image}"


def test_missing_resource_types_are_named() -> None:
    first, second = KSERVE.types
    found = component.in_cluster(cluster(), KSERVE, {first: types(KSERVE)[first]})
    assert found.lacks == f"no resource type {second}"


def test_gateway_api_says_its_version_itself() -> None:
    version = {GATEWAY_API.annotation: "v1.4.0"}
    found = component.in_cluster(cluster(), GATEWAY_API, types(GATEWAY_API, **version))
    assert found.version == (1, 4, 0)
    unknown = component.in_cluster(cluster(), GATEWAY_API, types(GATEWAY_API))
    assert (unknown.lacks, unknown.version) == ("", None)
