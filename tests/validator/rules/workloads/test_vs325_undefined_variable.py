# SPDX-License-Identifier: Apache-2.0
"""VS325: references to variables."""

from __future__ import annotations

import pytest

from support.findings import an, messages, pod

LATER = "{} is defined below: references see only what stands above"


@pytest.mark.parametrize(
    ("container", "message"),
    [
        ('args: ["--name=$(MODEL)"]', "the container has no variable MODEL"),
        ('command: ["$(BIN)/run"]', "the container has no variable BIN"),
        ('env: [{name: A, value: "$(B)/x"}]', "the container has no variable B"),
        ('env: [{name: A, value: "$(B)"}, {name: B, value: b}]', LATER.format("B")),
        # although B may come from the ConfigMap, that of the list is meant
        (
            'envFrom: [{configMapRef: {name: c}}], env: [{name: A, value: "$(B)"}, {name: B}]',
            LATER.format("B"),
        ),
    ],
)
def test_references_that_stay_as_they_are(container: str, message: str) -> None:
    assert messages("VS325", pod(container=container)) == [message]


@pytest.mark.parametrize(
    "container",
    [
        'env: [{name: A, value: a}, {name: B, value: "$(A)/b"}], args: ["$(B)", "$(A)"]',
        'args: ["$$(MODEL)", "$MODEL", "$(hostname)", "$(date +%s)", "$()"]',
        'envFrom: [{configMapRef: {name: c}}], args: ["$(MODEL)"]',
        'args: ["$(KUBERNETES_SERVICE_HOST):$(REDIS_PORT_6379_TCP_PORT)"]',
        'env: [{name: PATH, value: "/opt:$(PATH)"}]',
        "args: 5",
    ],
)
def test_references_that_are_replaced_or_mean_something_else(container: str) -> None:
    assert messages("VS325", pod(container=container)) == []


def test_a_runtime_may_define_more() -> None:
    model = 'model: {modelFormat: {name: onnx}, args: ["$(MODEL)"]}'
    text = an("serving.kserve.io/v1beta1", "InferenceService", f"spec: {{predictor: {{{model}}}}}")

    assert messages("VS325", text) == []
