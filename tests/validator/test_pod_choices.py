# SPDX-License-Identifier: Apache-2.0
"""What KServe takes in a pod, and Kubernetes would refuse."""

from __future__ import annotations

import pytest

from support.lint_findings import of
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, SERVING_RUNTIME, but

AT = "/spec/predictor"


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("TCP", "tcp", [f"near {AT}/model/ports/0/protocol"]),
        (
            "httpGet: {",
            "httpGet: {scheme: https, ",
            [f"near {AT}/model/readinessProbe/httpGet/scheme"],
        ),
        ("minReplicas: 2", "dnsPolicy: First", [f"choice {AT}/dnsPolicy"]),
        (
            "minReplicas: 2",
            "deploymentStrategy: {type: Rolling}",
            [f"near {AT}/deploymentStrategy/type"],
        ),
        ("minReplicas: 2", "dnsPolicy: 5", []),
        ("minReplicas: 2", "dnsPolicy: $(POLICY)", []),
    ],
)
def test_choices_of_a_pod(old: str, new: str, wanted: list[str]) -> None:
    assert of("VS404", but(INFERENCE_SERVICE, old, new)) == wanted


def test_choices_of_a_runtime() -> None:
    text = but(SERVING_RUNTIME, "TCP", "tcp")

    assert of("VS404", text) == ["near /spec/containers/0/ports/0/protocol"]
