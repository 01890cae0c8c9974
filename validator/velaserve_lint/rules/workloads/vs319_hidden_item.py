# SPDX-License-Identifier: Apache-2.0
"""VS319: an item that a later or an earlier one of the same name hides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import PodRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.workloads.hidden import hidden_ports, hidden_variables
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.pods import Pod

_PORT = "- {name: http, containerPort: 8080}"


class HiddenItem(PodRule):
    """Of variables the last counts, of ports with one name the first."""

    id = "VS319"
    slug = "hidden-item"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/api/pod/warnings.go"
    title = Text("one of two items of the same name counts for nothing", "同名项目之一不起作用")
    why = Text(
        "It is accepted, but the values of one are lost; a later apply may drop the other, too.",
        "会被接受，但其中一个的值会丢失；之后的 apply 还可能把另一个也去掉。",
    )
    fix = Text("Remove one of the two.", "请删除其中一个。")
    messages = sentences(
        variable=Text("'{name}' hides the variable above it", "'{name}' 覆盖了前面的同名变量"),
        port=Text("port {name} is declared twice in the pod", "端口 {name} 在 Pod 中声明了两次"),
        name=Text(
            "two ports of the pod are called '{name}': what asks for it gets the first",
            "Pod 中有两个端口名为 '{name}'：按名引用时取第一个",
        ),
        other=Text("the other one", "另一个在此"),
    )
    bad = but(DEPLOYMENT, _PORT, f"{_PORT}\n            - {{name: old, containerPort: 8080}}")
    good = DEPLOYMENT

    @classmethod
    def check(cls, pod: Pod) -> Iterator[Finding]:
        for container in pod.containers:
            for name, first, second in hidden_variables(container):
                finding = cls.finding(second.place, "variable", name=name)
                yield finding.beside(first.place, "other")
        for message, name, first, second in hidden_ports(pod):
            yield cls.finding(second.place, message, name=name).beside(first.place, "other")
