# SPDX-License-Identifier: Apache-2.0
"""The page of a rule: one for terminals, reports and docs/rules."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.markdown import fenced, prose
from velaserve_lint.text import Text, printable

if TYPE_CHECKING:
    from velaserve_lint.rule import Rule
    from velaserve_lint.text import Language

_WHY = Text("Why", "原因")
_FIX = Text("Fix", "修复")
_BEFORE = Text("In the cluster", "集群中现有")
BAD = Text("Bad", "错误示例")
_GOOD = Text("Good", "正确示例")
_SOURCE = Text("Source", "依据")


class Section(NamedTuple):
    """A part of a page; `is_code` says that the body is YAML, else it is prose."""

    heading: str
    body: str
    is_code: bool = False


def sections(rule: type[Rule], language: Language) -> tuple[Section, ...]:
    """All that is known about a rule, below its headline and title."""
    before = Section(_BEFORE.to(language), _shown(rule.earlier), is_code=True)
    return (
        Section(_WHY.to(language), rule.why.to(language)),
        Section(_FIX.to(language), rule.fix.to(language)),
        *([before] if rule.earlier else ()),
        Section(BAD.to(language), _shown(rule.bad), is_code=True),
        Section(_GOOD.to(language), _shown(rule.good), is_code=True),
        Section(_SOURCE.to(language), rule.source),
    )


def weight_of(rule: type[Rule]) -> int:
    """Of 100 in a score; 0 for what is no item of the checklist."""
    weight: int = getattr(rule, "weight", 0)
    return weight


def plain(rule: type[Rule], language: Language) -> str:
    """For a terminal."""
    weight = f", weight {weighed}" if (weighed := weight_of(rule)) else ""
    head = f"{rule.id} {rule.slug} ({rule.severity.word}, {rule.since}{weight})"
    parts = map(_indented, sections(rule, language))
    return "\n".join([head, rule.title.to(language), "", *parts])


def marked_up(section: Section, level: int = 2) -> str:
    """A section as Markdown."""
    shown = fenced(section.body, "yaml") if section.is_code else prose(section.body) + "\n"
    return f"{'#' * level} {section.heading}\n\n{shown}"


def _indented(section: Section) -> str:
    body = textwrap.indent(section.body.rstrip("\n"), "    ")
    return f"{section.heading}:\n{body}\n"


def _shown(example: str) -> str:
    return "".join(c if c in "\n\t" else printable(c) for c in example)
