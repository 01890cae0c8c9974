# SPDX-License-Identifier: Apache-2.0
"""VS006: a template, not yet the YAML that it makes."""

from __future__ import annotations

from velaserve_lint.rule import Rule
from velaserve_lint.text import Text, sentences


class UnrenderedTemplate(Rule):
    """Found only where the text is not YAML by itself; it stands for all other findings."""

    id = "VS006"
    slug = "unrendered-template"
    since = "0.1.0"
    source = "Helm and Jinja template syntax"
    title = Text("an unrendered template", "未渲染的模板")
    why = Text(
        "What the template makes depends on values that are not in the file.",
        "模板生成的内容取决于文件之外的值。",
    )
    fix = Text(
        "Render it first and pipe the result: helm template . | velaserve-lint -",
        "先渲染再检查：helm template . | velaserve-lint -",
    )
    messages = sentences(
        template=Text(
            "this looks like a Helm or Jinja template; lint what it renders to",
            "这看起来是 Helm 或 Jinja 模板；请检查渲染后的结果",
        ),
    )
    bad = "metadata:\n  name: {{ .Release.Name }}\n"
    good = 'metadata:\n  name: "{{ .Release.Name }}"\n'
