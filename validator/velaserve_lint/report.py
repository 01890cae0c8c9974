# SPDX-License-Identifier: Apache-2.0
"""What a run found, and what it did not look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding
    from velaserve_lint.suppress.applied import Suppressed


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much was checked; the last three count types whose properties were not.

    `without_schema` are known by name only; `objects` are Kubernetes objects, those inside
    Applications included.
    """

    files: int = 0
    applications: int = 0
    objects: int = 0
    other_documents: int = 0
    built_in: int = 0
    without_schema: int = 0
    unknown: int = 0

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(
            self.files + other.files,
            self.applications + other.applications,
            self.objects + other.objects,
            self.other_documents + other.other_documents,
            self.built_in + other.built_in,
            self.without_schema + other.without_schema,
            self.unknown + other.unknown,
        )


@dataclass(frozen=True, slots=True)
class Report:
    """The findings in the order of the files; the Applications in which there is no error.

    `suppressed` are the findings that the files do not want to hear of, each with the reason;
    `texts` holds the text of each file that has findings: spans count in it.
    """

    findings: tuple[Finding, ...] = ()
    applications: tuple[Application, ...] = ()
    coverage: Coverage = Coverage()
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    suppressed: tuple[Suppressed, ...] = ()

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)

    def fails(self, on: Severity = Severity.ERROR) -> bool:
        """Whether there is a finding at least as bad as `on`."""
        return any(finding.severity >= on for finding in self.findings)

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to lint."""
        return not (self.findings or self.coverage.applications or self.coverage.objects)
