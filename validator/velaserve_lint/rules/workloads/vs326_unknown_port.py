# SPDX-License-Identifier: Apache-2.0
"""VS326: a probe of a port that the container does not name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import PodRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.workloads.handlers import asked_ports, port_names
from velaserve_lint.rules.workloads.whole import is_whole
from velaserve_lint.suggest import suggest
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.pods import Pod


class UnknownPort(PodRule):
    """Names of the same container count, and no others of the pod."""

    id = "VS326"
    slug = "unknown-port"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/probe/util.go"
    title = Text("a probe of an unknown port", "探针使用了未知的端口")
    why = Text(
        "The object is accepted; every probe fails, and the container is never ready.",
        "对象会被接受；但探针每次都失败，容器永远不会就绪。",
    )
    fix = Text("Name the port among the container's ports.", "请在容器的 ports 中命名该端口。")
    messages = sentences(
        near=Text(
            "the container has no port '{name}'; did you mean '{near}'?",
            "容器没有端口 '{name}'；是否指 '{near}'？",
        ),
        unknown=Text("the container has no port '{name}'", "容器没有端口 '{name}'"),
        text=Text(
            "'{name}' is the name of a port, not its number: write it without quotes",
            "'{name}' 会被当作端口名称而非编号：请去掉引号",
        ),
    )
    bad = but(DEPLOYMENT, "/v2/health/live, port: http", "/v2/health/live, port: htpp")
    good = DEPLOYMENT

    @classmethod
    def check(cls, pod: Pod) -> Iterator[Finding]:
        for container in pod.containers if is_whole(pod) else ():
            known = port_names(container)
            for at in asked_ports(container):
                if at.text and at.text not in known:
                    near = suggest(at.text, known) or ""
                    message = "text" if at.text.isdecimal() else "near" if near else "unknown"
                    yield cls.finding(at.place, message, name=at.text, near=near)
