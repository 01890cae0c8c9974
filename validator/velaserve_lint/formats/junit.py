# SPDX-License-Identifier: Apache-2.0
"""JUnit's XML, which every CI shows: a test suite for each file, a failure for each finding."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

from velaserve_lint.fingerprint import portable
from velaserve_lint.messages import advice, describe, describe_related
from velaserve_lint.place import dotted
from velaserve_lint.rules import find
from velaserve_lint.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_lint.finding import Finding
    from velaserve_lint.formats import View
    from velaserve_lint.place import Place
    from velaserve_lint.report import Report

NAME = "velaserve-lint"


def write(report: Report, _view: View) -> str:
    count = len(report.findings)
    root = Xml.Element("testsuites", {"name": NAME, **_counts(count)})
    for file, findings in groupby(report.findings, lambda finding: finding.file):
        root.append(_suite(_name(file), tuple(findings)))
    if not count:
        root.append(_passed())
    Xml.indent(root)
    # Only ASCII, as in the formats of JSON.
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(root).decode("ascii")}\n'


def _suite(file: str, findings: Sequence[Finding]) -> Xml.Element:
    suite = Xml.Element("testsuite", {"name": file, **_counts(len(findings))})
    suite.extend(_case(file, finding) for finding in findings)
    return suite


def _case(file: str, finding: Finding) -> Xml.Element:
    line = str(finding.span.line)
    name = f"{finding.id} {find(finding.id).slug} {finding.span.line}:{finding.span.column}"
    case = Xml.Element("testcase", {"name": name, "classname": file, "file": file, "line": line})
    said = {"type": finding.severity.word, "message": describe(finding)}
    Xml.SubElement(case, "failure", said).text = "\n".join(_details(finding))
    return case


def _details(finding: Finding) -> list[str]:
    related = (f"{_at(one.place)}: {describe_related(finding, one)}" for one in finding.related)
    path = printable(dotted(finding.place.path))
    return [f"{_at(finding.place)}: {path}", *related, f"fix: {advice(finding)}"]


def _passed() -> Xml.Element:
    """Some CIs take a report without any test for a failure."""
    suite = Xml.Element("testsuite", {"name": NAME, **_counts(0)})
    Xml.SubElement(suite, "testcase", {"name": "no findings", "classname": NAME})
    return suite


def _counts(findings: int) -> dict[str, str]:
    return {"tests": str(max(findings, 1)), "failures": str(findings), "errors": "0"}


def _at(place: Place) -> str:
    return f"{_name(place.file)}:{place.span.line}:{place.span.column}"


def _name(file: str) -> str:
    """XML has no place for control characters."""
    return printable(portable(file))
