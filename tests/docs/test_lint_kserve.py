# SPDX-License-Identifier: Apache-2.0
"""The tables of docs/lint-kserve list the rules as they are."""

import re

import pytest

from ci.tools.tree import ROOT
from velaserve_lint.rule import ManifestRule, RunRule
from velaserve_lint.rules import find, modules

RULES = [find(rule_id) for rule_id in modules() if "VS411" <= rule_id <= "VS461"]
ROW = re.compile(r"^\| (VS\d{3}) \| ([WL]\d+) \| [^|]+ \| ([^|]+) \|", re.MULTILINE)
# What one object alone shows, and what it takes more than that for, in the words of each file.
PAGES = {
    "lint-kserve.md": ("object", "run", "update"),
    "lint-kserve.zh.md": ("对象", "本次运行", "更新"),
}


def rows(page: str) -> dict[str, tuple[str, str]]:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return {rule: (number, looks.strip()) for rule, number, looks in ROW.findall(text)}


@pytest.mark.parametrize("page", PAGES)
def test_every_rule_has_its_row(page: str) -> None:
    numbers = {rule.id: rule.source.partition(":")[0] for rule in RULES}
    ours = [*(f"W{number:02}" for number in range(1, 21)), *(f"L{n}" for n in range(1, 22))]

    assert {rule: number for rule, (number, _) in rows(page).items()} == numbers
    assert list(numbers.values()) == ours


@pytest.mark.parametrize(("page", "words"), PAGES.items())
def test_what_a_rule_looks_at_is_what_it_is_given(page: str, words: tuple[str, str, str]) -> None:
    alone, run, update = words
    for rule in RULES:
        looks = rows(page)[rule.id][1]
        if issubclass(rule, ManifestRule):
            assert looks == alone
        else:
            assert issubclass(rule, RunRule)
            assert run in looks or update in looks
        assert not rule.earlier or update in looks
