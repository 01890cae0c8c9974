# SPDX-License-Identifier: Apache-2.0
"""VS326 to VS328: ports and times of probes."""

from __future__ import annotations

import pytest

from support.findings import an, deployment, messages, pod

PORTS = "ports: [{name: http, containerPort: 8080}]"


def probe(handler: str, more: str = "", ports: str = PORTS) -> str:
    return f"readinessProbe: {{{handler}, {more}}}, {ports}"


@pytest.mark.parametrize(
    ("container", "message"),
    [
        (
            probe("httpGet: {path: /, port: htpp}"),
            "the container has no port 'htpp'; did you mean 'http'?",
        ),
        (probe("tcpSocket: {port: metrics}"), "the container has no port 'metrics'"),
        (
            probe("tcpSocket: {port: '8080'}"),
            "'8080' is the name of a port, not its number: write it without quotes",
        ),
        (
            "lifecycle: {preStop: {httpGet: {path: /, port: admin}}}",
            "the container has no port 'admin'",
        ),
    ],
)
def test_names_of_ports_that_there_are_not(container: str, message: str) -> None:
    assert messages("VS326", pod(container=container)) == [message]


def test_a_number_that_is_not_declared() -> None:
    container = probe(
        "tcpSocket: {port: 8081}", ports="ports: [{containerPort: 9}, {containerPort: 8}]"
    )

    assert messages("VS327", pod(container=container)) == [
        "port 8081 is not among the container's ports: 8, 9"
    ]


@pytest.mark.parametrize(
    "container",
    [
        probe("httpGet: {path: /, port: http}"),
        probe("grpc: {port: 8080}"),
        probe("httpGet: {path: /, port: other, host: 10.0.0.1}"),
        probe("httpGet: {path: /, port: 9, host: 10.0.0.1}"),
        probe("tcpSocket: {port: 9090}", ports=""),
        probe("exec: {command: [ready]}"),
        "readinessProbe: 5",
    ],
)
def test_ports_that_can_be_asked(container: str) -> None:
    assert messages("VS326", pod(container=container)) == []
    assert messages("VS327", pod(container=container)) == []


def test_a_runtime_may_name_the_port() -> None:
    model = "model: {modelFormat: {name: onnx}, readinessProbe: {tcpSocket: {port: http}}}"
    text = an("serving.kserve.io/v1beta1", "InferenceService", f"spec: {{predictor: {{{model}}}}}")

    assert messages("VS326", text) == []


@pytest.mark.parametrize(
    ("times", "found"),
    [
        ("timeoutSeconds: 101", ["a probe may take 101 s, but one is due every 10 s"]),
        (
            "timeoutSeconds: 60, periodSeconds: 5",
            ["a probe may take 60 s, but one is due every 5 s"],
        ),
        ("timeoutSeconds: 5, periodSeconds: 1", []),
        ("timeoutSeconds: 100", []),
        ("timeoutSeconds: 0", []),
    ],
)
def test_a_timeout_far_above_the_period(times: str, found: list[str]) -> None:
    container = probe("tcpSocket: {port: 8080}", times)

    assert messages("VS328", pod(container=container)) == [
        f"{text}; are they swapped?" for text in found
    ]


def starting(budget: str, spec: str = "") -> str:
    return deployment(spec, container=f"startupProbe: {{tcpSocket: {{port: 1}}, {budget}}}")


def test_a_start_that_takes_longer_than_the_rollout() -> None:
    assert messages("VS328", starting("failureThreshold: 60, initialDelaySeconds: 5")) == [
        "the container may take 605 s to start, the roll-out fails after 600 s"
    ]


@pytest.mark.parametrize(
    "text",
    [
        starting("failureThreshold: 60"),
        starting("failureThreshold: 120", "progressDeadlineSeconds: 1800"),
        pod(container="startupProbe: {tcpSocket: {port: 1}, failureThreshold: 600}"),
        deployment(),
    ],
)
def test_a_start_within_the_rollout(text: str) -> None:
    assert messages("VS328", text) == []
