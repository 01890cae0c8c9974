# SPDX-License-Identifier: Apache-2.0
"""VS317: an annotation or a node label that has been replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.objects.deprecated import uses
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class DeprecatedKey(ManifestRule):
    """Fields took the place of many annotations; some of these no longer do anything."""

    id = "VS317"
    slug = "deprecated-key"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/api/pod/warnings.go, pkg/api/node/util.go"
    title = Text("a deprecated annotation or node label", "已弃用的注解或节点标签")
    why = Text(
        "It stops to work, without an error: a profile is then not applied, a node not found.",
        "它会在没有报错的情况下失效：安全配置不再生效，节点不再匹配。",
    )
    fix = Text("Use what replaced it.", "请改用替代它的字段或键。")
    messages = sentences(
        deprecated=Text(
            "'{key}' is deprecated since Kubernetes {since}: use {instead}",
            "'{key}' 自 Kubernetes {since} 起已弃用：请改用 {instead}",
        ),
        gone=Text(
            "'{key}' has no effect since Kubernetes {since}: use {instead}",
            "'{key}' 自 Kubernetes {since} 起不再生效：请改用 {instead}",
        ),
    )
    bad = but(
        DEPLOYMENT,
        "terminationGracePeriodSeconds: 60",
        "nodeSelector: {beta.kubernetes.io/os: linux}",
    )
    good = DEPLOYMENT

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        target = manifest.targets.kubernetes
        for place, key, known in uses(manifest):
            since = known.gone if known.gone and known.gone <= target else known.since
            if since <= target:
                message = "gone" if since == known.gone else "deprecated"
                names = {"since": ".".join(map(str, since)), "instead": known.instead}
                yield cls.finding(place, message, key=key, **names)
