# SPDX-License-Identifier: Apache-2.0
"""What a run found, and what it did not look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much was checked; `built_in` and `unknown` count types whose properties were not."""

    files: int = 0
    applications: int = 0
    other_documents: int = 0
    built_in: int = 0
    unknown: int = 0

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(
            self.files + other.files,
            self.applications + other.applications,
            self.other_documents + other.other_documents,
            self.built_in + other.built_in,
            self.unknown + other.unknown,
        )


@dataclass(frozen=True, slots=True)
class Report:
    """The findings in the order of the files; the Applications in which there is no error.

    `texts` holds the text of each file that has findings: spans count in it.
    """

    findings: tuple[Finding, ...] = ()
    applications: tuple[Application, ...] = ()
    coverage: Coverage = Coverage()
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)

    def fails(self, on: Severity = Severity.ERROR) -> bool:
        """Whether there is a finding at least as bad as `on`."""
        return any(finding.severity >= on for finding in self.findings)

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to lint."""
        return not self.findings and not self.coverage.applications


def joined(reports: Iterable[Report]) -> Report:
    """One report over several files."""
    parts = tuple(reports)
    return Report(
        tuple(finding for part in parts for finding in part.findings),
        tuple(application for part in parts for application in part.applications),
        sum((part.coverage for part in parts), Coverage()),
        {file: text for part in parts for file, text in part.texts.items()},
    )
