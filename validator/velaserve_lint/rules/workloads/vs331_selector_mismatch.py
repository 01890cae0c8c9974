# SPDX-License-Identifier: Apache-2.0
"""VS331: a selector that does not select the object's own pods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.workloads.matching import unmatched
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class SelectorMismatch(ManifestRule):
    """An empty one, too, is refused here; elsewhere it means all pods."""

    id = "VS331"
    slug = "selector-mismatch"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/apps/validation/validation.go"
    title = Text("a selector that does not match its template", "选择算符与模板标签不匹配")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text(
        "Give the template the labels that the selector asks for.",
        "请为模板加上选择算符要求的标签。",
    )
    messages = sentences(
        mismatch=Text(
            "the selector asks for {wanted}, which the template's labels do not meet",
            "选择算符要求 {wanted}，而模板的标签不满足",
        ),
        empty=Text("the selector is empty: it must name its pods", "选择算符为空：必须指明其 Pod"),
        labels=Text("the template's labels", "模板的标签在此"),
    )
    kinds = frozenset({"DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"})
    bad = but(
        DEPLOYMENT, "      labels: {app: digits}\n    spec", "      labels: {app: digit}\n    spec"
    )
    good = DEPLOYMENT

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        selector = manifest.spec.at("selector")
        labels = manifest.spec.at("template", "metadata", "labels")
        if selector.value == {} or list(selector.mapping.values()) == [{}]:
            yield cls.finding(selector.key, "empty")
        for at, wanted in unmatched(selector, labels.mapping):
            yield cls.finding(at.place, "mismatch", wanted=wanted).beside(labels.key, "labels")
