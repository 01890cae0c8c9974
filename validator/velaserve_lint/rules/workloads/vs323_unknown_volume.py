# SPDX-License-Identifier: Apache-2.0
"""VS323: a mount of a volume that the pod does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import PodRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.workloads.mounts import claimed, is_given, mounts, volumes
from velaserve_lint.rules.workloads.whole import is_whole
from velaserve_lint.suggest import suggest
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.pods import Pod

_RESOURCES = "          resources:\n"
_MOUNT = "          volumeMounts: [{name: models, mountPath: /models}]\n"


class UnknownVolume(PodRule):
    """Not where a serving runtime may bring volumes along."""

    id = "VS323"
    slug = "unknown-volume"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/core/validation/validation.go"
    title = Text("a mount without a volume", "挂载了不存在的卷")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text("Add the volume to the pod, or mend the name.", "请在 Pod 中添加该卷，或修正名称。")
    messages = sentences(
        near=Text(
            "the pod has no volume '{name}'; did you mean '{near}'?",
            "Pod 没有卷 '{name}'；是否指 '{near}'？",
        ),
        unknown=Text("the pod has no volume '{name}'", "Pod 没有卷 '{name}'"),
    )
    bad = but(DEPLOYMENT, _RESOURCES, _MOUNT + _RESOURCES)
    good = DEPLOYMENT

    @classmethod
    def check(cls, pod: Pod) -> Iterator[Finding]:
        known = volumes(pod).keys() | claimed(pod)
        for name in mounts(pod) if is_whole(pod) else ():
            if name.text and name.text not in known and not is_given(pod, name.text):
                near = suggest(name.text, known) or ""
                message = "near" if near else "unknown"
                yield cls.finding(name.place, message, name=name.text, near=near)
