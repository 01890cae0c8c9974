# SPDX-License-Identifier: Apache-2.0
"""Of services, routes and policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rules.objects.clauses.clause import (
    Clause,
    both,
    has_no,
    is_none,
    is_one,
)
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.cursor import Cursor

_INSIDE = Text("the type ClusterIP is reached from inside only", "ClusterIP 类型只能从集群内访问")
_NO_BALANCER = Text("the type is not LoadBalancer", "类型不是 LoadBalancer")
_ONLY_A_NAME = Text("the type ExternalName is a name only", "ExternalName 类型只是一个名称")
_HEADLESS = Text(
    "clusterIP is None: nothing leads to the pods", "clusterIP 为 None：没有通往 Pod 的入口"
)
_NO_AFFINITY = Text("sessionAffinity is None", "sessionAffinity 为 None")
_NUMBER = Text("the range begins at a port that is no number", "范围的起始端口不是数字")

_CLUSTER_IP = is_one("type", "", "ClusterIP")
_NAME = is_one("type", "ExternalName")


def _has_several_ports(spec: Cursor) -> bool:
    return len(list(spec.at("ports").items())) > 1


def _has_no_number(port: Cursor) -> bool:
    return port.at("port").number is None


REFUSED: Mapping[str, tuple[Clause, ...]] = {
    "NetworkPolicy": tuple(
        Clause(f"spec.{rules}[].ports[]", "endPort", _NUMBER, _has_no_number)
        for rules in ("ingress", "egress")
    ),
    "Service": (
        Clause("spec", "ports[].nodePort", _INSIDE, _CLUSTER_IP),
        Clause("spec", "externalTrafficPolicy", _INSIDE, both(_CLUSTER_IP, has_no("externalIPs"))),
        *(
            Clause("spec", field, _NO_BALANCER, is_none("type", "LoadBalancer"))
            for field in (
                *("loadBalancerSourceRanges", "loadBalancerClass"),
                "allocateLoadBalancerNodePorts",
            )
        ),
        *(
            Clause("spec", field, _ONLY_A_NAME, _NAME)
            for field in ("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy")
        ),
        Clause(
            "spec",
            "type",
            _HEADLESS,
            both(is_one("clusterIP", "None"), is_one("type", "NodePort", "LoadBalancer")),
        ),
        Clause(
            "spec", "sessionAffinityConfig", _NO_AFFINITY, is_one("sessionAffinity", "", "None")
        ),
    ),
}
NEEDED: Mapping[str, tuple[Clause, ...]] = {
    "Ingress": (
        Clause(
            "spec",
            "rules",
            Text("there is no defaultBackend either", "也没有 defaultBackend"),
            has_no("defaultBackend"),
        ),
    ),
    "Service": (
        Clause(
            "spec",
            "ports",
            Text(
                "only headless and ExternalName services have none",
                "只有无头或 ExternalName 服务可以没有",
            ),
            both(is_none("clusterIP", "None"), is_none("type", "ExternalName")),
        ),
        Clause(
            "spec",
            "ports[].name",
            Text("there are several ports", "有多个端口"),
            _has_several_ports,
        ),
        Clause("spec", "externalName", Text("it is all that the type has", "该类型只有它"), _NAME),
    ),
}
