# SPDX-License-Identifier: Apache-2.0
"""VS319: variables and ports of which a pod has two."""

from __future__ import annotations

import pytest

from support.findings import messages, pod

TWO = "env: [{{name: A, value: a}}, {{name: A, {}}}]"


@pytest.mark.parametrize("second", ["value: b", "valueFrom: {}", "value: $(A)"])
def test_a_variable_hides_another(second: str) -> None:
    assert messages("VS319", pod(container=TWO.format(second))) == [
        "'A' hides the variable above it"
    ]


def test_a_variable_may_continue_another() -> None:
    assert messages("VS319", pod(container=TWO.format("value: $(A):/opt"))) == []


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ("{containerPort: 80}", "port 80/TCP is declared twice in the pod"),
        (
            "{name: http, containerPort: 81}",
            "two ports of the pod are called 'http': what asks for it gets the first",
        ),
    ],
)
def test_two_containers_declare_one_port(second: str, message: str) -> None:
    containers = (
        "containers: [{name: a, ports: [{name: http, containerPort: 80}]},"
        f" {{name: b, ports: [{second}]}}]"
    )
    text = f"{{apiVersion: v1, kind: Pod, metadata: {{name: p}}, spec: {{{containers}}}}}"

    assert messages("VS319", text) == [message]


@pytest.mark.parametrize(
    "ports",
    [
        "[{containerPort: 80}, {containerPort: 80, protocol: UDP}]",
        "[{containerPort: 80, hostIP: 10.0.0.1}, {containerPort: 80, hostIP: 10.0.0.2}]",
        "[{name: a, containerPort: 80}, {name: a, containerPort: 81}]",  # an error: VS318
        "[{name: a}, {name: b}]",
    ],
)
def test_ports_that_hide_none(ports: str) -> None:
    assert messages("VS319", pod(container=f"ports: {ports}")) == []
