# SPDX-License-Identifier: Apache-2.0
"""VS316: a label or an annotation that Kubernetes does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.objects.labels import marks
from velaserve_lint.text import Text, sentences, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class InvalidLabel(ManifestRule):
    """Also in selectors: what no object can have selects nothing, and is refused."""

    id = "VS316"
    slug = "invalid-label"
    since = "0.1.0"
    source = "k8s.io/apimachinery v0.34.4 pkg/util/validation/validation.go"
    title = Text("an invalid label or annotation", "标签或注解不合法")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text(
        "Mend it; long or free texts fit into the value of an annotation.",
        "请修改；较长或任意的文本可放在注解的值中。",
    )
    messages = sentences(
        invalid=Text("'{text}' is not {what}: {expected}", "'{text}' 不是合法的{what}：{expected}"),
    )
    bad = but(DEPLOYMENT, "  labels: {app: digits}\nspec:", "  labels: {app: a b}\nspec:")
    good = DEPLOYMENT

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for mark in marks(manifest):
            if not mark.is_fine:
                values = {"what": mark.what, "expected": mark.format.words}
                yield cls.finding(mark.place, "invalid", text=shortened(mark.text), **values)
