# SPDX-License-Identifier: Apache-2.0
"""W19: graphs."""

from __future__ import annotations

import pytest

from support.lint_findings import of

AT = "/spec/nodes/root"


def graph(nodes: str, name: str = "a") -> list[str]:
    head = "apiVersion: serving.kserve.io/v1alpha1, kind: InferenceGraph"
    return of("VS429", f"{{{head}, metadata: {{name: {name}}}, spec: {{nodes: {nodes}}}}}")


def root(*steps: str, router: str = "Sequence") -> str:
    listed = ", ".join(f"{{{step}}}" for step in steps)
    return f"{{root: {{routerType: {router}, steps: [{listed}]}}}}"


@pytest.mark.parametrize(("name", "count"), [("a-1", 0), ("a.b", 1), ("1a", 1), ("''", 0)])
def test_name(name: str, count: int) -> None:
    assert len(graph(root("serviceName: a"), name)) == count


@pytest.mark.parametrize(
    ("nodes", "wanted"),
    [
        (root("serviceName: a"), []),
        ("{}", ["root /spec/nodes"]),
        ("{other: {routerType: Sequence}}", ["root /spec/nodes"]),
        ("[]", []),
        ("{root: 1}", []),
        (
            root("serviceName: a, name: x", "serviceName: b, name: x"),
            [f"duplicate {AT}/steps/1/name"],
        ),
        (root("serviceName: a, name: x", "serviceName: b, name: y"), []),
        (root("serviceName: a", "serviceName: b"), []),
        (root("name: x"), [f"none {AT}/steps/0"]),
        (root("serviceName: ''"), [f"none {AT}/steps/0"]),
        (root("serviceName: a, nodeName: b"), [f"several {AT}/steps/0/nodeName"]),
        (root("serviceUrl: a, serviceName: b"), [f"several {AT}/steps/0/serviceUrl"]),
        (root("serviceName: 1"), []),
    ],
)
def test_nodes_and_targets(nodes: str, wanted: list[str]) -> None:
    assert graph(nodes) == wanted


@pytest.mark.parametrize(
    ("weights", "wanted"),
    [
        (["weight: 100"], []),
        (["weight: 60", "weight: 40"], []),
        (["weight: 60", "weight: 30"], [f"sum {AT}/steps"]),
        (["weight: 60", "condition: x"], [f"weight {AT}/steps/1"]),
        (["weight: 60", "weight: '40'"], []),
    ],
)
def test_weights_of_a_splitter(weights: list[str], wanted: list[str]) -> None:
    steps = [f"serviceName: a, {weight}" for weight in weights]

    assert graph(root(*steps, router="Splitter")) == wanted
    assert graph(root(*steps, router="Ensemble")) == []


def test_a_splitter_without_steps() -> None:
    assert graph("{root: {routerType: Splitter, steps: []}}") == [f"sum {AT}/steps"]
