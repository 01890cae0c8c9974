# SPDX-License-Identifier: Apache-2.0
"""What each rule says of its bad example: golden/<id>.yaml gives golden/<id>.<language>.out.

VELASERVE_UPDATE_GOLDEN=1 writes the files instead of comparing them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from support.lint import settings_of
from velaserve_lint import lint
from velaserve_lint.formats import View, write
from velaserve_lint.rules import every
from velaserve_lint.text import Language

if TYPE_CHECKING:
    from velaserve_lint.rule import Rule

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES: tuple[Language, ...] = get_args(Language)


@pytest.mark.parametrize("rule", every(), ids=lambda rule: rule.id)
def test_the_words_are_the_golden_ones(rule: type[Rule]) -> None:
    report = lint(rule.bad, f"{rule.id}.yaml", settings_of(rule))
    said = {f"{rule.id}.{one}.out": write(report, "full", View(one)) for one in LANGUAGES}
    for name, text in {f"{rule.id}.yaml": rule.bad, **said}.items():
        if os.environ.get("VELASERVE_UPDATE_GOLDEN") == "1":
            GOLDEN.mkdir(exist_ok=True)
            (GOLDEN / name).write_bytes(text.encode())

        assert (GOLDEN / name).read_bytes().decode() == text, name


def test_there_is_none_of_a_rule_that_is_gone() -> None:
    rules = {rule.id for rule in every()}

    assert {file.name.partition(".")[0] for file in GOLDEN.iterdir()} == rules
