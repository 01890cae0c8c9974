# SPDX-License-Identifier: Apache-2.0
"""VS321 and VS322: fields that are refused or needed because of others."""

from __future__ import annotations

import pytest

from support.findings import an, deployment, pod, said
from velaserve_lint.targets import Targets

RBAC = "rbac.authorization.k8s.io/v1"
PROBE = "livenessProbe: {tcpSocket: {port: 1}}"


def service(spec: str) -> str:
    return an("v1", "Service", f"spec: {{ports: [{{port: 80}}], {spec}}}")


def job(spec: str) -> str:
    return an("batch/v1", "Job", f"spec: {{template: {{spec: {{}}}}, {spec}}}")


def rule(kind: str, rule: str) -> str:
    return an(RBAC, kind, f"rules: [{rule}]")


def claim(spec: str) -> str:
    return an("v1", "PersistentVolumeClaim", f"spec: {{{spec}}}")


def alert(rule: str) -> str:
    return an(
        "monitoring.coreos.com/v1", "PrometheusRule", f"spec: {{groups: [{{rules: [{rule}]}}]}}"
    )


def priority(name: str) -> str:
    return an("scheduling.k8s.io/v1", "PriorityClass", "value: 5", name)


def selecting(expression: str) -> str:
    selector = f"{{matchExpressions: [{expression}]}}"
    return an("policy/v1", "PodDisruptionBudget", f"spec: {{selector: {selector}}}")


def node_term(expression: str) -> str:
    terms = f"{{nodeSelectorTerms: [{{matchExpressions: [{expression}]}}]}}"
    when = "requiredDuringSchedulingIgnoredDuringExecution"
    return pod(f"affinity: {{nodeAffinity: {{{when}: {terms}}}}}")


NODE_VALUES = (
    "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution"
    "/nodeSelectorTerms/0/matchExpressions/0"
)


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        (node_term("{key: a, operator: Exists, values: [b]}"), f"{NODE_VALUES}/values"),
        (pod(f"initContainers: [{{name: i, {PROBE}}}]"), "/spec/initContainers/0/livenessProbe"),
        (
            pod(
                container="readinessProbe: {tcpSocket: {port: 1}, terminationGracePeriodSeconds: 5}"
            ),
            "/spec/containers/0/readinessProbe/terminationGracePeriodSeconds",
        ),
        (pod(container="restartPolicy: Never"), "/spec/containers/0/restartPolicy"),
        (pod("tolerations: [{operator: Exists, value: a}]"), "/spec/tolerations/0/value"),
        (
            pod("tolerations: [{key: a, effect: NoSchedule, tolerationSeconds: 3}]"),
            "/spec/tolerations/0/tolerationSeconds",
        ),
        (
            deployment("strategy: {type: Recreate, rollingUpdate: {}}"),
            "/spec/strategy/rollingUpdate",
        ),
        (
            deployment(pod_spec="activeDeadlineSeconds: 5"),
            "/spec/template/spec/activeDeadlineSeconds",
        ),
        (job("backoffLimitPerIndex: 1"), "/spec/backoffLimitPerIndex"),
        (job("selector: {matchLabels: {a: b}}"), "/spec/selector/matchLabels"),
        (service("externalTrafficPolicy: Local"), "/spec/externalTrafficPolicy"),
        (
            service("type: NodePort, allocateLoadBalancerNodePorts: false"),
            "/spec/allocateLoadBalancerNodePorts",
        ),
        (service("type: NodePort, clusterIP: None"), "/spec/type"),
        (
            an("v1", "Service", "spec: {ports: [{port: 80, nodePort: 30080}]}"),
            "/spec/ports/0/nodePort",
        ),
        (rule("Role", "{nonResourceURLs: [/x], verbs: [get]}"), "/rules/0/nonResourceURLs"),
        (
            rule("ClusterRole", "{nonResourceURLs: [/x], verbs: [get], resources: [pods]}"),
            "/rules/0/resources",
        ),
        (
            claim(
                "accessModes: [ReadWriteOncePod, ReadOnlyMany],"
                " resources: {requests: {storage: 1Gi}}"
            ),
            "/spec/accessModes",
        ),
        (alert("{record: a, expr: up, for: 5m}"), "/spec/groups/0/rules/0/for"),
        (priority("system-models"), "/metadata/name"),
        (
            selecting("{key: a, operator: Exists, values: [b]}"),
            "/spec/selector/matchExpressions/0/values",
        ),
        (
            an(
                "networking.k8s.io/v1",
                "NetworkPolicy",
                "spec: {egress: [{ports: [{port: http, endPort: 90}]}]}",
            ),
            "/spec/egress/0/ports/0/endPort",
        ),
    ],
)
def test_fields_that_are_refused(text: str, pointer: str) -> None:
    assert [one.pointer for one in said("VS321", text)] == [pointer]


@pytest.mark.parametrize(
    "text",
    [
        pod(f"initContainers: [{{name: i, restartPolicy: Always, {PROBE}}}]"),
        pod("tolerations: [{operator: Exists}, {key: a, effect: NoExecute, tolerationSeconds: 3}]"),
        deployment("strategy: {rollingUpdate: {maxSurge: 1}}"),
        deployment("strategy: {type: Recreate, rollingUpdate: }"),
        job("completionMode: Indexed, completions: 2, backoffLimitPerIndex: 1"),
        job("manualSelector: true, selector: {matchLabels: {a: b}}"),
        service("externalTrafficPolicy: Local, externalIPs: [10.0.0.1]"),
        service("type: LoadBalancer, externalTrafficPolicy: Local"),
        service("clusterIP: None"),
        rule("ClusterRole", "{nonResourceURLs: [/x], verbs: [get]}"),
        claim("accessModes: [ReadWriteOncePod], resources: {requests: {storage: 1Gi}}"),
        alert("{alert: a, expr: up, for: 5m}"),
        priority("models"),
        an("apps/v1", "Deployment", "spec: {strategy: {type: Recreate, rollingUpdate: {}}}"),
    ],
)
def test_fields_that_are_not_refused(text: str) -> None:
    assert said("VS321", text) == []


def test_a_restart_policy_of_containers_comes_with_kubernetes_1_35() -> None:
    text = pod(container="restartPolicy: Never")

    assert said("VS321", text, Targets(kubernetes=(1, 35))) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            an("v1", "Pod", "spec: {containers: [{name: c}]}"),
            "image is missing: every container runs one",
        ),
        (
            pod("tolerations: [{effect: NoSchedule}]"),
            "key is missing: only the operator Exists does without one",
        ),
        (
            job("completionMode: Indexed"),
            "completions is missing: an Indexed Job has a pod for each index",
        ),
        (
            an("v1", "Service", "spec: {ports: [{name: a, port: 80}, {port: 81}]}"),
            "ports[].name is missing: there are several ports",
        ),
        (
            an("v1", "Service", "spec: {type: ExternalName}"),
            "externalName is missing: it is all that the type has",
        ),
        (
            an("v1", "Service", "spec: {selector: {a: b}}"),
            "ports is missing: only headless and ExternalName services have none",
        ),
        (
            an("networking.k8s.io/v1", "Ingress", "spec: {ingressClassName: nginx}"),
            "rules is missing: there is no defaultBackend either",
        ),
        (
            an(RBAC, "ClusterRoleBinding", "subjects: [{kind: ServiceAccount, name: a}]"),
            "namespace is missing: a ClusterRoleBinding is in no namespace",
        ),
        (
            rule("Role", "{resources: [pods], verbs: [get]}"),
            "apiGroups is missing: the rule must say of what",
        ),
        (
            node_term("{key: a, operator: Gt}"),
            "values is missing: the operator compares with them",
        ),
        (
            claim("resources: {requests: {storage: 1Gi}}"),
            "accessModes is missing: a volume is claimed with at least one mode",
        ),
        (
            claim("accessModes: [ReadWriteOnce]"),
            "resources.requests.storage is missing: a volume is claimed with a size",
        ),
        (
            an("autoscaling/v2", "HorizontalPodAutoscaler", "spec: {metrics: [{type: Pods}]}"),
            "pods is missing: the metric's type is Pods",
        ),
        (
            selecting("{key: a, operator: In, values: []}"),
            "values is missing: the operator compares with them",
        ),
    ],
)
def test_fields_that_are_needed(text: str, message: str) -> None:
    assert [one.message for one in said("VS322", text)] == [message]


@pytest.mark.parametrize(
    "text",
    [
        service("selector: {a: b}"),
        an("v1", "Service", "spec: {clusterIP: None}"),
        an("v1", "Service", "spec: {type: ExternalName, externalName: a.example.com}"),
        an("networking.k8s.io/v1", "Ingress", "spec: {defaultBackend: {}}"),
        an(RBAC, "RoleBinding", "subjects: [{kind: ServiceAccount, name: a}]"),
        rule("ClusterRole", "{nonResourceURLs: [/x], verbs: [get]}"),
        rule("Role", "{apiGroups: [''], resources: [pods], verbs: [get]}"),
        selecting("{key: a, operator: Exists}"),
        an("apps/v1", "Deployment", "spec: {template: {spec: {containers: [{name: c}]}}}"),
        an("v1", "PersistentVolumeClaim", "spec: 5"),
    ],
)
def test_fields_that_are_not_needed(text: str) -> None:
    assert said("VS322", text) == []
