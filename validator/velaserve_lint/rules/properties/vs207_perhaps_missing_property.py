# SPDX-License-Identifier: Apache-2.0
"""VS207: a property that the cluster's schema of the type requires."""

from __future__ import annotations

from velaserve_lint.finding import Severity
from velaserve_lint.rules.examples import FOREIGN
from velaserve_lint.rules.keywords.missing_key import MissingKey
from velaserve_lint.text import Text, sentences


class PerhapsMissingProperty(MissingKey):
    """A warning: of a default that depends on the context, the schema does not know."""

    id = "VS207"
    slug = "perhaps-missing-property"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "KubeVela v1.10.9 pkg/schema/schema.go"
    title = Text("a property that the cluster's schema requires", "集群的 schema 要求的属性")
    why = Text(
        "Without it the render fails, unless its default comes from the name of the Application.",
        "缺少它渲染会失败，除非其默认值取自 Application 的名称等上下文。",
    )
    fix = Text(
        "Add the property, or look: vela show <type>.", "补上该属性，或查看：vela show <类型>。"
    )
    messages = sentences(
        missing=Text(
            "the schema requires '{key}' in '{parent}', which is missing",
            "schema 要求 '{parent}' 中有 '{key}'，但缺失",
        ),
    )
    keywords = ()
    foreign_keywords = ("required",)
    bad = FOREIGN.replace("bean: arabica, ", "")
    good = FOREIGN
