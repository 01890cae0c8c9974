# SPDX-License-Identifier: Apache-2.0
"""VS324: a volume that no container mounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import PodRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.workloads.mounts import mounts, volumes
from velaserve_lint.rules.workloads.whole import is_whole
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.pods import Pod

_CONTAINERS = "      containers:\n"
_VOLUME = "      volumes: [{name: cache, emptyDir: {}}]\n"


class UnusedVolume(PodRule):
    """Not where a serving runtime may mount it."""

    id = "VS324"
    slug = "unused-volume"
    severity = Severity.INFO
    since = "0.1.0"
    source = "Kubernetes' documentation, concepts/storage/volumes"
    title = Text("a volume that nothing mounts", "未被挂载的卷")
    why = Text(
        "The pod waits for the volume all the same; often the mount was forgotten.",
        "Pod 仍会等待该卷；往往是忘了写挂载。",
    )
    fix = Text("Mount it in a container, or remove it.", "请在容器中挂载它，或将其删除。")
    messages = sentences(
        unused=Text("no container mounts the volume '{name}'", "没有容器挂载卷 '{name}'"),
    )
    bad = but(DEPLOYMENT, _CONTAINERS, _VOLUME + _CONTAINERS)
    good = DEPLOYMENT

    @classmethod
    def check(cls, pod: Pod) -> Iterator[Finding]:
        mounted = {name.text for name in mounts(pod)}
        for name, at in volumes(pod).items() if is_whole(pod) else ():
            if name not in mounted:
                yield cls.finding(at.place, "unused", name=name)
