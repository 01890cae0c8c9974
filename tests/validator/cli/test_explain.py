# SPDX-License-Identifier: Apache-2.0
"""A rule's page says all that is known about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.cli import main
from velaserve_lint.cli.explain import page
from velaserve_lint.rules import every, find

if TYPE_CHECKING:
    import pytest


def test_the_page_of_a_rule() -> None:
    assert page(find("VS002"), "en") == (
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


def test_ids_are_found_in_lower_case_and_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "zh", "explain", "vs201"]) == 0

    out = capsys.readouterr().out
    assert out.startswith("VS201 unknown-property")
    assert "\n原因:\n" in out


def test_the_list_has_a_line_for_each_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0

    out = capsys.readouterr().out
    assert [line.split()[0] for line in out.splitlines()] == [rule.id for rule in every()]
