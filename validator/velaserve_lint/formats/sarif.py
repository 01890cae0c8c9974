# SPDX-License-Identifier: Apache-2.0
"""SARIF 2.1.0, which code scanning services and editors read."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote

from velaserve_lint.fingerprint import fingerprints, portable
from velaserve_lint.formats.sarif_rules import LEVELS, descriptor
from velaserve_lint.messages import describe, describe_related
from velaserve_lint.place import pointer
from velaserve_lint.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.finding import Finding
    from velaserve_lint.formats import View
    from velaserve_lint.place import Place
    from velaserve_lint.report import Report

Object: TypeAlias = "dict[str, object]"

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_FINGERPRINT = "velaservePointer/v1"
_LINE_ENDS = ["\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029"]  # as YAML counts lines


def write(report: Report, _view: View) -> str:
    found = [*report.findings, *(one.finding for one in report.suppressed)]
    reasons = [None] * len(report.findings) + [one.reason for one in report.suppressed]
    ids = sorted({finding.id for finding in found})
    run = {
        "tool": {"driver": _driver(ids)},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": _LINE_ENDS,
        "results": [
            _result(finding, ids.index(finding.id), fingerprint) | _suppressions(reason)
            for finding, fingerprint, reason in zip(
                found, fingerprints(found), reasons, strict=True
            )
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _driver(ids: list[str]) -> Object:
    return {"name": "velaserve-lint", "version": VERSION, "rules": [descriptor(one) for one in ids]}


def _result(finding: Finding, rule_index: int, fingerprint: str) -> Object:
    result = {
        "ruleId": finding.id,
        "ruleIndex": rule_index,
        "level": LEVELS[finding.severity],
        "message": {"text": describe(finding)},
        "locations": [_location(finding.place)],
        "partialFingerprints": {_FINGERPRINT: fingerprint},
    }
    if related := [_related(finding, number) for number in range(len(finding.related))]:
        result["relatedLocations"] = related
    return result


def _suppressions(reason: str | None) -> Object:
    """A comment's or an annotation's reason; a result without one is not suppressed (3.27.23)."""
    if reason is None:
        return {}
    return {"suppressions": [{"kind": "inSource", "justification": reason}]}


def _related(finding: Finding, number: int) -> Object:
    related = finding.related[number]
    message = {"text": describe_related(finding, related)}
    return {"id": number + 1, **_location(related.place), "message": message}


def _location(place: Place) -> Object:
    """The name of what stands in JSON is its pointer (3.33.5)."""
    line, column, end_line, end_column = place.span
    region = {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    }
    physical = {"artifactLocation": _artifact(portable(place.file)), "region": region}
    logical = {"logicalLocations": [{"fullyQualifiedName": pointer(place.path)}]}
    return {"physicalLocation": physical, **(logical if place.path else {})}


def _artifact(file: str) -> Mapping[str, str]:
    """A relative path counts from the repository's root, by the name that GitHub knows it under."""
    if Path(file).is_absolute():
        return {"uri": Path(file).as_uri()}
    return {"uri": quote(os.fsencode(file)), "uriBaseId": "%SRCROOT%"}
