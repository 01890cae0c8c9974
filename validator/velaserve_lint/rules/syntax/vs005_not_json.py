# SPDX-License-Identifier: Apache-2.0
"""VS005: YAML that Kubernetes cannot hold, because JSON cannot."""

from __future__ import annotations

from velaserve_lint.rule import Rule
from velaserve_lint.text import Text, sentences


class NotJson(Rule):
    """Keys that are no text, numbers that are none, tags that do not fit."""

    id = "VS005"
    slug = "not-json"
    since = "0.1.0"
    source = "sigs.k8s.io/yaml YAMLToJSON"
    title = Text("YAML that cannot become JSON", "无法转换为 JSON 的 YAML")
    why = Text(
        "Every manifest is turned into JSON; kubectl refuses a file for which that fails.",
        "每个清单都会转换为 JSON；转换失败的文件会被 kubectl 拒绝。",
    )
    fix = Text("Quote the value, or write it as text.", "给值加引号，或写成文本。")
    messages = sentences(
        key=Text(
            "a key must be a text, a number or a boolean; quote it",
            "键必须是文本、数字或布尔值；请加引号",
        ),
        number=Text("JSON has no number '{value}'", "JSON 中没有数字 '{value}'"),
        tag=Text("'{value}' is not what its tag !!{tag} says", "'{value}' 与标签 !!{tag} 不符"),
        merge=Text("'<<' wants a mapping or a list of mappings", "'<<' 需要一个映射或映射的列表"),
    )
    bad = "limits:\n  memory: .inf\n"
    good = 'limits:\n  memory: ".inf"\n'
