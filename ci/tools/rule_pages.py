# SPDX-License-Identifier: Apache-2.0
"""Writes docs/rules, a page for each rule of the linter: python -m ci.tools.rule_pages [--check].

A page holds what `velaserve-lint explain` prints, and what the linter prints for its bad example.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from ci.tools.made import settle
from ci.tools.tree import ROOT
from velaserve_lint import lint
from velaserve_lint.against import objects_of
from velaserve_lint.checklist.item import ChecklistItem
from velaserve_lint.formats import Format, View, write
from velaserve_lint.markdown import fenced, prose
from velaserve_lint.page import BAD, marked_up, sections, weight_of
from velaserve_lint.rule import Rule
from velaserve_lint.rules import every, modules
from velaserve_lint.settings import Settings
from velaserve_lint.targets import DEFAULT
from velaserve_lint.text import Language, Text

PAGES = ROOT / "docs" / "rules"
HEAD = "<!-- Made from {source} by ci/tools/rule_pages.py; not for editing. -->"
FAMILIES = {
    "VS0": Text("YAML", "YAML"),
    "VS1": Text("Application", "应用"),
    "VS2": Text("Properties", "属性"),
    "VS3": Text("Kubernetes", "Kubernetes"),
    "VS4": Text("KServe", "KServe"),
    "VS5": Text("Ascend", "昇腾"),
    "SEC": Text("Checklist: security", "检查清单：安全"),
    "REL": Text("Checklist: reliability", "检查清单：可靠性"),
    "OBS": Text("Checklist: observability", "检查清单：可观测性"),
}
"""By how the ids of the rules begin; one that is not here has its beginning for a name."""
FOUND = Text("what is found", "问题")
ASKED_FOR = Text("what is asked for", "要求")


def files() -> dict[Path, str]:
    """Each page with what it holds."""
    pages = {PAGES / f"{rule.id}.md": "\n".join(_page(rule)) for rule in every()}
    return pages | {PAGES / "README.md": "\n".join(_index())}


def _page(rule: type[Rule]) -> Iterator[str]:
    yield HEAD.format(source=f"validator/{modules()[rule.id].replace('.', '/')}.py")
    yield f"# {rule.id} {rule.slug}\n\n{_sentence(rule.title.to('en'))}\n"
    weight = f" weight {weighed} of 100;" if (weighed := weight_of(rule)) else ""
    since = f"Severity {rule.severity.word}, since {rule.since};"
    yield f"{since}{weight} one of [the rules](README.md).\n"
    english, chinese = sections(rule, "en"), sections(rule, "zh")
    for section in english:
        yield marked_up(section)
        if section.heading == BAD.en and (printed := _printed(rule, "en", "full")):
            yield f"Printed for it:\n\n{printed}"
    yield f"## 中文\n\n{_sentence(rule.title.to('zh'))}\n"
    for section, other in zip(chinese, english, strict=True):
        if section.body != other.body:
            yield marked_up(section, level=3)
    if printed := _printed(rule, "zh", "concise"):
        yield f"错误示例的输出：\n\n{printed}"


def _printed(rule: type[Rule], language: Language, form: Format) -> str:
    earlier = tuple(objects_of(rule.earlier, "earlier.yaml", DEFAULT))
    settings = Settings(checklist=issubclass(rule, ChecklistItem), earlier=earlier)
    text = write(lint(rule.bad, "bad.yaml", settings), form, View(language, quiet=True))
    return fenced(text, "text") if text else ""


def _sentence(title: str) -> str:
    return prose(title[:1].upper() + title[1:])


def _index() -> Iterator[str]:
    yield HEAD.format(source="validator/velaserve_lint/rules")
    yield "# Rules\n\nWhat `velaserve-lint` finds. `velaserve-lint explain ID` prints a page.\n"
    yield "`velaserve-lint` 的全部规则。`velaserve-lint explain ID --lang zh` 可显示说明。\n"
    for family, rules in _families().items():
        what = FOUND if family.startswith("VS") else ASKED_FOR
        yield f"## {_name(family)}\n\n| rule | severity | {what.en} | {what.zh} |"
        yield "| --- | --- | --- | --- |"
        yield from map(_row, rules)
        yield ""


def _families() -> dict[str, list[type[Rule]]]:
    """In the order of FAMILIES, others behind."""
    families: dict[str, list[type[Rule]]] = {family: [] for family in FAMILIES}
    for rule in every():
        families.setdefault(_family(rule), []).append(rule)
    return {family: rules for family, rules in families.items() if rules}


def _row(rule: type[Rule]) -> str:
    link = f"[{rule.id}]({rule.id}.md) {rule.slug}"
    titles = f"{prose(rule.title.to('en'))} | {prose(rule.title.to('zh'))}"
    return f"| {link} | {rule.severity.word} | {titles} |"


def _family(rule: type[Rule]) -> str:
    """VS201 belongs to VS2, SEC-001 to SEC."""
    found = re.match(r"VS\d|[A-Z]+", rule.id)
    return found[0] if found else rule.id


def _name(family: str) -> str:
    names = FAMILIES.get(family, Text(family, family))
    return " ".join(dict.fromkeys(names))


def main(check: bool) -> int:
    return settle(files().items(), check)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
