# SPDX-License-Identifier: Apache-2.0
"""Who asks for devices, and that nobody else hears of them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from support.found import found
from support.npu_pods import component, pod
from velaserve_lint.npu.asking import is_extended
from velaserve_lint.rules import demand_rules
from velaserve_lint.rules.example_manifests import DEPLOYMENT, INFERENCE_SERVICE
from velaserve_lint.rules.examples import APPLICATION

OURS = {rule.id for rule in demand_rules()}


@pytest.mark.parametrize(
    ("name", "extended"),
    [
        ("nvidia.com/gpu", True),
        ("huawei.com/npu", True),
        ("cpu", False),
        ("hugepages-2Mi", False),
        ("requests.nvidia.com/gpu", False),
        ("attachable-volumes.kubernetes.io/x", False),
    ],
)
def test_a_vendors_name_is_extended(name: str, extended: bool) -> None:
    assert is_extended(name) == extended


@pytest.mark.parametrize("text", [DEPLOYMENT, INFERENCE_SERVICE, APPLICATION])
def test_without_devices_nothing_of_this_is_imported(text: str) -> None:
    code = (
        "import sys; from velaserve_lint import lint; lint(sys.stdin.read());"
        "print([one for one in sys.modules if 'rules.ascend' in one or 'names.ascend' in one])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], input=text, capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"


@pytest.mark.parametrize("kind", ["Pod", "ReplicaSet", "DaemonSet"])
@pytest.mark.parametrize("gpu", ["nvidia.com/gpu: 1", "nvidia.com/mig-1g.5gb: 2", "amd.com/gpu: 8"])
def test_a_gpu_is_no_npu(kind: str, gpu: str) -> None:
    text = pod(gpu, spec="schedulerName: volcano", container="command: [python3]")

    assert [one for one in found(text.replace("Pod", kind)) if one.id in OURS] == []
    assert [one for one in found(component("chip: nvidia, count: 3")) if one.id in OURS] == []


def test_objects_inside_of_applications_ask_too() -> None:
    objects = f"properties: {{objects: [{pod('huawei.com/npu: 0.5')}]}}"
    text = (
        "{apiVersion: core.oam.dev/v1beta1, kind: Application, metadata: {name: a}, spec: "
        f"{{components: [{{name: a, type: k8s-objects, {objects}}}]}}}}"
    )
    assert "VS502" in {one.id for one in found(text)}


@pytest.mark.parametrize(
    "properties",
    [
        "accelerator: 310P",
        "accelerator: {chip: 5}",
        "accelerator: []",
        "accelerator: {chip: 310P, count: 0.5}",
        "accelerator: {chip: 310P, slice: {memory: 8Gi}}",
        "accelerator: {chip: 310P, slice: [vir02]}",
    ],
)
def test_what_is_of_the_wrong_shape_is_the_schemas_matter(properties: str) -> None:
    text = component("chip: 310P").replace("accelerator: {chip: 310P}", properties)

    assert [one for one in found(text) if one.id in OURS] == []
