# SPDX-License-Identifier: Apache-2.0
"""VS001: the text is not YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import Rule
from velaserve_lint.rules.syntax.problems import MESSAGES, diagnose
from velaserve_lint.text import Text

if TYPE_CHECKING:
    import yaml

    from velaserve_lint.finding import Finding


class YamlSyntax(Rule):
    """The parser stops here; what stands before was checked."""

    id = "VS001"
    slug = "yaml-syntax"
    since = "0.1.0"
    source = "YAML 1.1, as sigs.k8s.io/yaml reads it"
    title = Text("not valid YAML", "不是有效的 YAML")
    why = Text(
        "kubectl and vela refuse the whole file, with a line number that is often wrong.",
        "kubectl 和 vela 会拒绝整个文件，而且给出的行号常常不准。",
    )
    fix = Text(
        "Check indentation, quotes and brackets at and just above the line.",
        "检查该行及其上方的缩进、引号和括号。",
    )
    messages = MESSAGES
    bad = "metadata:\n  name: digits\n   namespace: models\n"
    good = "metadata:\n  name: digits\n  namespace: models\n"

    @classmethod
    def of_error(cls, error: yaml.YAMLError, file: str, text: str) -> Finding:
        """The finding for what the parser raised."""
        message, place, arguments = diagnose(error, file, text)
        return cls.finding(place, message, **arguments)
