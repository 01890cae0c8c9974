# SPDX-License-Identifier: Apache-2.0
"""The way of a file: text, documents, kinds, envelope, properties, rules, report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint import envelope, properties
from velaserve_lint.defaults import with_defaults
from velaserve_lint.definitions import is_built_in, schema_of
from velaserve_lint.finding import Severity
from velaserve_lint.kinds import is_application
from velaserve_lint.reading import read_application
from velaserve_lint.report import Coverage, Report
from velaserve_lint.rules import application_rules
from velaserve_lint.source import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


def run(content: str | bytes, file: str) -> Report:
    """The report on one file; nothing that it holds raises."""
    source = read(content, file)
    filled = [document for document in source.documents if document.data is not None]
    applications = [read_application(one) for one in filled if is_application(one)]
    checked = [(application, list(_findings(application))) for application in applications]
    findings = [*source.findings, *(one for _, found in checked for one in found)]
    sound = not any(finding.severity is Severity.ERROR for finding in source.findings)
    return Report(
        _in_order(findings),
        tuple(with_defaults(one) for one, found in checked if sound and not _has_error(found)),
        _coverage(applications, len(filled)),
        {file: source.text} if findings else {},
    )


def _findings(application: Application) -> Iterator[Finding]:
    yield from envelope.check(application.document)
    yield from properties.check(application)
    for rule in application_rules():
        yield from rule.check(application)


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """By place; what an alias repeats is said once."""
    said = {(one.span, one.id, one.message, str(one.arguments)): one for one in reversed(findings)}
    return tuple(said[key] for key in sorted(said))


def _has_error(findings: list[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _coverage(applications: list[Application], documents: int) -> Coverage:
    unchecked = [
        typed
        for application in applications
        for typed in application.typed()
        if typed.type and schema_of(typed.kind, typed.definition) is None
    ]
    built_in = sum(is_built_in(typed.kind, typed.definition) for typed in unchecked)
    others = documents - len(applications)
    return Coverage(1, len(applications), others, built_in, len(unchecked) - built_in)
