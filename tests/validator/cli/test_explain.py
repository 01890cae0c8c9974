# SPDX-License-Identifier: Apache-2.0
"""A rule's page says all that is known about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.cli import main
from velaserve_lint.rules import every

if TYPE_CHECKING:
    import pytest


def test_ids_are_found_in_lower_case_and_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "zh", "explain", "vs201"]) == 0

    out = capsys.readouterr().out
    assert out.startswith("VS201 unknown-property")
    assert "\n原因:\n" in out


def test_the_list_has_a_line_for_each_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0

    out = capsys.readouterr().out
    assert [line.split()[0] for line in out.splitlines()] == [rule.id for rule in every()]
