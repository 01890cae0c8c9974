# SPDX-License-Identifier: Apache-2.0
"""VS453 (L13): braces in a container that KServe reads as a Go template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.kserve.examples import RUNTIME, but
from velaserve_lint.rules.kserve.kinds import RUNTIMES, SERVICE
from velaserve_lint.rules.kserve.templates import wrong_templates
from velaserve_lint.text import Text, sentences, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class TemplateBraces(ManifestRule):
    """The whole container is one template, over the metadata of the InferenceService."""

    id = "VS453"
    slug = "template-braces"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L13: KServe v0.20.0 pkg/controller/v1beta1/inferenceservice/utils/utils.go"
    kinds = SERVICE | RUNTIMES
    title = Text("a template that KServe cannot fill", "KServe 无法填充的模板")
    why = Text(
        "One wrong pair of braces, and KServe makes no pod.",
        "只要有一对花括号不对，KServe 就不会创建 Pod。",
    )
    fix = Text(
        "Use {{{{.Name}}}}, {{{{.Namespace}}}}, {{{{.Labels.x}}}}; move other braces into a file.",
        "请使用 {{{{.Name}}}}、{{{{.Namespace}}}}、{{{{.Labels.x}}}}；其他花括号请放入文件。",
    )
    messages = sentences(
        template=Text(
            "KServe takes this for a template: '{found}'", "KServe 会把它当作模板：'{found}'"
        ),
    )
    bad = but(RUNTIME, "{{.Name}}", "{{.Model}}")
    good = RUNTIME

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for place, found in wrong_templates(manifest):
            yield cls.finding(place, "template", found=shortened(found))
