# SPDX-License-Identifier: Apache-2.0
"""Each finding with the lines it is about and what to do, then one closing line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.decoding import lines
from velaserve_lint.formats.closing import closing
from velaserve_lint.formats.concise import headline
from velaserve_lint.formats.excerpt import Label, excerpt
from velaserve_lint.messages import advice, describe_related
from velaserve_lint.text import Text, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_lint.finding import Finding
    from velaserve_lint.formats import View
    from velaserve_lint.report import Report

_FIX = Text("fix", "修复")


def write(report: Report, view: View) -> str:
    rows_of = {file: lines(text) for file, text in report.texts.items()}
    blocks = [_block(finding, rows_of[finding.file], view) for finding in report.findings]
    if not view.quiet:
        blocks.append(closing(report, view.language))
    return "\n".join(blocks)


def _block(finding: Finding, rows: Sequence[str], view: View) -> str:
    labels = [Label(finding.span, "^", "")]
    for related in finding.related:
        if related.place.file == finding.file:
            text = describe_related(finding, related, view.language)
            labels.append(Label(related.place.span, "-", text))
    shown = excerpt(rows, labels, finding.severity, view)
    return "\n".join([headline(finding, view), *shown, *_notes(finding, view)]) + "\n"


def _notes(finding: Finding, view: View) -> list[str]:
    """What stands in other files, what the definition says about the value, and advice."""
    notes = [
        f"  = {one.place.file}:{one.place.span.line}:{one.place.span.column}: "
        f"{describe_related(finding, one, view.language)}"
        for one in finding.related
        if one.place.file != finding.file
    ]
    notes.append(f"  = {_FIX.to(view.language)}: {advice(finding, view.language)}")
    if usage := finding.arguments.get("usage"):
        notes.insert(0, f"  = {finding.arguments['name']}: {printable(str(usage))}")
    return notes
