# SPDX-License-Identifier: Apache-2.0
"""Findings as sentences; the last step, and the only one that knows a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rules import find

if TYPE_CHECKING:
    from velaserve_lint.finding import Finding, Related
    from velaserve_lint.text import Language


def describe(finding: Finding, language: Language = "en") -> str:
    """What was found, on one line."""
    return find(finding.id).messages[finding.message].to(language, finding.arguments)


def describe_related(finding: Finding, related: Related, language: Language = "en") -> str:
    """What a further span of the finding shows."""
    return find(finding.id).messages[related.message].to(language, finding.arguments)


def advice(finding: Finding, language: Language = "en") -> str:
    """What to do about it."""
    return find(finding.id).fix.to(language)
