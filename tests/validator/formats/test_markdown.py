# SPDX-License-Identifier: Apache-2.0
"""A table for each file, in which names and values stay text."""

from __future__ import annotations

import re

from support.reports import ODD, together, with_each_report
from velaserve_lint import Report, lint
from velaserve_lint.formats import View, write
from velaserve_lint.formats.markdown import LONGEST
from velaserve_lint.place import Place
from velaserve_lint.rules.examples import APPLICATION, changed

BAD = changed("modelUri", "modelUrl")
TWICE = "metadata:\n  name: digits\n  name: letters\n"


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if re.match(r"\| \d", line)]


def test_a_comment() -> None:
    report = together(("a.yaml", BAD), ("b.yaml", APPLICATION), ("c.yaml", TWICE))

    assert write(report, "markdown") == (
        """\
### velaserve-lint

#### a.yaml: 1 error

| line | rule | finding | fix |
| --- | --- | --- | --- |
| 10 | error VS201 unknown-property | unknown property 'modelUrl'; did you mean 'modelUri'? | \
Rename or remove the property; the type's documentation lists all there are. |

#### c.yaml: 1 error

| line | rule | finding | fix |
| --- | --- | --- | --- |
| 3 | error VS002 duplicate-key | 'name' is set twice; the last one wins\
<br>line 2: first set here | Remove one of them, or rename it. |

checked 2 Applications in 3 files: 2 errors; not checked: 1 other document
"""
    )


def test_in_chinese_and_quiet() -> None:
    text = write(lint(TWICE, "c.yaml"), "markdown", View("zh", quiet=True))

    assert "#### c.yaml: 1 个错误\n\n| 行 | 规则 | 问题 | 修复 |" in text
    assert "后者生效<br>第 2 行：第一次在此设置 |" in text
    assert text.endswith(" |\n")


@with_each_report
def test_every_finding_is_a_row_of_four_cells(report: Report) -> None:
    found = rows(write(report, "markdown"))

    assert len(found) == len(report.findings)
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in found} <= {5}


def test_nothing_that_a_file_holds_is_a_mark() -> None:
    text = write(ODD, "markdown", View(quiet=True)).replace("<br>", "")

    [row] = rows(text)
    assert not re.search(r"(?<!\\)[`*_\[\]<>]", row.replace("@<!-- -->", ""))
    assert "@all" not in text
    assert "#### a b%:,\\|\\<é\\>" in text


def test_a_place_in_another_file_is_named() -> None:
    report = lint(TWICE, "a.yaml")
    [finding] = report.findings
    elsewhere = finding.beside(Place("b.yaml", finding.span), "first")

    text = write(Report((elsewhere,)), "markdown")

    assert "<br>b.yaml:3: first set here |" in text


def test_it_fits_into_a_comment() -> None:
    many = lint("---\n".join([BAD] * 1000), "a.yaml")

    text = write(many, "markdown")

    assert LONGEST < len(text) < 65_536
    assert f"\n{1000 - len(rows(text))} more are left out here.\n" in text
    assert "#### a.yaml: 1000 errors" in text
