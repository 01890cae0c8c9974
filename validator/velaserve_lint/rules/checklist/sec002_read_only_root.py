# SPDX-License-Identifier: Apache-2.0
"""SEC-002: containers that cannot change their own image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.item import ALSO, ContainerItem, failed, passed
from velaserve_lint.finding import Severity
from velaserve_lint.rules.checklist.kinds import called
from velaserve_lint.rules.example_production import PRODUCTION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from velaserve_lint.checklist.item import Verdict
    from velaserve_lint.container import Container
    from velaserve_lint.pods import Pod


class ReadOnlyRoot(ContainerItem):
    """A field of containers only; what a program writes belongs into volumes."""

    id = "SEC-002"
    slug = "read-only-root"
    severity = Severity.INFO
    weight = 4
    since = "0.1.0"
    source = "NSA and CISA, Kubernetes Hardening Guidance 1.2: immutable container file systems"
    title = Text("containers cannot write to their image", "容器不能写入自身镜像")
    why = Text(
        "What cannot write beside the program can neither leave a tool there nor replace it. What "
        "counts is readOnlyRootFilesystem of each container that stays.",
        "不能写入根文件系统，就无法在其中留下工具，也无法替换程序。每个常驻容器的 "
        "readOnlyRootFilesystem 为 true 才算通过。",
    )
    fix = Text(
        "Set securityContext.readOnlyRootFilesystem to true and mount an emptyDir where it writes; "
        "in an Application, by the trait hardening.",
        "将 securityContext.readOnlyRootFilesystem 设为 true，并在需要写入处挂载 emptyDir；"
        "在 Application 中使用 trait hardening 的同名属性。",
    )
    messages = sentences(
        writable=Text(
            "container '{name}' can write to its root file system",
            "容器 '{name}' 可以写入其根文件系统",
        ),
        also=ALSO,
    )
    bad = changed("            readOnlyRootFilesystem: true\n", "")
    good = PRODUCTION

    @classmethod
    def judge_container(cls, pod: Pod, container: Container) -> Verdict:
        read_only = container.at.at("securityContext", "readOnlyRootFilesystem")
        if read_only.value is True:
            return passed(read_only.place)
        place = container.at.key if read_only.value is None else read_only.place
        return failed(place, "writable", name=called(pod, container))
