# SPDX-License-Identifier: Apache-2.0
"""VS318: lists whose items must differ."""

from __future__ import annotations

import pytest

from support.findings import an, messages, pod

PORTS = "spec: {{ports: [{}, {}]}}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (pod("initContainers: [{name: c}]"), "there is already a container 'c'"),
        (pod("volumes: [{name: v}, {name: v}]"), "there is already a volume 'v'"),
        (
            pod(container="volumeMounts: [{name: a, mountPath: /m}, {name: b, mountPath: /m}]"),
            "there is already a mount path '/m'",
        ),
        (
            pod(container="ports: [{name: h, containerPort: 1}, {name: h, containerPort: 2}]"),
            "there is already a port name 'h'",
        ),
        (
            pod(container="ports: [{containerPort: 1, hostPort: 9}, {hostPort: 9}]"),
            "there is already a host port '9/TCP'",
        ),
        (
            an("v1", "Service", PORTS.format("{name: a, port: 80}", "{name: a, port: 81}")),
            "there is already a port name 'a'",
        ),
        (
            an("v1", "Service", PORTS.format("{name: a, port: 80}", "{name: b, port: 80}")),
            "there is already a port '80/TCP'",
        ),
        (
            an(
                "monitoring.coreos.com/v1",
                "PrometheusRule",
                "spec: {groups: [{name: g}, {name: g}]}",
            ),
            "there is already a group 'g'",
        ),
    ],
)
def test_items_that_are_there_twice(text: str, message: str) -> None:
    assert messages("VS318", text) == [message]


@pytest.mark.parametrize(
    "text",
    [
        an(
            "v1",
            "Service",
            PORTS.format("{name: a, port: 53}", "{name: b, port: 53, protocol: UDP}"),
        ),
        pod(
            container="ports: [{containerPort: 1, hostPort: 9, hostIP: 10.0.0.1},"
            " {containerPort: 2, hostPort: 9, hostIP: 10.0.0.2}]"
        ),
        pod("volumes: [{emptyDir: {}}, {emptyDir: {}}]"),
        pod("initContainers: [{name: i, ports: [{containerPort: 1, hostPort: 9}]}]"),
    ],
)
def test_items_that_differ(text: str) -> None:
    assert messages("VS318", text) == []
