# SPDX-License-Identifier: Apache-2.0
"""For the comment on a merge request or the summary of a job: a table for each file."""

from __future__ import annotations

from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.fingerprint import portable
from velaserve_lint.formats.closing import closing, found
from velaserve_lint.markdown import plain_text
from velaserve_lint.messages import advice, describe, describe_related
from velaserve_lint.rules import find
from velaserve_lint.text import Text, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.formats import View
    from velaserve_lint.report import Report
    from velaserve_lint.text import Language

LONGEST = 60_000
"""Characters of the tables: a comment on GitHub takes 65,536 in all."""

_HEAD = Text(
    "| line | rule | finding | fix |\n| --- | --- | --- | --- |\n",
    "| 行 | 规则 | 问题 | 修复 |\n| --- | --- | --- | --- |\n",
)
_BESIDE = Text("line {line}: {what}", "第 {line} 行：{what}")
_ELSEWHERE = Text("{file}:{line}: {what}", "{file}:{line}：{what}")
_LEFT_OUT = Text("{n} more are left out here.", "此处省略了另外 {n} 项。")


class _Row(NamedTuple):
    finding: Finding
    text: str


def write(report: Report, view: View) -> str:
    rows = [_Row(finding, _row(finding, view.language)) for finding in report.findings]
    lengths = accumulate(len(row.text) for row in rows)
    shown = rows[: sum(length <= LONGEST for length in lengths)]
    blocks = ["### velaserve-lint\n", *_tables(shown, report, view.language)]
    if left_out := len(rows) - len(shown):
        blocks.append(_LEFT_OUT.to(view.language, {"n": left_out}) + "\n")
    if not view.quiet:
        blocks.append(closing(report, view.language))
    return "\n".join(blocks)


def _tables(rows: list[_Row], report: Report, language: Language) -> Iterator[str]:
    files = groupby(report.findings, lambda finding: finding.file)
    counts = {file: found(group, language) for file, group in files}
    for file, group in groupby(rows, lambda row: row.finding.file):
        yield f"#### {_plain(printable(portable(file)))}: {counts[file]}\n"
        yield _HEAD.to(language) + "".join(row.text for row in group)


def _row(finding: Finding, language: Language) -> str:
    rule = f"{finding.severity.word} {finding.id} {find(finding.id).slug}"
    cells = (
        str(finding.span.line),
        rule,
        "<br>".join(map(_plain, _sentences(finding, language))),
        _plain(advice(finding, language)),
    )
    return f"| {' | '.join(cells)} |\n"


def _sentences(finding: Finding, language: Language) -> Iterator[str]:
    yield describe(finding, language)
    for related in finding.related:
        file, line = related.place.file, related.place.span.line
        what = describe_related(finding, related, language)
        form = _BESIDE if file == finding.file else _ELSEWHERE
        yield form.to(language, {"file": portable(file), "line": line, "what": what})


def _plain(text: str) -> str:
    """Nobody is told of a finding because a value looks like a name."""
    return plain_text(text).replace("@", "@<!-- -->")
