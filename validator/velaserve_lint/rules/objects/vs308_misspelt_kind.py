# SPDX-License-Identifier: Apache-2.0
"""VS308: an apiVersion or a kind that is almost one that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.fields.apis import meant
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class MisspeltKind(ManifestRule):
    """Of Kubernetes' groups and those whose CRDs we know; other kinds may be anybody's."""

    id = "VS308"
    slug = "misspelt-kind"
    since = "0.1.0"
    source = "the OpenAPI of Kubernetes v1.34.4; the CRDs of kserve, gateway-api, keda and others"
    title = Text("a misspelt kind or apiVersion", "kind 或 apiVersion 拼写错误")
    why = Text("The API server does not know the object.", "API 服务器不认识该对象。")
    fix = Text("Use the suggested one.", "改用建议的写法。")
    messages = sentences(
        kind=Text(
            "'{api}' has no kind '{kind}'; did you mean '{near}'?",
            "'{api}' 没有 '{kind}' 这种 kind；是否指 '{near}'？",
        ),
        api=Text(
            "there is no {kind} in '{api}'; did you mean '{near}'?",
            "'{api}' 中没有 {kind}；是否指 '{near}'？",
        ),
    )
    bad = but(DEPLOYMENT, "kind: Deployment", "kind: Deploymnet")
    good = DEPLOYMENT

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        if near := meant(manifest.api_version, manifest.kind):
            is_kind = near[1] != manifest.kind
            yield cls.finding(
                manifest.root.at("kind" if is_kind else "apiVersion").place,
                "kind" if is_kind else "api",
                api=manifest.api_version,
                kind=manifest.kind,
                near=near[1] if is_kind else near[0],
            )
