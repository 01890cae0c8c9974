# SPDX-License-Identifier: Apache-2.0
"""VS337 to VS346: what stands beside workloads."""

from __future__ import annotations

import pytest

from support.findings import an, messages, pod, said

NETWORKING, RBAC = "networking.k8s.io/v1", "rbac.authorization.k8s.io/v1"


def autoscaler(spec: str) -> str:
    return an("autoscaling/v2", "HorizontalPodAutoscaler", f"spec: {{{spec}}}")


def monitor(endpoint: str) -> str:
    spec = f"spec: {{endpoints: [{{{endpoint}}}]}}"
    return an("monitoring.coreos.com/v1", "ServiceMonitor", spec)


def budget(spec: str) -> str:
    return an("policy/v1", "PodDisruptionBudget", f"spec: {{{spec}}}")


def policy(spec: str) -> str:
    return an(NETWORKING, "NetworkPolicy", f"spec: {{podSelector: {{}}, {spec}}}")


def block(cidr: str, *exceptions: str) -> str:
    listed = ", ".join(exceptions)
    return policy(f"egress: [{{to: [{{ipBlock: {{cidr: '{cidr}', except: [{listed}]}}}}]}}]")


def ingress(path: str, kind: str = "Prefix", host: str = "a.example.com") -> str:
    http = f"http: {{paths: [{{path: '{path}', pathType: {kind}}}]}}"
    return an(NETWORKING, "Ingress", f"spec: {{rules: [{{host: '{host}', {http}}}]}}")


def route(rules: str) -> str:
    return an("gateway.networking.k8s.io/v1", "HTTPRoute", f"spec: {{rules: [{rules}]}}")


def role(rule: str) -> str:
    return an(RBAC, "ClusterRole", f"rules: [{rule}]")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            autoscaler("minReplicas: 3, maxReplicas: 2"),
            "minReplicas is 3, which does not fit below maxReplicas: 2",
        ),
        (
            an("apps/v1", "Deployment", "spec: {minReadySeconds: 60, progressDeadlineSeconds: 60}"),
            "minReadySeconds is 60, which does not fit below progressDeadlineSeconds: 60",
        ),
        (
            monitor("interval: 10s, scrapeTimeout: 1m"),
            "scrapeTimeout is 1m, which does not fit below interval: 10s",
        ),
        (
            policy("ingress: [{ports: [{port: 90, endPort: 80}]}]"),
            "port is 90, which does not fit below endPort: 80",
        ),
    ],
)
def test_bounds_that_are_crossed(text: str, message: str) -> None:
    assert messages("VS337", text) == [message]


@pytest.mark.parametrize(
    "text",
    [
        autoscaler("minReplicas: 2, maxReplicas: 2"),
        autoscaler("maxReplicas: 2"),
        monitor("interval: 1m30s, scrapeTimeout: 90s"),
        monitor("interval: often, scrapeTimeout: 90s"),
        autoscaler("minReplicas: many, maxReplicas: 2"),
    ],
)
def test_bounds_that_fit(text: str) -> None:
    assert said("VS337", text) == []


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        ("maxUnavailable: 0", "maxUnavailable 0"),
        ("maxUnavailable: 0%", "maxUnavailable 0%"),
        ("minAvailable: 100%", "minAvailable 100%"),
    ],
)
def test_budgets_that_let_no_pod_go(spec: str, found: str) -> None:
    assert messages("VS338", budget(spec)) == [f"{found} lets no pod be evicted"]


@pytest.mark.parametrize("spec", ["maxUnavailable: 1", "minAvailable: 99%", "minAvailable: 100"])
def test_budgets_that_let_pods_go(spec: str) -> None:
    assert said("VS338", budget(spec)) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (block("10.0.0.1"), "'10.0.0.1' is no range of addresses; write one as 10.0.0.0/8"),
        (block("10.0.0.0/33"), "'10.0.0.0/33' is no range of addresses; write one as 10.0.0.0/8"),
        (block("10.0.0.0/8", "11.0.0.0/16"), "11.0.0.0/16 is no part of 10.0.0.0/8"),
        (block("10.0.0.0/8", "10.0.0.0/8"), "10.0.0.0/8 is no part of 10.0.0.0/8"),
        (block("0.0.0.0/0", "'fd00::/8'"), "fd00::/8 is no part of 0.0.0.0/0"),
        (
            an("v1", "Service", "spec: {loadBalancerSourceRanges: [everywhere]}"),
            "'everywhere' is no range of addresses; write one as 10.0.0.0/8",
        ),
    ],
)
def test_wrong_ranges(text: str, message: str) -> None:
    assert messages("VS339", text) == [message]


@pytest.mark.parametrize(
    "text",
    [
        block("10.1.2.3/8", "10.2.0.0/16"),
        block("::/0", "'fd00::/8'"),
        block("0.0.0.0/0", "10.0.0.0/8", "192.168.0.0/16"),
        block("${CIDR}"),
    ],
)
def test_right_ranges(text: str) -> None:
    assert said("VS339", text) == []


NAMESPACE, POD = "{namespaceSelector: {}}", "{podSelector: {}}"
EITHER = "all of these namespaces, or these pods of its own: did you mean one item with both?"


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        (f"ingress: [{{from: [{NAMESPACE}, {POD}]}}]", EITHER),
        (f"egress: [{{to: [{NAMESPACE}, {POD}]}}]", EITHER),
        ("ingress: [{from: []}]", "an empty list means everybody, not nobody"),
        (
            f"ingress: [{{from: [{POD}], ports: []}}]",
            "an empty list means all ports, not none",
        ),
    ],
)
def test_policies_that_are_wider_than_they_look(spec: str, message: str) -> None:
    assert messages("VS340", policy(spec)) == [message]


@pytest.mark.parametrize(
    "spec",
    [
        "ingress: [{from: [{namespaceSelector: {}, podSelector: {}}]}]",
        f"ingress: [{{from: [{{ipBlock: {{cidr: 10.0.0.0/8}}}}, {NAMESPACE}, {POD}]}}]",
        f"ingress: [{{from: [{POD}, {NAMESPACE}]}}]",
        "ingress: []",
        "ingress: [{}]",
    ],
)
def test_policies_that_mean_what_they_say(spec: str) -> None:
    assert said("VS340", policy(spec)) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            policy("policyTypes: [Ingress], egress: [{}]"),
            "egress rules count only where policyTypes names their direction",
        ),
        (
            pod("topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone}]"),
            "without a labelSelector it counts no pods",
        ),
    ],
)
def test_parts_without_effect(text: str, message: str) -> None:
    assert messages("VS341", text) == [message]


@pytest.mark.parametrize(
    "text",
    [
        policy("egress: [{}]"),
        policy("policyTypes: [Ingress, Egress], egress: [{}]"),
        policy("policyTypes: [Ingress], egress: []"),
        pod("topologySpreadConstraints: [{labelSelector: {matchLabels: {a: b}}}]"),
    ],
)
def test_parts_with_effect(text: str) -> None:
    assert said("VS341", text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ingress("v2"), "a path begins with '/', found 'v2'"),
        (ingress(""), "a path begins with '/', found ''"),
        (ingress("/a//b"), "a path cannot have '//' there"),
        (ingress("/a/.."), "a path cannot have '/..' there"),
        (ingress("/", host="10.0.0.1"), "'10.0.0.1' is no host name"),
        (ingress("/", host="a.example.com:80"), "'a.example.com:80' is no host name"),
        (ingress("/", host="a.*.com"), "'a.*.com' is no host name"),
    ],
)
def test_wrong_addresses(text: str, message: str) -> None:
    assert messages("VS342", text) == [message]


@pytest.mark.parametrize(
    "text",
    [
        ingress("/", host="*.example.com"),
        ingress("", "ImplementationSpecific"),
        ingress("/a//(.*)", "ImplementationSpecific"),
        ingress("/v2", host="${HOST}"),
    ],
)
def test_right_addresses(text: str) -> None:
    assert said("VS342", text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            route("{backendRefs: [{name: a, weight: 0}, {name: b, weight: 0}]}"),
            "all weights are 0: every request fails",
        ),
        (
            route("{matches: [{path: {value: /a}}]}, {matches: [{path: {value: /a}}]}"),
            "another rule takes these requests",
        ),
        (
            ingress("/v2(/|$)(.*)"),
            "this type of path is no pattern: requests must have these very characters",
        ),
    ],
)
def test_dead_routes(text: str, message: str) -> None:
    assert messages("VS343", text) == [message]


@pytest.mark.parametrize(
    "text",
    [
        route("{backendRefs: [{name: a, weight: 0}, {name: b}]}, {backendRefs: []}"),
        route("{matches: [{path: {value: /a}}]}, {matches: [{path: {value: /b}}, {}]}"),
        ingress("/v2(/|$)(.*)", "ImplementationSpecific"),
        ingress("/v2.0/models"),
    ],
)
def test_routes_that_lead_somewhere(text: str) -> None:
    assert said("VS343", text) == []


SUBJECT = "subjects: [{kind: ServiceAccount, name: a, namespace: b}]"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            an(RBAC, "ClusterRoleBinding", f"roleRef: {{kind: Role, name: r}}, {SUBJECT}"),
            "roleRef.kind of a ClusterRoleBinding cannot be 'Role'; possible: ClusterRole",
        ),
        (
            an(RBAC, "RoleBinding", "roleRef: {apiGroup: rbac, kind: Role}"),
            "roleRef.apiGroup of a RoleBinding cannot be 'rbac'; "
            "possible: rbac.authorization.k8s.io",
        ),
        (
            an(RBAC, "RoleBinding", "subjects: [{kind: serviceaccount, name: a}]"),
            "kind of a RoleBinding cannot be 'serviceaccount'; "
            "possible: ServiceAccount, User, Group",
        ),
    ],
)
def test_wrong_references(text: str, message: str) -> None:
    assert messages("VS344", text) == [message]


@pytest.mark.parametrize(
    "text",
    [
        an(RBAC, "RoleBinding", f"roleRef: {{kind: ClusterRole, name: r}}, {SUBJECT}"),
        an(RBAC, "RoleBinding", "subjects: [{kind: User, name: a}, {kind: ServiceAccount}]"),
    ],
)
def test_right_references(text: str) -> None:
    assert said("VS344", text) == []


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            "{apiGroups: ['*'], resources: ['*'], verbs: [get, list]}",
            "get, list on every resource, secrets too",
        ),
        (
            "{apiGroups: [''], resources: [secrets, pods], verbs: ['*']}",
            "everything may be done with pods, secrets",
        ),
    ],
)
def test_roles_without_limits(rule: str, message: str) -> None:
    assert messages("VS345", role(rule)) == [message]


@pytest.mark.parametrize(
    "rule",
    [
        "{apiGroups: [serving.kserve.io], resources: ['*'], verbs: ['*']}",
        "{apiGroups: [''], resources: [secrets], verbs: [get]}",
        "{apiGroups: [''], resources: [configmaps], verbs: ['*']}",
        "{nonResourceURLs: ['*'], verbs: [get]}",
    ],
)
def test_roles_with_limits(rule: str) -> None:
    assert said("VS345", role(rule)) == []


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ("data: {a/b: x}", "/data/a~1b"),
        ("data: {..: x}", "/data/.."),
        ("binaryData: {'a b': eA==}", "/binaryData/a b"),
        ("data: {a: x}, binaryData: {a: eA==}", "/binaryData/a"),
        (f"data: {{a: {'x' * (2**20 + 1)}}}", "/data"),
    ],
)
def test_wrong_data(body: str, pointer: str) -> None:
    assert [one.pointer for one in said("VS346", an("v1", "ConfigMap", body))] == [pointer]


@pytest.mark.parametrize(
    "body", ["data: {a.b-c_D: x}", f"data: {{a: {'x' * 2**20}}}", "data: 5", "immutable: true"]
)
def test_right_data(body: str) -> None:
    assert said("VS346", an("v1", "ConfigMap", body)) == []
