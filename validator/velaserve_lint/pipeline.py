# SPDX-License-Identifier: Apache-2.0
"""The way of a file: text, documents, kinds, envelope, properties, rules, report."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from velaserve_lint import envelope, objects, properties
from velaserve_lint.consequences import independent_of_application
from velaserve_lint.coverage import coverage_of
from velaserve_lint.defaults import with_defaults
from velaserve_lint.embedded import embedded_in
from velaserve_lint.finding import Severity
from velaserve_lint.kinds import is_application, may_define
from velaserve_lint.manifest import manifests_in
from velaserve_lint.npu.checking import check_application
from velaserve_lint.placement import placements
from velaserve_lint.queries import queries_in
from velaserve_lint.reading import read_application
from velaserve_lint.references.application import outline_of
from velaserve_lint.report import Coverage, Report
from velaserve_lint.rules import application_rules, query_rules, run_rules
from velaserve_lint.rules.syntax.vs010_ambiguous_scalar import AmbiguousScalar
from velaserve_lint.run import Run
from velaserve_lint.selection import chosen_of
from velaserve_lint.settings import DEFAULT
from velaserve_lint.source import read
from velaserve_lint.suppress import suppressions_in
from velaserve_lint.suppress.applied import apply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.checklist.judging import Judged
    from velaserve_lint.document import Document
    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.references.application import Outline
    from velaserve_lint.settings import Settings
    from velaserve_lint.source import Source
    from velaserve_lint.suppress.suppression import Suppression


class Linter:
    """Takes the files of a run one by one; nothing that they hold raises.

    Applications are kept only where they are asked for: a thousand files fit into little memory.
    """

    def __init__(self, settings: Settings = DEFAULT, *, keep_applications: bool = True) -> None:
        self._settings = settings
        self._catalogue = settings.catalogue
        self._keep_applications = keep_applications
        self._findings: list[Finding] = []
        self._applications: list[Application] = []
        self._to_judge: list[Application] = []
        self._manifests: list[Manifest] = []
        self._outlines: list[Outline] = []
        self._coverage = Coverage()
        self._texts: dict[str, str] = {}
        self._suppressions: list[Suppression] = []

    def learn(self, content: str | bytes) -> None:
        """Takes what the file defines as known, in whatever file it is used: call this before."""
        if may_define(content):
            from velaserve_lint.declared import declared_in, policies_in  # few files define a type

            for document in read(content, "").documents:
                definitions, policies = declared_in(document), policies_in(document)
                self._catalogue = self._catalogue.plus(definitions, policies)

    def add(self, content: str | bytes, file: str) -> None:
        """Everything that one file says by itself."""
        source = read(content, file)
        found = [*source.findings, *self._documents(source)]
        suppressions = suppressions_in(source, file)
        self._findings += found
        self._suppressions += suppressions
        if found or suppressions or self._is_related(file):
            self._texts[file] = source.text

    def report(self) -> Report:
        """What all the files say, each by itself and together."""
        chosen = chosen_of([*self.mistakes, *self._misses()], self._settings)
        asked = self._settings.checklist
        kept, suppressed = apply(chosen, self._suppressions, with_checklist=asked)
        findings = _in_order(kept, list(self._texts))
        texts = {finding.file: self._texts[finding.file] for finding in findings}
        applications = tuple(self._applications)
        return Report(findings, applications, self._coverage, texts, tuple(suppressed))

    def _is_related(self, file: str) -> bool:
        """Whether rules on the whole run may find something in the file."""
        objects = (one.root.document.file for one in self._manifests[-1:])
        applications = (one.file for one in self._outlines[-1:])
        return file in (*objects, *applications)

    @cached_property
    def mistakes(self) -> tuple[Finding, ...]:
        """Everything that is wrong, whatever a configuration or a comment says of it."""
        run = Run(self._manifests, self._settings.earlier, self._outlines)
        between = [one for rule in run_rules() for one in rule.check(run)] if run.manifests else []
        return (*self._findings, *between)

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """What the checklist says, where the settings ask for it."""
        if not self._settings.checklist:
            return ()
        from velaserve_lint.checklist.judging import judge  # most runs ask for mistakes only

        return judge(self._manifests, self._to_judge, self._settings.targets)

    def _misses(self) -> Iterator[Finding]:
        for one in self.judged:
            yield from one.findings

    def _documents(self, source: Source) -> Iterator[Finding]:
        sound = not _has_error(source.findings)
        filled = [document for document in source.documents if document.data is not None]
        self._coverage += Coverage(files=1)
        for document in filled:
            found = list(self._document(document, keep=sound))
            yield from found

    def _document(self, document: Document, *, keep: bool) -> Iterator[Finding]:
        if not is_application(document):
            manifests = list(manifests_in(document, self._settings.targets))
            if manifests:
                yield from _with_ambiguous(document, list(self._objects(manifests)))
            self._coverage += Coverage(other_documents=int(not manifests))
            return
        application = read_application(document, self._catalogue)
        found = list(_findings(application))
        found += self._objects(list(embedded_in(application, self._settings.targets)))
        self._outlines.append(outline_of(application))
        self._coverage += coverage_of(application)
        self._to_judge += [application] if self._settings.checklist else []
        if keep and self._keep_applications and not _has_error(found):
            self._applications.append(with_defaults(application))
        yield from _with_ambiguous(document, found)

    def _objects(self, manifests: list[Manifest]) -> Iterator[Finding]:
        self._manifests += manifests
        self._coverage += Coverage(objects=len(manifests))
        for manifest in manifests:
            yield from objects.check(manifest)


def _findings(application: Application) -> Iterator[Finding]:
    document = application.document
    mistakes = [*envelope.check(document), *properties.check(application)]
    found = list(_by_rules(application))
    yield from mistakes
    yield from independent_of_application(found, mistakes, document)


def _by_rules(application: Application) -> Iterator[Finding]:
    for rule in application_rules():
        yield from rule.check(application)
    yield from check_application(application)
    for pod in placements(application):
        yield from objects.check_part(pod)
    for query in queries_in(application):
        for query_rule in query_rules():
            yield from query_rule.check(query)


def _with_ambiguous(document: Document, found: list[Finding]) -> Iterator[Finding]:
    """The findings, and the values that parsers do not agree on where nothing else is wrong."""
    yield from found
    spans = {finding.span for finding in found}
    for scalar in document.ambiguous:
        if scalar.place.span not in spans:
            yield AmbiguousScalar.of(scalar)


def _in_order(findings: list[Finding], files: list[str]) -> tuple[Finding, ...]:
    """By file and place; what an alias repeats is said once."""
    order = {file: index for index, file in enumerate(files)}
    said = {
        (order[one.file], one.span, one.id, one.message, str(one.arguments)): one
        for one in reversed(findings)
    }
    return tuple(said[key] for key in sorted(said))


def _has_error(findings: list[Finding] | tuple[Finding, ...]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)
