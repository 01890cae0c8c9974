# SPDX-License-Identifier: Apache-2.0
"""A rule's page says all that is known about it, in the terminal as in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from velaserve_lint.page import marked_up, plain, sections
from velaserve_lint.rules import every, find

if TYPE_CHECKING:
    from velaserve_lint.rule import Rule

EACH = pytest.mark.parametrize("rule", every(), ids=[rule.id for rule in every()])


def test_the_page_of_a_rule() -> None:
    assert plain(find("VS002"), "en") == (
        """\
VS002 duplicate-key (error, 0.1.0)
a key stands twice in one mapping

Why:
    kubectl keeps the last one without a word, so the first is lost.

Fix:
    Remove one of them, or rename it.

Bad:
    metadata:
      name: digits
      name: letters

Good:
    metadata:
      name: letters

Source:
    sigs.k8s.io/yaml UnmarshalStrict
"""
    )


def test_a_section_as_markdown() -> None:
    *_, bad, _, source = map(marked_up, sections(find("VS002"), "en"))

    assert bad == "## Bad\n\n```yaml\nmetadata:\n  name: digits\n  name: letters\n```\n"
    assert source == "## Source\n\nsigs.k8s.io/yaml UnmarshalStrict\n"


@EACH
def test_a_page_can_be_printed(rule: type[Rule]) -> None:
    text = plain(rule, "zh") + "".join(map(marked_up, sections(rule, "zh")))

    assert all(character in "\n\t" or character.isprintable() for character in text)


@EACH
def test_both_forms_have_the_same_words(rule: type[Rule]) -> None:
    words = plain(rule, "en").split()

    for section in sections(rule, "en"):
        assert set(section.body.split()) <= set(words)
        assert f"{section.heading}:" in plain(rule, "en")
