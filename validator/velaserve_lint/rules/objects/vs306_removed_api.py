# SPDX-License-Identifier: Apache-2.0
"""VS306: an API that Kubernetes no longer has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.fields.apis import end_of
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.targets import release
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class RemovedApi(ManifestRule):
    """By Kubernetes' own record of when each kind ends; its fields are not checked."""

    id = "VS306"
    slug = "removed-api"
    since = "0.1.0"
    source = "k8s.io/api v0.34.4, zz_generated.prerelease-lifecycle.go"
    title = Text("an API that Kubernetes no longer has", "Kubernetes 已移除的 API")
    why = Text("The API server does not know the object.", "API 服务器不认识该对象。")
    fix = Text(
        "Write the replacement, where there is one; its fields may differ.",
        "若有替代 API，请改用它；其字段可能不同。",
    )
    messages = sentences(
        replaced=Text(
            "{kind} of {api} was removed in Kubernetes {version}; write '{replacement}'",
            "{api} 的 {kind} 已在 Kubernetes {version} 中移除；请写 '{replacement}'",
        ),
        gone=Text(
            "{kind} of {api} was removed in Kubernetes {version} without a replacement",
            "{api} 的 {kind} 已在 Kubernetes {version} 中移除，且没有替代",
        ),
    )
    bad = but(DEPLOYMENT, "apps/v1", "apps/v1beta2")
    good = DEPLOYMENT

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        end = end_of(manifest.api_version, manifest.kind)
        if end and end.removed <= manifest.targets.kubernetes:
            yield cls.finding(
                manifest.root.at("apiVersion").place,
                "replaced" if end.replacement else "gone",
                kind=manifest.kind,
                api=manifest.api_version,
                version=release(end.removed),
                replacement=end.replacement,
            )
