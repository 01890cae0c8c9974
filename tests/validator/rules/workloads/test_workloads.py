# SPDX-License-Identifier: Apache-2.0
"""VS331, VS332, VS333 and VS336: Deployments and their like."""

from __future__ import annotations

import pytest

from support.findings import an, deployment, messages, said


def a_set(kind: str, spec: str) -> str:
    return an("apps/v1", kind, f"spec: {{selector: {{}}, {spec}}}")


def selecting(selector: str) -> str:
    template = "template: {metadata: {labels: {a: b, n: 1}}}"
    return an("apps/v1", "Deployment", f"spec: {{selector: {selector}, {template}}}")


@pytest.mark.parametrize(
    ("selector", "wanted"),
    [
        ("{matchLabels: {a: c}}", "a=c"),
        ("{matchLabels: {c: d}}", "c=d"),
        ("{matchExpressions: [{key: a, operator: In, values: [c, d]}]}", "a In c,d"),
        ("{matchExpressions: [{key: c, operator: Exists}]}", "c Exists"),
        ("{matchExpressions: [{key: a, operator: DoesNotExist}]}", "a DoesNotExist"),
        ("{matchExpressions: [{key: a, operator: NotIn, values: [b]}]}", "a NotIn b"),
    ],
)
def test_a_selector_that_the_template_does_not_meet(selector: str, wanted: str) -> None:
    assert messages("VS331", selecting(selector)) == [
        f"the selector asks for {wanted}, which the template's labels do not meet"
    ]


@pytest.mark.parametrize("selector", ["{}", "{matchLabels: {}}"])
def test_an_empty_selector(selector: str) -> None:
    assert messages("VS331", selecting(selector)) == [
        "the selector is empty: it must name its pods"
    ]


@pytest.mark.parametrize(
    "selector",
    [
        "{matchLabels: {a: b}}",
        "{matchExpressions: [{key: a, operator: In, values: [b]}, {key: c, operator: NotIn}]}",
        "{matchLabels: {n: 1}}",  # of the wrong type, which is another rule's matter
        "5",
        "",
    ],
)
def test_a_selector_that_the_template_meets(selector: str) -> None:
    assert said("VS331", selecting(selector)) == []


def rolling(kind: str, update: str) -> str:
    strategy = "strategy" if kind == "Deployment" else "updateStrategy"
    return a_set(kind, f"{strategy}: {{rollingUpdate: {update}}}")


STUCK = "no pod may be missing and none too many: nothing can be replaced"


@pytest.mark.parametrize(
    ("kind", "update", "message"),
    [
        ("Deployment", "{maxSurge: 0, maxUnavailable: 0}", STUCK),
        ("Deployment", "{maxSurge: 0%, maxUnavailable: 0}", STUCK),
        ("DaemonSet", "{maxUnavailable: 0}", STUCK),
        ("StatefulSet", "{maxUnavailable: 0}", STUCK),
        (
            "DaemonSet",
            "{maxSurge: 1}",
            "a DaemonSet's pods may be missing or too many, not both: set maxUnavailable to 0",
        ),
        ("Deployment", "{maxUnavailable: 200%}", "200% is more than all pods"),
        ("Deployment", "{maxSurge: some}", "'some' is neither a number nor a percentage"),
        ("Deployment", "{maxSurge: '1'}", "'1' is neither a number nor a percentage"),
    ],
)
def test_updates_that_cannot_go_on(kind: str, update: str, message: str) -> None:
    assert messages("VS332", rolling(kind, update)) == [message]


@pytest.mark.parametrize(
    ("kind", "update"),
    [
        ("Deployment", "{maxSurge: 0}"),
        ("Deployment", "{maxUnavailable: 0}"),
        ("Deployment", "{maxSurge: 200%}"),
        ("DaemonSet", "{maxSurge: 1, maxUnavailable: 0}"),
        ("StatefulSet", "{partition: 2}"),
        ("Deployment", ""),
    ],
)
def test_updates_that_go_on(kind: str, update: str) -> None:
    assert said("VS332", rolling(kind, update)) == []


def job(policy: str, more: str = "") -> str:
    return an(
        "batch/v1", "Job", f"spec: {{{more} template: {{spec: {{containers: [], {policy}}}}}}}"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (job(""), "a Job needs a restartPolicy: Never / OnFailure"),
        (
            job("restartPolicy: Always"),
            "the restartPolicy of a Job is Never / OnFailure, found Always",
        ),
        (
            job("restartPolicy: OnFailure", "podFailurePolicy: {rules: []},"),
            "the restartPolicy of a Job is Never, found OnFailure",
        ),
        (
            deployment(pod_spec="restartPolicy: Never"),
            "the restartPolicy of a Deployment is Always, found Never",
        ),
    ],
)
def test_restart_policies_that_a_kind_does_not_take(text: str, message: str) -> None:
    assert messages("VS333", text) == [message]


@pytest.mark.parametrize(
    "text",
    [
        job("restartPolicy: Never"),
        deployment(pod_spec="restartPolicy: Always"),
        deployment(),
        an("v1", "Pod", "spec: {restartPolicy: OnFailure}"),
        an("batch/v1", "Job", "spec: {template: 5}"),
    ],
)
def test_restart_policies_that_a_kind_takes(text: str) -> None:
    assert said("VS333", text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            deployment("replicas: 2", container="ports: [{containerPort: 1, hostPort: 9}]"),
            "2 pods want port 9 of their node",
        ),
        (
            deployment("replicas: 3", "hostNetwork: true", "ports: [{containerPort: 1}]"),
            "3 pods use their node's network, and its port 1",
        ),
    ],
)
def test_replicas_that_share_a_port_of_a_node(text: str, message: str) -> None:
    assert messages("VS336", text) == [message]


@pytest.mark.parametrize(
    "text",
    [
        deployment("replicas: 1", container="ports: [{containerPort: 1, hostPort: 9}]"),
        deployment("replicas: 2", container="ports: [{containerPort: 1}]"),
        deployment("replicas: 2", "hostNetwork: true"),
        deployment(container="ports: [{containerPort: 1, hostPort: 9}]"),
    ],
)
def test_ports_of_a_node_that_nobody_shares(text: str) -> None:
    assert said("VS336", text) == []
