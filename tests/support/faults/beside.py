# SPDX-License-Identifier: Apache-2.0
"""Faults in what stands beside workloads: scaling, budgets, policies, routes, roles, queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.faults.edits import (
    add,
    again,
    alter,
    at,
    both,
    drop,
    each,
    either,
    ensure,
    has,
    is_,
    lacks,
    put,
    where,
    within,
)
from support.faults.fault import kinds
from support.faults.workloads import of, swapped

if TYPE_CHECKING:
    from support.faults.fault import Change, Object

ROLES = kinds("ClusterRole", "Role")
BINDINGS = kinds("ClusterRoleBinding", "RoleBinding")
EVERY_RULE = {"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}
PEER = {"podSelector": {"matchLabels": {"a": "b"}}}
HPA, BUDGET = kinds("HorizontalPodAutoscaler"), kinds("PodDisruptionBudget")
POLICY, SERVICE, INGRESS = kinds("NetworkPolicy"), kinds("Service"), kinds("Ingress")
ROUTE = kinds("HTTPRoute")
DATA, CLAIM = kinds("ConfigMap", "Secret"), kinds("PersistentVolumeClaim")
PATH = ("spec", "rules", 0, "http", "paths", 0)
MONITORS = kinds("PodMonitor", "ServiceMonitor")
RULE = ("spec", "groups", 0, "rules", 0, "expr")


def _of_port(number: int) -> Change:
    return each(
        either(where(has("spec", "ports", 0, "name"), lambda *_: True)),
        lambda data, random: add(
            {**at(data, "spec", "ports", 0), "name": f"p{number}"}, "spec", "ports"
        )(data, random),
    )


def _is_limited(role: Object) -> bool:
    rules = role.get("rules") or ()
    return bool(rules) and not any("*" in rule.get("resources", ()) for rule in rules)


def _unmovable(budget: Object) -> Object:
    rest = {key: value for key, value in budget.items() if key != "maxUnavailable"}
    return {**rest, "minAvailable": "100%"}


def expr(query: str) -> Change:
    return put(query, *RULE)


FAULTS = (
    of(
        "VS337",
        "an HPA with more at least than at most",
        swapped("minReplicas", "maxReplicas", "spec"),
        HPA,
    ),
    of(
        "VS337",
        "a ScaledObject with more at least than at most",
        swapped("minReplicaCount", "maxReplicaCount", "spec"),
        kinds("ScaledObject"),
    ),
    of(
        "VS337",
        "a scrape longer than its interval",
        each(
            either(
                *(
                    within(
                        "spec",
                        key,
                        0,
                        then=each(ensure("10s", "interval"), ensure("30s", "scrapeTimeout")),
                    )
                    for key in ("endpoints", "podMetricsEndpoints")
                )
            )
        ),
        MONITORS,
    ),
    of("VS338", "a budget that lets no pod go", alter(_unmovable, "spec"), BUDGET),
    of(
        "VS320",
        "a budget with both numbers",
        each(ensure(1, "spec", "minAvailable"), ensure(1, "spec", "maxUnavailable")),
        BUDGET,
    ),
    of(
        "VS339",
        "a range that is none",
        put([{"from": [{"ipBlock": {"cidr": "10.0.0.0/33"}}]}], "spec", "ingress"),
        POLICY,
    ),
    of(
        "VS339",
        "a range outside the range",
        put(
            [{"from": [{"ipBlock": {"cidr": "10.0.0.0/8", "except": ["192.168.0.0/16"]}}]}],
            "spec",
            "ingress",
        ),
        POLICY,
    ),
    of("VS340", "an empty list of peers", put([{"from": []}], "spec", "ingress"), POLICY),
    of(
        "VS340",
        "one peer for two",
        put(
            [{"from": [{"namespaceSelector": {"matchLabels": {"a": "b"}}}, PEER]}],
            "spec",
            "ingress",
        ),
        POLICY,
    ),
    of(
        "VS341",
        "rules of a direction that is not meant",
        each(
            ensure(["Ingress"], "spec", "policyTypes"), ensure([{"to": [PEER]}], "spec", "egress")
        ),
        POLICY,
    ),
    of("VS318", "a Service's port twice", _of_port(1), SERVICE),
    of(
        "VS321",
        "a node's port inside",
        each(
            alter(lambda spec: {**spec, "type": "ClusterIP"}, "spec"),
            lambda data, random: (
                put(30080, "nodePort")(data["spec"]["ports"][0], random)
                if at(data, "spec", "ports", 0)
                else False
            ),
        ),
        SERVICE,
    ),
    of(
        "VS322",
        "a Service without ports",
        where(
            both(lacks("spec", "clusterIP"), lacks("spec", "externalName")), drop("spec", "ports")
        ),
        SERVICE,
    ),
    of("VS314", "a Service at port 0", within("spec", "ports", 0, then=put(0, "port")), SERVICE),
    of(
        "VS342",
        "a relative path",
        within(*PATH, then=each(ensure("Prefix", "pathType"), put("v2", "path"))),
        INGRESS,
    ),
    of(
        "VS342",
        "a host with a port",
        within("spec", "rules", 0, then=put("example.com:8080", "host")),
        INGRESS,
    ),
    of(
        "VS343",
        "a route to nobody",
        within(
            "spec", "rules", 0, then=put([{"name": "a", "port": 80, "weight": 0}], "backendRefs")
        ),
        ROUTE,
    ),
    of("VS343", "requests that come twice", again("spec", "rules", 0, "matches"), ROUTE),
    of(
        "VS343",
        "a pattern that is none",
        within(*PATH, then=each(ensure("Prefix", "pathType"), put("/v2(/|$)(.*)", "path"))),
        INGRESS,
    ),
    of("VS344", "a misspelt kind of role", put("role", "roleRef", "kind"), BINDINGS),
    of(
        "VS344",
        "a role of one namespace for all",
        put("Role", "roleRef", "kind"),
        kinds("ClusterRoleBinding"),
    ),
    of(
        "VS322",
        "an account without a namespace",
        within("subjects", 0, then=where(is_("ServiceAccount", "kind"), drop("namespace"))),
        kinds("ClusterRoleBinding"),
    ),
    of(
        "VS345",
        "everything for everybody",
        where(_is_limited, put([EVERY_RULE], "rules")),
        ROLES,
    ),
    of(
        "VS345",
        "every Secret",
        where(
            has("rules", 0),
            put([{"apiGroups": [""], "resources": ["secrets"], "verbs": ["*"]}], "rules"),
        ),
        ROLES,
    ),
    of("VS346", "a key that is a path", put("eA==", "data", "models/labels.txt"), DATA),
    of(
        "VS310",
        "a claim of no size",
        put("10GB of it", "spec", "resources", "requests", "storage"),
        CLAIM,
    ),
    of(
        "VS347",
        "a bracket too few",
        expr("sum(rate(http_requests_total[5m])"),
        kinds("PrometheusRule"),
    ),
    of(
        "VS347",
        "a misspelt function",
        expr("sum(rat(http_requests_total[5m]))"),
        kinds("PrometheusRule"),
    ),
    of("VS347", "a label without quotes", expr("up{job=a}"), kinds("PrometheusRule")),
    of("VS348", "no range", expr("sum(rate(http_requests_total))"), kinds("PrometheusRule")),
    of("VS348", "a range too many", expr("sum(up[5m])"), kinds("PrometheusRule")),
    of(
        "VS349", "a counter as it is", expr("sum(http_requests_total) > 5"), kinds("PrometheusRule")
    ),
    of(
        "VS347",
        "a trigger's query",
        within(
            "spec",
            "triggers",
            0,
            then=where(is_("prometheus", "type"), put("sum(up", "metadata", "query")),
        ),
        kinds("ScaledObject"),
    ),
)
