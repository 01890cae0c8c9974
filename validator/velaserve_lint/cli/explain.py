# SPDX-License-Identifier: Apache-2.0
"""velaserve-lint explain ID"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from velaserve_lint.cli.errors import UsageError
from velaserve_lint.cli.output import emit
from velaserve_lint.rules import find, modules
from velaserve_lint.suggest import suggest
from velaserve_lint.text import Text

if TYPE_CHECKING:
    import argparse

    from velaserve_lint.rule import Rule
    from velaserve_lint.text import Language

_UNKNOWN = Text(
    "there is no rule '{id}'; did you mean {near}? `velaserve-lint rules` lists all",
    "没有规则 '{id}'；是否指 {near}？`velaserve-lint rules` 可列出全部规则",
)
_HEADINGS = {
    "why": Text("Why", "原因"),
    "fix": Text("Fix", "修复"),
    "bad": Text("Bad", "错误示例"),
    "good": Text("Good", "正确示例"),
    "source": Text("Source", "依据"),
}


def run(arguments: argparse.Namespace) -> int:
    """Prints the page of one rule.

    Raises:
        UsageError: there is no such rule.
    """
    rule_id = arguments.rule.upper()
    if rule_id not in modules():
        near = suggest(rule_id, modules()) or next(iter(modules()))
        raise UsageError(_UNKNOWN, id=arguments.rule, near=near)
    emit(page(find(rule_id), arguments.lang))
    return 0


def page(rule: type[Rule], language: Language) -> str:
    """All that is known about a rule."""
    head = f"{rule.id} {rule.slug} ({rule.severity.word}, {rule.since})"
    title = rule.title.to(language)
    bodies = {
        "why": rule.why.to(language),
        "fix": rule.fix.to(language),
        "bad": rule.bad,
        "good": rule.good,
        "source": rule.source,
    }
    sections = [_section(key, body, language) for key, body in bodies.items()]
    return "\n".join([head, title, "", *sections])


def _section(key: str, body: str, language: Language) -> str:
    indented = textwrap.indent(body.rstrip("\n").replace("\x00", "\\0"), "    ")
    return f"{_HEADINGS[key].to(language)}:\n{indented}\n"
