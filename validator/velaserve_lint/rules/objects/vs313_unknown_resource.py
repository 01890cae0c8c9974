# SPDX-License-Identifier: Apache-2.0
"""VS313: a resource that containers do not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.objects.resources import unknown_resources
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest

_OWNERS = {
    "container": Text("a container", "容器"),
    "quota": Text("a quota", "配额"),
}


class UnknownResource(ManifestRule):
    """Without a domain there are three, and huge pages; of a vendor's we cannot know."""

    id = "VS313"
    slug = "unknown-resource"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/core/helper/helpers.go"
    title = Text("an unknown resource", "未知的资源")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text(
        "Use cpu, memory or ephemeral-storage, or a vendor's name with its domain.",
        "请使用 cpu、memory 或 ephemeral-storage，或带域名的厂商资源名。",
    )
    messages = sentences(
        near=Text(
            "{owner} has no resource '{resource}'; did you mean '{near}'?",
            "{owner}没有资源 '{resource}'；是否指 '{near}'？",
        ),
        unknown=Text(
            "{owner} has no resource '{resource}'; a vendor's begins with its domain",
            "{owner}没有资源 '{resource}'；厂商资源名以其域名开头",
        ),
    )
    bad = but(DEPLOYMENT, 'limits: {cpu: "2", memory: 2Gi}', 'limits: {cpu: "2", mem: 2Gi}')
    good = DEPLOYMENT

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for at, owner, near in unknown_resources(manifest):
            names = {"resource": str(at.path[-1]), "near": near}
            yield cls.finding(at.key, "near" if near else "unknown", owner=_OWNERS[owner], **names)
