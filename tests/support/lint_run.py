# SPDX-License-Identifier: Apache-2.0
"""Several files linted together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.embedded import embedded_in
from velaserve_lint.kinds import is_application
from velaserve_lint.manifest import manifests_in
from velaserve_lint.messages import describe
from velaserve_lint.pipeline import Linter
from velaserve_lint.reading import read_application
from velaserve_lint.references.application import outline_of
from velaserve_lint.run import Run
from velaserve_lint.source import read
from velaserve_lint.targets import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.manifest import Manifest
    from velaserve_lint.references.application import Outline
    from velaserve_lint.report import Report


def lint_files(files: Mapping[str, str]) -> Report:
    linter = Linter()
    for file, text in files.items():
        linter.add(text, file)
    return linter.report()


def found(rule_id: str, *texts: str) -> list[str]:
    """What a rule says of documents in one file: severity and message."""
    return found_in(rule_id, {"-": "\n---\n".join(texts)})


def found_in(rule_id: str, files: Mapping[str, str]) -> list[str]:
    """What a rule says of some files."""
    findings = (one for one in lint_files(files).findings if one.id == rule_id)
    return [f"{one.severity.word}: {describe(one)}" for one in findings]


def run_of(*texts: str, file: str = "-") -> Run:
    """The run that the rules see of documents in one file."""
    manifests: list[Manifest] = []
    outlines: list[Outline] = []
    for document in read("\n---\n".join(texts), file).documents:
        if is_application(document):
            application = read_application(document)
            outlines.append(outline_of(application))
            manifests += embedded_in(application, DEFAULT)
        else:
            manifests += manifests_in(document, DEFAULT)
    return Run(manifests, (), outlines)
