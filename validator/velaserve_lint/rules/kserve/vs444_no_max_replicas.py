# SPDX-License-Identifier: Apache-2.0
"""VS444 (L4): what to scale by, but not up to where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.kserve.examples import WITH_HPA, but
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.rules.kserve.problem import findings
from velaserve_lint.rules.kserve.scaling import without_most
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class NoMaxReplicas(ManifestRule):
    """In Standard mode the most is then the least; in Knative mode there is no most."""

    id = "VS444"
    slug = "no-max-replicas"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L4: KServe v0.20.0 pkg/controller/v1beta1/inferenceservice/reconcilers/hpa"
    kinds = SERVICE
    title = Text("scaling without maxReplicas", "扩缩容缺少 maxReplicas")
    why = Text(
        "Without it, Standard mode never scales, and Knative mode knows no limit.",
        "缺少它时，Standard 模式从不扩容，Knative 模式没有上限。",
    )
    fix = Text("Write maxReplicas.", "请写明 maxReplicas。")
    messages = sentences(
        fixed=Text(
            "without maxReplicas, {field} scales nothing: it is minReplicas then",
            "缺少 maxReplicas 时 {field} 不起作用：上限即 minReplicas",
        ),
        unlimited=Text(
            "without maxReplicas, {field} scales without limit",
            "缺少 maxReplicas 时 {field} 的扩容没有上限",
        ),
    )
    bad = but(WITH_HPA, "    maxReplicas: 4\n", "")
    good = WITH_HPA

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        yield from findings(cls, without_most(manifest))
