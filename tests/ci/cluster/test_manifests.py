# SPDX-License-Identifier: Apache-2.0
"""What is read from the pinned modules, and what of it is changed for this machine."""

import json
from pathlib import Path

import pytest

from ci.cluster import crds, kserve, manifests
from ci.cluster.manifests import GATEWAY_API, KEDA, KSERVE, KUBEVELA, PROMETHEUS_OPERATOR
from ci.images.images import reference
from ci.tools.errors import ModuleMissing


def folder(module: str, *parts: str) -> Path:
    try:
        return manifests.folder(module, *parts)
    except ModuleMissing as err:
        pytest.skip(str(err))


def test_resource_types_of_each_module_are_found() -> None:
    for module in (GATEWAY_API, KEDA, KSERVE, KUBEVELA, PROMETHEUS_OPERATOR):
        folder(module)
    stems = [file.stem.partition("_") for file in crds.files()]  # group_plural.yaml
    assert {f"{plural}.{group}" for group, _, plural in stems} >= {
        "applications.core.oam.dev",
        "clusterstoragecontainers.serving.kserve.io",
        "httproutes.gateway.networking.k8s.io",
        "inferenceservices.serving.kserve.io",
        "localmodelcaches.serving.kserve.io",
        "podmonitors.monitoring.coreos.com",
        "scaledobjects.keda.sh",
    }


def test_patches_are_no_resource_types(tmp_path: Path) -> None:
    text = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
    (tmp_path / "patch.yaml").write_text(text + "spec:\n  conversion: {}\n", encoding="utf-8")
    (tmp_path / "whole.yaml").write_text(text + "spec:\n  scope: Cluster\n", encoding="utf-8")
    assert [path.name for path in manifests.crds(tmp_path)] == ["whole.yaml"]


def test_kserve_is_told_of_our_gateway_and_images_only() -> None:
    folder(KSERVE)
    data = {key: json.loads(text) for key, text in kserve.config()["data"].items()}
    assert data["ingress"]["kserveIngressGateway"] == "kserve/kserve-ingress-gateway"
    assert data["ingress"]["enableGatewayApi"] is True
    assert data["deploy"]["defaultDeploymentMode"] == "Standard"
    ours = {key: data[key]["image"] for key in ("agent", "batcher", "logger", "router")}
    router = reference("kserve-router")
    assert ours == dict.fromkeys(ours, reference("kserve-agent")) | {"router": router}
    assert data["storageInitializer"]["image"] == reference("storage-initializer")
    assert data["storageInitializer"]["enableModelcar"] is True  # as KServe ships it


def test_every_webhook_is_called_at_this_machine() -> None:
    folder(KSERVE)
    for manifest in kserve.webhooks("https://127.0.0.1:1", "Y2E="):
        for webhook in manifest["webhooks"]:
            assert webhook["clientConfig"]["url"].startswith("https://127.0.0.1:1/")
            assert set(webhook["clientConfig"]) == {"url", "caBundle"}
