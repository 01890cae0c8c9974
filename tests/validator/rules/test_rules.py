# SPDX-License-Identifier: Apache-2.0
"""Every rule: complete, short, and its own examples prove it."""

from __future__ import annotations

import inspect
import re
import string
from pathlib import Path

import pytest

from support.lint import settings_of
from velaserve_lint import lint
from velaserve_lint.rule import ApplicationRule, Rule, SchemaRule
from velaserve_lint.rules import every, find, modules, schema_rules
from velaserve_lint.text import Text

LONGEST_FILE = 60
EACH = pytest.mark.parametrize("rule", every(), ids=[rule.id for rule in every()])


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@EACH
def test_the_file_is_named_after_the_rule_and_short(rule: type[Rule]) -> None:
    file = Path(inspect.getfile(rule))

    head = rule.id.lower().replace("-", "")
    assert file.stem == f"{head}_{rule.slug.replace('-', '_')}"
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@EACH
def test_everything_is_said_in_both_languages(rule: type[Rule]) -> None:
    for text in (rule.title, rule.why, rule.fix, *rule.messages.values()):
        assert isinstance(text, Text)
        assert re.search("[一-鿿]", text.zh), text
        assert text.en.isascii(), text
        assert placeholders(text.en) == placeholders(text.zh)
    assert rule.source
    assert re.fullmatch(r"\d+\.\d+\.\d+", rule.since)


@EACH
def test_the_bad_example_is_caught_by_this_rule_alone(rule: type[Rule]) -> None:
    assert {one.id for one in lint(rule.bad, settings=settings_of(rule)).findings} == {rule.id}


@EACH
def test_the_good_example_is_clean(rule: type[Rule]) -> None:
    assert lint(rule.good, settings=settings_of(rule)).findings == ()


def test_ids_and_slugs_are_unique() -> None:
    assert [rule.id for rule in every()] == sorted({rule.id for rule in every()})
    assert len({rule.slug for rule in every()}) == len(every())


def test_families_1_and_2_explain_the_same_keywords_of_a_schema() -> None:
    ranges = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}

    assert schema_rules("2").keys() - schema_rules("1").keys() == ranges


def test_a_rule_is_found_by_its_id() -> None:
    assert [find(rule_id).id for rule_id in modules()] == list(modules())
    with pytest.raises(KeyError, match="VS999"):
        find("VS999")


@pytest.mark.parametrize("base", [ApplicationRule, SchemaRule])
def test_a_base_class_checks_nothing_itself(base: type[ApplicationRule | SchemaRule]) -> None:
    with pytest.raises(NotImplementedError):
        base.check(None)  # type: ignore[arg-type]  # not looked at
