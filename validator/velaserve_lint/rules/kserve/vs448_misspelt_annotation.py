# SPDX-License-Identifier: Apache-2.0
"""VS448 (L8): an annotation or a mode that is almost one of KServe's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.annotations import MESSAGES, problems
from velaserve_lint.rules.kserve.problem import findings
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class MisspeltAnnotation(ManifestRule):
    """Whatever is not near one of KServe's may be anybody's."""

    id = "VS448"
    slug = "misspelt-annotation"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L8: KServe v0.20.0 pkg/constants/constants.go"
    title = Text("an annotation that KServe does not know", "KServe 不认识的注解")
    why = Text(
        "KServe ignores it without a word, and does what its ConfigMap says.",
        "KServe 会悄悄忽略它，并按 ConfigMap 行事。",
    )
    fix = Text("Use the suggested key or mode.", "请改用建议的键或模式。")
    messages = MESSAGES
    bad = but(INFERENCE_SERVICE, "autoscalerClass: none", "autoscalerClas: none")
    good = INFERENCE_SERVICE

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        yield from findings(cls, problems(manifest))
