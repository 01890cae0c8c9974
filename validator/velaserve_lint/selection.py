# SPDX-License-Identifier: Apache-2.0
"""Which findings a configuration wants to hear of, and how bad it thinks they are."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from velaserve_lint.rules import ids
from velaserve_lint.suggest import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.settings import Settings


def chosen_of(findings: Iterable[Finding], settings: Settings) -> Iterator[Finding]:
    """Without the ignored ones, with the severities that the settings give."""
    for finding in findings:
        if not _is_ignored(finding, settings):
            severity = settings.severities.get(finding.id, finding.severity)
            changed = severity is not finding.severity
            yield finding._replace(severity=severity) if changed else finding


def unknown_rule(selector: str) -> str | None:
    """None where a rule's id begins so; else the id that comes nearest."""
    if any(rule_id.startswith(selector) for rule_id in ids()):
        return None
    return suggest(selector, ids()) or ids()[0]


def _is_ignored(finding: Finding, settings: Settings) -> bool:
    if finding.id.startswith(settings.ignored):
        return True
    paths = settings.ignored_in_paths
    return any(matches(finding.file, path) and finding.id.startswith(ids) for path, ids in paths)


def matches(file: str, pattern: str) -> bool:
    """A pattern for a whole path, or for the end of one: `charts/*` is also in /a/b/charts."""
    return fnmatchcase(file, pattern) or fnmatchcase(file, f"*/{pattern}")
