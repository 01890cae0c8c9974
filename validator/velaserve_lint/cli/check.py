# SPDX-License-Identifier: Apache-2.0
"""velaserve-lint [check] PATH…"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from velaserve_lint.cli import known, mend
from velaserve_lint.cli.added import add_rules
from velaserve_lint.cli.configured import complete
from velaserve_lint.cli.inputs import Inputs
from velaserve_lint.cli.linted import linted
from velaserve_lint.cli.output import view_of
from velaserve_lint.cli.outputs import output
from velaserve_lint.finding import Severity
from velaserve_lint.text import Text

if TYPE_CHECKING:
    import argparse

    from velaserve_lint.report import Report

CLEAN, FINDINGS, NOTHING = 0, 1, 3
MOST_ROUNDS = 5

_NOTHING = Text(
    "nothing to lint: no Application and no Kubernetes object in {paths}",
    "没有可检查的内容：{paths} 中没有 Application 或 Kubernetes 对象",
)
_EXPLAIN = Text("hint: velaserve-lint explain {id}", "提示：velaserve-lint explain {id}")


def run(arguments: argparse.Namespace) -> int:
    """Lints, prints, and says by the exit code what was found.

    Raises:
        UsageError: a path cannot be read or written, or a format does not exist.
    """
    arguments.paths = arguments.paths or ["."]
    complete(arguments)
    add_rules(arguments)
    outputs = [output(text) for text in arguments.output_format]
    inputs = Inputs(arguments.paths, arguments.exclude, arguments.stdin_filename)
    report = _report(inputs, arguments)
    if arguments.diff:
        return FINDINGS if mend.diff(report, inputs) else CLEAN
    if arguments.fix:
        report = _fixed(report, inputs, arguments)
    for one in outputs:
        one.write(report, view_of(arguments))
    if report.is_empty and not arguments.allow_nothing:
        _hint(_NOTHING.to(arguments.lang, {"paths": ", ".join(arguments.paths)}))
        return NOTHING
    if report.findings and not arguments.quiet and sys.stderr.isatty():
        _hint(_EXPLAIN.to(arguments.lang, {"id": report.findings[0].id}))
    return FINDINGS if _fails(report, arguments.fail_on) else CLEAN


def _report(inputs: Inputs, arguments: argparse.Namespace) -> Report:
    with linted(inputs, arguments) as linter:
        return _new(linter.report(), arguments)


def _fixed(report: Report, inputs: Inputs, arguments: argparse.Namespace) -> Report:
    """What is left to do; a mended key may show what was wrong below it."""
    for _ in range(MOST_ROUNDS):
        if not mend.fix(report, inputs, arguments.lang):
            break
        report = _report(inputs, arguments)
    return report


def _new(report: Report, arguments: argparse.Namespace) -> Report:
    """Without what a baseline knows, which may be written just now."""
    if file := arguments.write_baseline:
        known.write(report, file, arguments.lang)
    elif not (file := arguments.baseline):
        return report
    return known.without_known(report, str(file), arguments.lang)


def _fails(report: Report, fail_on: str) -> bool:
    return fail_on != "never" and report.fails(Severity[fail_on.upper()])


def _hint(text: str) -> None:
    print(text, file=sys.stderr)
