# SPDX-License-Identifier: Apache-2.0
"""--baseline FILE and --write-baseline FILE."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from velaserve_lint.baseline import Baseline, BaselineError, baseline_of, parse
from velaserve_lint.cli.errors import UsageError
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from velaserve_lint.report import Report
    from velaserve_lint.text import Language

_UNREADABLE = Text(
    "cannot read the baseline '{file}': {reason}; write one with --write-baseline",
    "无法读取基线 '{file}'：{reason}；可用 --write-baseline 生成",
)
_UNWRITABLE = Text("cannot write '{file}': {reason}", "无法写入 '{file}'：{reason}")
_KNOWN = Text("{n} known findings of {file} are not shown", "{file} 中 {n} 个已知问题未显示")
_GONE = Text(
    "{n} entries of {file} are found no more; drop them with --write-baseline {file}",
    "{file} 中 {n} 条记录已不再出现；可用 --write-baseline {file} 删除",
)
_WRITTEN = Text("{file}: {n} known findings", "{file}：{n} 个已知问题")


def without_known(report: Report, file: str, language: Language) -> Report:
    """The report without what the baseline knows; how much that was is said on stderr.

    Raises:
        UsageError: the baseline cannot be read.
    """
    baseline = _read(file)
    new = baseline.without_known(report.findings)
    gone = len(baseline.known) - len(baseline.shrunk(report.findings).known)
    for text, n in ((_KNOWN, len(report.findings) - len(new)), (_GONE, gone)):
        if n:
            print(text.to(language, {"n": n, "file": file}), file=sys.stderr)
    return replace(report, findings=tuple(new))


def write(report: Report, file: str, language: Language) -> None:
    """A new baseline, or one that is there without what is found no more.

    Raises:
        UsageError: it cannot be read or written.
    """
    there = Path(file).exists()
    baseline = _read(file).shrunk(report.findings) if there else baseline_of(report.findings)
    try:
        Path(file).write_text(baseline.dump(), "utf-8")
    except OSError as err:
        raise UsageError(_UNWRITABLE, file=file, reason=err.strerror or str(err)) from err
    print(_WRITTEN.to(language, {"file": file, "n": len(baseline.known)}), file=sys.stderr)


def _read(file: str) -> Baseline:
    try:
        return parse(Path(file).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, BaselineError) as err:
        reason = getattr(err, "strerror", None) or str(err)
        raise UsageError(_UNREADABLE, file=file, reason=reason) from err
