# SPDX-License-Identifier: Apache-2.0
"""docs/rules is made from the rules, says all that `explain` does, and its links lead somewhere."""

import re
from pathlib import Path

import pytest

from ci.tools.rule_pages import PAGES, files
from velaserve_lint.page import plain
from velaserve_lint.rule import Rule
from velaserve_lint.rules import every

MADE = files()
INDEX = MADE[PAGES / "README.md"]

with_each_page = pytest.mark.parametrize("page", MADE, ids=lambda page: page.stem)
with_each_rule = pytest.mark.parametrize("rule", every(), ids=[rule.id for rule in every()])


@with_each_page
def test_page_is_made_from_what_there_is(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == MADE[page], "stale: run make generate"


def test_no_page_is_left_of_what_there_was() -> None:
    assert set(PAGES.iterdir()) == set(MADE)


@with_each_rule
def test_page_says_what_explain_does_in_both_languages(rule: type[Rule]) -> None:
    page = MADE[PAGES / f"{rule.id}.md"].replace("\\", "")
    for language in ("en", "zh"):
        _, title, *lines = plain(rule, language).replace("\\", "").splitlines()
        assert title[1:] in page
        told = [line.strip() for line in lines if line.startswith("    ")]
        assert [line for line in told if line not in page] == []


@with_each_rule
def test_page_names_severity_and_version(rule: type[Rule]) -> None:
    page = MADE[PAGES / f"{rule.id}.md"]
    assert f"# {rule.id} {rule.slug}\n" in page
    assert f"Severity {rule.severity.word}, since {rule.since};" in page


def test_every_rule_has_a_row() -> None:
    rows = re.findall(r"^\| \[([-A-Z0-9]+)\]\((.*?)\) (\S+) \|", INDEX, re.MULTILINE)
    assert sorted(rows) == [(rule.id, f"{rule.id}.md", rule.slug) for rule in every()]


def test_a_family_is_headed_once() -> None:
    headings = re.findall("^## (.*)$", INDEX, re.MULTILINE)
    assert headings == list(dict.fromkeys(headings))
    assert headings[:3] == ["YAML", "Application 应用", "Properties 属性"]


@with_each_page
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"(?<!\\)\]\(([^)]+)\)", MADE[page]):
        assert (page.parent / link).exists(), link
