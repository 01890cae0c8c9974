# SPDX-License-Identifier: Apache-2.0
"""VS356-VS361: selectors, and the ports of what they select."""

from __future__ import annotations

import pytest

from support.lint_run import found, found_in
from velaserve_lint.rules.example_manifests import DEPLOYMENT, INFERENCE_SERVICE, but
from velaserve_lint.rules.relations.examples import (
    BUDGET,
    INGRESS,
    LETTERS,
    MONITOR,
    POLICY,
    SERVICE,
    together,
)

POD_MONITOR = MONITOR.replace("ServiceMonitor", "PodMonitor").replace(
    "endpoints", "podMetricsEndpoints"
)
ROUTE = (
    "{{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {{name: r}},"
    " spec: {{rules: [{{backendRefs: [{{name: digits, port: {}}}]}}]}}}}"
)
TARGET = ", targetPort: http"


@pytest.mark.parametrize("text", [SERVICE, BUDGET, POLICY, POD_MONITOR])
def test_a_misspelt_label_is_found_in_each_kind(text: str) -> None:
    kind = text.partition("kind: ")[2].partition("\n")[0]
    wrong = text.replace("app: digits}", "app: digist}")

    assert found("VS356", DEPLOYMENT, wrong)[0] == (
        f"warning: {kind} 'digits' selects nothing in this run; did you mean 'app: digits'?"
    )


def test_a_monitor_selects_services() -> None:
    wrong = MONITOR.replace("app: digits}", "app: digist}")

    assert len(found("VS356", DEPLOYMENT, SERVICE, wrong)) == 1
    assert found("VS356", DEPLOYMENT, wrong) == []


def test_a_misspelt_peer_of_a_policy() -> None:
    wrong = but(
        POLICY,
        "        - podSelector:\n            matchLabels: {app: digits}\n",
        "        - podSelector:\n            matchLabels: {app: lettres}\n",
    )
    elsewhere = wrong.replace(
        "        - podSelector:\n",
        "        - namespaceSelector: {matchLabels: {a: b}}\n          podSelector:\n",
        1,
    )

    assert len(found("VS356", DEPLOYMENT, LETTERS, wrong)) == 1
    assert found("VS356", DEPLOYMENT, LETTERS, elsewhere) == []


def test_pods_of_a_model_have_the_labels_that_kserve_gives() -> None:
    budget = but(BUDGET, "app: digits", "app: isvc.digist-predictor")
    right = but(BUDGET, "app: digits", "app: isvc.digits-predictor")

    assert len(found("VS356", INFERENCE_SERVICE, budget)) == 1
    assert found("VS356", INFERENCE_SERVICE, right) == []
    assert found("VS357", INFERENCE_SERVICE, right) == []


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.yaml": together(DEPLOYMENT, SERVICE.replace("app: digits}", "app: web}"))}, 1),
        ({"a.yaml": DEPLOYMENT, "b.yaml": SERVICE.replace("app: digits}", "app: web}")}, 1),
        ({"a/a.yaml": DEPLOYMENT, "b/b.yaml": SERVICE.replace("app: digits}", "app: web}")}, 0),
        ({"a/a.yaml": DEPLOYMENT, "b/b.yaml": together(LETTERS, SERVICE)}, 0),
        ({"a.yaml": SERVICE}, 0),
        ({"a.yaml": together(DEPLOYMENT, but(SERVICE, "{app: digits}\n  p", "{}\n  p"))}, 0),
        (
            {
                "a.yaml": together(
                    DEPLOYMENT, but(SERVICE, "{app: digits}\n  p", "{job-name: x}\n  p")
                )
            },
            0,
        ),
    ],
)
def test_a_selector_beside_pods_that_selects_none(files: dict[str, str], said: int) -> None:
    assert len(found_in("VS357", files)) == said


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (", targetPort: http", ""),
        (", targetPort: 8080", ""),
        ("", "warning"),
        (", targetPort: web", "warning"),
        (", targetPort: 8081", "info"),
        (", targetPort: '8080'", ""),
        (", targetPort: [8080]", ""),
    ],
)
def test_a_service_sends_to_a_port_of_its_pods(target: str, said: str) -> None:
    findings = found("VS358", DEPLOYMENT, but(SERVICE, TARGET, target))

    assert [one.partition(":")[0] for one in findings] == [said] * bool(said)


@pytest.mark.parametrize(
    "pods",
    [
        but(DEPLOYMENT, "          ports:\n            - {name: http, containerPort: 8080}\n", ""),
        together(DEPLOYMENT, DEPLOYMENT.replace("containerPort: 8080", "containerPort: 80")),
    ],
)
def test_pods_may_have_ports_that_they_do_not_say(pods: str) -> None:
    assert found("VS358", pods, but(SERVICE, TARGET, "")) == []


def test_the_runtime_of_a_model_may_have_further_ports() -> None:
    labelled = but(
        INFERENCE_SERVICE, "  annotations:\n", "  labels: {tier: model}\n  annotations:\n"
    )
    service = but(SERVICE, "selector: {app: digits}", "selector: {tier: model}")

    assert found("VS358", labelled, but(service, TARGET, "")) == []
    assert found("VS357", labelled, service) == []


def test_a_name_that_no_pod_says_is_none() -> None:
    silent = but(
        DEPLOYMENT, "          ports:\n            - {name: http, containerPort: 8080}\n", ""
    )

    assert found("VS358", silent, SERVICE) == [
        "warning: Service 'digits' sends to port http, but its pods declare: none"
    ]


def test_sidecars_have_ports_and_other_init_containers_have_none() -> None:
    init = (
        "initContainers: [{{name: i, image: registry.example.com/i:1.0.0{}, "
        "ports: [{{name: web, containerPort: 81}}]}}]\n      containers:"
    )
    service = but(SERVICE, "http}", "web}")

    sidecar = but(DEPLOYMENT, "containers:", init.format(", restartPolicy: Always"))
    assert found("VS358", sidecar, service) == []
    assert len(found("VS358", but(DEPLOYMENT, "containers:", init.format("")), service)) == 1


def test_a_patch_may_add_the_port() -> None:
    files = {
        "base/a.yaml": together(DEPLOYMENT, but(SERVICE, "http}", "admin}")),
        "prod/patch.yaml": DEPLOYMENT.replace("name: http", "name: admin"),
    }
    assert found_in("VS358", files) == []
    assert len(found_in("VS358", {"base/a.yaml": files["base/a.yaml"]})) == 1


@pytest.mark.parametrize(
    ("route", "said"),
    [
        (INGRESS, 0),
        (but(INGRESS, "number: 80", "number: 8080"), 1),
        (but(INGRESS, "number: 80", "name: http"), 0),
        (but(INGRESS, "number: 80", "name: grpc"), 1),
        (
            but(
                INGRESS, "name: digits\n                port", "name: letters\n                port"
            ),
            0,
        ),
        (ROUTE.format(80), 0),
        (ROUTE.format(8080), 1),
        (ROUTE.format("x"), 1),
        (ROUTE.format("[]"), 0),
    ],
)
def test_a_route_leads_to_a_port_of_the_service(route: str, said: int) -> None:
    assert len(found("VS359", DEPLOYMENT, SERVICE, route)) == said


def test_a_service_that_says_no_ports_is_not_judged() -> None:
    service = but(SERVICE, "  ports:\n    - {name: http, port: 80, targetPort: http}\n", "")

    for route in (ROUTE.format(8080), but(INGRESS, "number: 80", "name: http")):
        assert found("VS359", DEPLOYMENT, service, route) == []


@pytest.mark.parametrize(
    ("monitor", "said"),
    [
        (MONITOR, 0),
        (but(MONITOR, "port: http", "port: metrics"), 1),
        (but(MONITOR, "port: http", "targetPort: 8080"), 0),
        (POD_MONITOR, 0),
        (but(POD_MONITOR, "port: http", "port: metrics"), 1),
    ],
)
def test_a_monitor_names_a_port(monitor: str, said: int) -> None:
    assert len(found("VS360", DEPLOYMENT, SERVICE, monitor)) == said


@pytest.mark.parametrize(
    ("selector", "said"),
    [("any: true", 1), ("matchNames: [shop]", 1), ("matchNames: [bank]", 0), ("{}", 0)],
)
def test_a_monitor_may_look_into_other_namespaces(selector: str, said: int) -> None:
    service = but(SERVICE, "  name: digits\n", "  name: digits\n  namespace: shop\n")
    monitor = but(MONITOR, "  name: digits\n", "  name: digits\n  namespace: monitoring\n")
    monitor = but(monitor, "port: http", "port: metrics")
    monitor = but(monitor, "spec:\n", f"spec:\n  namespaceSelector: {{{selector.strip('{}')}}}\n")

    assert len(found("VS360", service, monitor)) == said


@pytest.mark.parametrize(
    ("port", "said"),
    [
        ("8080", ""),
        ("80", "warning"),
        ("9090", "info"),
        ("http", ""),
        ("web", "warning"),
        ("8000, endPort: 9000", ""),
    ],
)
def test_a_policy_opens_ports_of_pods(port: str, said: str) -> None:
    findings = found("VS361", DEPLOYMENT, SERVICE, but(POLICY, "port: 8080", f"port: {port}"))

    assert [one.partition(":")[0] for one in findings] == [said] * bool(said)


def test_a_number_may_be_that_of_a_service_of_other_pods() -> None:
    service = SERVICE.replace("digits", "letters")
    (said,) = found("VS361", DEPLOYMENT, LETTERS, service, but(POLICY, "port: 8080", "port: 80"))

    assert said.startswith("info: ")


@pytest.mark.parametrize("labels", ["{app: 7}", "{app: [digits]}", "{other: 7, app: letters}"])
def test_labels_of_the_wrong_type_are_not_judged(labels: str) -> None:
    pods = but(DEPLOYMENT, "labels: {app: digits}\n    spec", f"labels: {labels}\n    spec")

    assert found("VS356", pods, SERVICE) == found("VS357", pods, SERVICE) == []
