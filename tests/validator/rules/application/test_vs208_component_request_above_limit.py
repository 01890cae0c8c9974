# SPDX-License-Identifier: Apache-2.0
"""VS208 in all parts of a component, and with quantities as Kubernetes reads them."""

from __future__ import annotations

import pytest

from velaserve_lint import lint
from velaserve_lint.rules.examples import APPLICATION, GRAPH


@pytest.mark.parametrize(
    ("properties", "pointers"),
    [
        ("resources: {requests: {memory: 8Gi}, limits: {memory: 4Gi}}", ["/resources"]),
        ("resources: {requests: {cpu: 1500m}, limits: {cpu: 1}}", ["/resources"]),
        ("resources: {requests: {cpu: 1000m, memory: 1Gi}, limits: {cpu: 1}}", []),
        ("resources: {requests: {cpu: x}, limits: {cpu: 1}}", []),
        (
            "transformer: {image: a:1, resources: {requests: {cpu: 2}, limits: {cpu: 1}}}",
            ["/transformer/resources"],
        ),
    ],
)
def test_where_the_request_is_higher(properties: str, pointers: list[str]) -> None:
    found = lint(f"{APPLICATION}        {properties}\n").findings
    at = [
        one.pointer.removeprefix("/spec/components/0/properties")
        for one in found
        if one.id == "VS208"
    ]

    assert [pointer.rpartition("/requests/")[0] for pointer in at] == pointers


RESOURCES = "resources: {requests: {cpu: 2}, limits: {cpu: 1.5}}"
OF_A_FRAMEWORK = f"""\
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata: {{name: digits}}
spec:
  components:
    - name: digits
      type: kfserving
      properties:
        onnx: {{storageUri: "s3://models/digits", {RESOURCES}}}
"""


@pytest.mark.parametrize("text", [OF_A_FRAMEWORK, f"{GRAPH}        {RESOURCES}\n"])
def test_of_other_components(text: str) -> None:
    assert [one.id for one in lint(text).findings] == ["VS208"]
