# SPDX-License-Identifier: Apache-2.0
"""VS337: a least that is above the most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.example_neighbours import AUTOSCALER
from velaserve_lint.rules.workloads.crossed import PAIRS, crossed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class CrossedBounds(ManifestRule):
    """Replicas, ranges of ports, times that must fit into each other."""

    id = "VS337"
    slug = "crossed-bounds"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/*/validation/validation.go"
    title = Text("two bounds the wrong way round", "上下限颠倒")
    why = Text(
        "The API server, or the operator that reads the object, refuses it.",
        "API server 或读取该对象的 operator 会拒绝它。",
    )
    fix = Text("Lower the first, or raise the second.", "请减小前者，或增大后者。")
    messages = sentences(
        crossed=Text(
            "{low} is {least}, which does not fit below {high}: {most}",
            "{low} 为 {least}，不能超过 {high}：{most}",
        ),
        high=Text("the other bound", "另一个界限在此"),
    )
    kinds = frozenset(PAIRS)
    bad = but(AUTOSCALER, "minReplicas: 2", "minReplicas: 20")
    good = AUTOSCALER

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for low, high in crossed(manifest):
            names = {"low": str(low.path[-1]), "high": str(high.path[-1])}
            values = {"least": str(low.value), "most": str(high.value)}
            yield cls.finding(low.place, "crossed", **names, **values).beside(high.place, "high")
