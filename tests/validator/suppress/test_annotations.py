# SPDX-License-Identifier: Apache-2.0
"""Annotations for a whole document, or for one component."""

from __future__ import annotations

import pytest

from velaserve_lint import lint
from velaserve_lint.rules.examples import APPLICATION

SECOND = "    - {name: letters, type: other}\n"
TEXT = APPLICATION.replace("model-serving", "acme") + SECOND


def findings(annotation: str) -> list[tuple[str, int]]:
    text = TEXT.replace("  name: digits\n", f"  name: digits\n  annotations: {{{annotation}}}\n", 1)
    return [(finding.id, finding.span.line) for finding in lint(text).findings]


@pytest.mark.parametrize(
    ("annotation", "found"),
    [
        ("lint.velaserve.io/ignore: VS107 ours", []),
        ("lint.velaserve.io/ignore: 'VS107: ours'", []),
        ("digits.lint.velaserve.io/ignore: VS107 ours", [("VS107", 14)]),
        ("letters.lint.velaserve.io/ignore: VS107 ours", [("VS107", 9)]),
        ("nobody.lint.velaserve.io/ignore: VS107 ours", [("VS107", 9), ("VS107", 14)]),
        ("lint.velaserve.io/ignore: VS107 ours; VS201 soon", [("VS007", 5)]),
        ('lint.velaserve.io/ignore: "VS107 ours\\nVS201 soon"', [("VS007", 5)]),
        ("lint.velaserve.io/ignore: VS107", [("VS009", 5)]),
        ("lint.velaserve.io/ignore: ours", [("VS008", 5), ("VS107", 9), ("VS107", 14)]),
        ("lint.velaserve.io/ignore: 1", [("VS103", 5), ("VS107", 9), ("VS107", 14)]),
    ],
)
def test_what_is_left(annotation: str, found: list[tuple[str, int]]) -> None:
    assert findings(annotation) == found


def test_another_document_is_not_meant() -> None:
    annotated = TEXT.replace(
        "  name: digits\n",
        "  name: digits\n  annotations: {lint.velaserve.io/ignore: VS107 ours}\n",
        1,
    )

    assert [finding.span.line for finding in lint(f"{annotated}---\n{TEXT}").findings] == [23, 28]
