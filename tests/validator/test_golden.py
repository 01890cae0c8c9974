# SPDX-License-Identifier: Apache-2.0
"""golden/<case>/app.yaml gives <language>.out; a new case is a new folder.

VELASERVE_UPDATE_GOLDEN=1 writes the outputs instead of comparing them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import get_args

import pytest

from velaserve_lint import lint
from velaserve_lint.formats import View, write
from velaserve_lint.text import Language

CASES = sorted(file.parent for file in (Path(__file__).parent / "golden").glob("*/app.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("language", get_args(Language))
def test_the_output_is_the_golden_one(case: Path, language: Language) -> None:
    report = lint((case / "app.yaml").read_bytes(), "app.yaml")
    golden = case / f"{language}.out"
    found = write(report, "full", View(language))
    if os.environ.get("VELASERVE_UPDATE_GOLDEN") == "1":
        golden.write_text(found, encoding="utf-8")

    assert found == golden.read_text(encoding="utf-8")


def test_three_mistakes_are_three_findings_with_positions() -> None:
    report = lint((CASES[0].parent / "three-mistakes" / "app.yaml").read_bytes(), "app.yaml")

    assert [(one.id, one.span.line, one.span.column) for one in report.findings] == [
        ("VS201", 11, 9),
        ("VS205", 13, 22),
        ("VS106", 15, 13),
    ]
    assert report.fails()
    assert report.applications == ()
