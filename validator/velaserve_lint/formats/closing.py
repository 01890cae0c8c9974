# SPDX-License-Identifier: Apache-2.0
"""The last line: what was checked, what was found, and what was not looked at."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from velaserve_lint.finding import Finding
    from velaserve_lint.report import Report
    from velaserve_lint.text import Language

_CHECKED = Text("checked {checked} in {files}: {found}", "检查了 {files}中的 {checked}：{found}")
_NOT_CHECKED = Text("; not checked: {what}", "；未检查：{what}")
_NOTHING = Text("no findings", "没有发现问题")
_FILE = Text("{n} file{s}", "{n} 个文件")
_KINDS = {
    "applications": Text("{n} Application{s}", "{n} 个 Application"),
    "objects": Text("{n} object{s}", "{n} 个对象"),
}
_UNCHECKED = {
    "built_in": Text("{n} of a built-in type", "{n} 个内置类型"),
    "without_schema": Text("{n} of a type without a schema", "{n} 个没有 schema 的类型"),
    "unknown": Text("{n} of an unknown type", "{n} 个未知类型"),
    "other_documents": Text("{n} other document{s}", "{n} 个其他文档"),
}
_SEVERITIES = {
    Severity.ERROR: Text("{n} error{s}", "{n} 个错误"),
    Severity.WARNING: Text("{n} warning{s}", "{n} 个警告"),
    Severity.INFO: Text("{n} hint{s}", "{n} 个提示"),
}


def closing(report: Report, language: Language) -> str:
    """One sentence and a newline."""
    coverage = report.coverage
    sentence = _CHECKED.to(
        language,
        {
            "checked": _checked(report, language),
            "files": _count(_FILE, coverage.files, language),
            "found": found(report.findings, language) or _NOTHING.to(language),
        },
    )
    if unchecked := _unchecked(report, language):
        sentence += _NOT_CHECKED.to(language, {"what": unchecked})
    return sentence + "\n"


def _checked(report: Report, language: Language) -> str:
    counts = {text: getattr(report.coverage, name) for name, text in _KINDS.items()}
    return _listed(counts, language) or _count(_KINDS["applications"], 0, language)


def found(findings: Iterable[Finding], language: Language) -> str:
    """How many there are of each severity; empty where there are none."""
    counts = Counter(finding.severity for finding in findings)
    return _listed({text: counts[severity] for severity, text in _SEVERITIES.items()}, language)


def _unchecked(report: Report, language: Language) -> str:
    counts = {text: getattr(report.coverage, name) for name, text in _UNCHECKED.items()}
    return _listed(counts, language)


def _listed(counts: dict[Text, int], language: Language) -> str:
    comma = "，" if language == "zh" else ", "
    return comma.join(_count(text, n, language) for text, n in counts.items() if n)


def _count(text: Text, n: int, language: Language) -> str:
    return text.to(language, {"n": n, "s": "" if n == 1 else "s"})
