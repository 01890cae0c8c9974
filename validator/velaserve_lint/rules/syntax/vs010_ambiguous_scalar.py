# SPDX-License-Identifier: Apache-2.0
"""VS010: a value that YAML parsers do not agree on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import Rule
from velaserve_lint.rules.examples import changed
from velaserve_lint.rules.words import kind_of, shown
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from velaserve_lint.document import Ambiguous
    from velaserve_lint.finding import Finding


class AmbiguousScalar(Rule):
    """Of Applications and Kubernetes objects only: elsewhere `on:` may be a word."""

    id = "VS010"
    slug = "ambiguous-scalar"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "sigs.k8s.io/yaml, which resolves as go-yaml v2; YAML 1.2.2 section 10.3.2"
    title = Text("a value that YAML parsers do not agree on", "各 YAML 解析器理解不一的值")
    why = Text(
        "kubectl reads it by the rules of YAML 1.1, most other tools by those of YAML 1.2.",
        "kubectl 按 YAML 1.1 读取，多数其他工具按 YAML 1.2 读取。",
    )
    fix = Text(
        "Write true, false or the plain number; quote it where a text is meant.",
        "请写成 true、false 或普通数字；若本意是文本，请加引号。",
    )
    messages = sentences(
        read=Text(
            "'{text}' is {kind} {value} for the cluster, but a text for other tools",
            "集群把 '{text}' 读作{kind} {value}，其他工具则读作文本",
        ),
    )
    bad = changed("minReplicas: 2", "minReplicas: 1_0")
    good = changed("minReplicas: 2", "minReplicas: 10")

    @classmethod
    def of(cls, scalar: Ambiguous) -> Finding:
        value = shown(scalar.value)
        kind = kind_of(scalar.value)
        finding = cls.finding(scalar.place, "read", text=scalar.text, kind=kind, value=value)
        return finding.mended_by(scalar.place, scalar.text, value)
