# SPDX-License-Identifier: Apache-2.0
"""VS307: an API that Kubernetes is going to remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.fields.apis import end_of
from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import VOLUME_CLASS, but
from velaserve_lint.targets import release
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class DeprecatedApi(ManifestRule):
    """A warning: it still works in the Kubernetes that is asked about."""

    id = "VS307"
    slug = "deprecated-api"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "k8s.io/api v0.34.4, zz_generated.prerelease-lifecycle.go"
    title = Text("an API that Kubernetes is going to remove", "Kubernetes 将要移除的 API")
    why = Text("The next upgrade of the cluster may end it.", "集群下次升级后可能就不可用了。")
    fix = Text(
        "Write the replacement, where there is one; its fields may differ.",
        "若有替代 API，请改用它；其字段可能不同。",
    )
    messages = sentences(
        replaced=Text(
            "{kind} of {api} will be removed in Kubernetes {version}; write '{replacement}'",
            "{api} 的 {kind} 将在 Kubernetes {version} 中移除；请写 '{replacement}'",
        ),
        ends=Text(
            "{kind} of {api} will be removed in Kubernetes {version}",
            "{api} 的 {kind} 将在 Kubernetes {version} 中移除",
        ),
    )
    bad = but(VOLUME_CLASS, "storage.k8s.io/v1", "storage.k8s.io/v1beta1")
    good = VOLUME_CLASS

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        end = end_of(manifest.api_version, manifest.kind)
        if end and end.deprecated <= manifest.targets.kubernetes < end.removed:
            place, version = manifest.root.at("apiVersion").place, release(end.removed)
            said = {"kind": manifest.kind, "api": manifest.api_version, "version": version}
            message = "replaced" if end.replacement else "ends"
            yield cls.finding(place, message, replacement=end.replacement, **said)
