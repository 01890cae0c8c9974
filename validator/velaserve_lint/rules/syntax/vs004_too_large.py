# SPDX-License-Identifier: Apache-2.0
"""VS004: the document is nested or grows beyond any use."""

from __future__ import annotations

from velaserve_lint.rule import Rule
from velaserve_lint.text import Text, sentences


class TooLarge(Rule):
    """Nesting, or aliases that repeat each other."""

    id = "VS004"
    slug = "too-large"
    since = "0.1.0"
    source = "the limits of velaserve_lint.composer"
    title = Text("nested too deeply, or too many aliased values", "嵌套过深，或别名展开过大")
    why = Text(
        "A few lines of nested aliases expand to billions of values; the API server refuses them.",
        "几行嵌套的别名就能展开成数十亿个值；API 服务器会拒绝。",
    )
    fix = Text("Write the values out, or split the file.", "直接写出这些值，或拆分文件。")
    messages = sentences(
        deep=Text("nested deeper than {limit} levels", "嵌套超过 {limit} 层"),
        aliases=Text(
            "aliases expand to more than {limit} values up to here",
            "到此处为止，别名展开超过 {limit} 个值",
        ),
    )
    bad = "a: " + "[" * 101 + "]" * 101 + "\n"
    good = "a: [[]]\n"
