# SPDX-License-Identifier: Apache-2.0
"""SEC-001: containers that do not run as root."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.item import ALSO, ContainerItem, failed, passed
from velaserve_lint.rules.checklist.kinds import called
from velaserve_lint.rules.checklist.security import security
from velaserve_lint.rules.example_production import PRODUCTION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from velaserve_lint.checklist.item import Verdict
    from velaserve_lint.container import Container
    from velaserve_lint.pods import Pod


class NonRoot(ContainerItem):
    """By runAsNonRoot, or by a user above 0: which user an image names, no manifest says."""

    id = "SEC-001"
    slug = "non-root"
    weight = 8
    with_initial = True
    since = "0.1.0"
    source = "Pod Security Standards, restricted: running as non-root"
    title = Text("containers do not run as root", "容器不以 root 身份运行")
    why = Text(
        "Who breaks out of a container is on the node who he was inside. What counts is "
        "runAsNonRoot or a runAsUser above 0, of the container or of the pod; an image's own user "
        "does not, because the next image may have another.",
        "进程一旦逃出容器，在节点上仍是容器内的身份。容器或 Pod 的 runAsNonRoot，或大于 0 的 "
        "runAsUser 才算通过；镜像自带的用户不算，因为下一个镜像可能不同。",
    )
    fix = Text(
        "Set securityContext.runAsNonRoot to true; in an Application, add the trait hardening.",
        "将 securityContext.runAsNonRoot 设为 true；在 Application 中添加 trait hardening。",
    )
    messages = sentences(
        open=Text(
            "nothing keeps container '{name}' from running as root",
            "没有设置阻止容器 '{name}' 以 root 身份运行",
        ),
        root=Text("container '{name}' runs as root", "容器 '{name}' 以 root 身份运行"),
        also=ALSO,
    )
    bad = changed("        runAsNonRoot: true\n", "")
    good = PRODUCTION

    @classmethod
    def judge_container(cls, pod: Pod, container: Container) -> Verdict:
        user = security(pod, container, "runAsUser")
        if user.number == 0:
            return failed(user.place, "root", name=called(pod, container))
        non_root = security(pod, container, "runAsNonRoot")
        if user.number or non_root.value is True:
            return passed(user.place if user.number else non_root.place)
        return failed(container.at.key, "open", name=called(pod, container))
