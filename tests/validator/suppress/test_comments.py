# SPDX-License-Identifier: Apache-2.0
"""Where a comment suppresses, and what only looks like one."""

from __future__ import annotations

import pytest

from velaserve_lint import lint
from velaserve_lint.rules.examples import changed
from velaserve_lint.source import read
from velaserve_lint.suppress import suppressions_in

TYPE = "type: model-serving"


def ids(text: str) -> list[str]:
    return [finding.id for finding in lint(text).findings]


@pytest.mark.parametrize(
    "text",
    [
        changed(TYPE, "type: acme # velaserve: ignore[VS107] ours"),
        changed(TYPE, "type: acme #velaserve:ignore[vs107, VS201] ours").replace("Uri", "Url"),
        changed(TYPE, "# velaserve: ignore[VS107] ours\n\n      # and more\n      type: acme"),
        changed(TYPE, "type: acme # see below # velaserve: ignore[VS107] ours"),
    ],
    ids=["same line", "several", "line above", "after another comment"],
)
def test_its_line_or_the_next(text: str) -> None:
    report = lint(text)

    assert "VS107" not in [finding.id for finding in report.findings]
    (suppressed,) = report.suppressed
    assert (suppressed.finding.id, suppressed.reason) == ("VS107", "ours")


def test_each_id_counts_by_itself() -> None:
    assert ids(changed(TYPE, "type: acme # velaserve: ignore[VS107,VS201] ours")) == ["VS007"]


def test_another_line_is_not_meant() -> None:
    assert ids(changed(TYPE, "type: acme\n      # velaserve: ignore[VS107] ours")) == [
        "VS107",
        "VS007",
    ]


@pytest.mark.parametrize(
    ("comment", "found"),
    [
        ("# velaserve: ignore", ["VS107", "VS008"]),
        ("# velaserve: ignore[]", ["VS107", "VS008"]),
        ("# velaserve: ignore[VS1]", ["VS107", "VS008"]),
        ("# velaserve: ignore[VS107]", ["VS009"]),
        ("# velaserve: ignored[VS107]", ["VS107"]),
        ("# velaserve ignore VS107", ["VS107"]),
    ],
)
def test_what_is_written_wrongly_is_said(comment: str, found: list[str]) -> None:
    assert ids(changed(TYPE, f"type: acme {comment}")) == found


@pytest.mark.parametrize(
    "text",
    [
        'a: "x # velaserve: ignore[VS107] no"\n',
        "a: 'x\n  # velaserve: ignore[VS107] no'\n",
        "a: |\n  x\n  # velaserve: ignore[VS107] no\nb: 1\n",
        "a: x# velaserve: ignore[VS107] no\n",
    ],
    ids=["quoted", "quoted over lines", "block", "plain"],
)
def test_a_text_is_no_comment(text: str) -> None:
    assert suppressions_in(read(text, "-"), "-") == []


def test_after_a_block_it_is_a_comment_again() -> None:
    text = "a: |\n  x\n# velaserve: ignore[VS107] yes\nb: 1\n"

    (one,) = suppressions_in(read(text, "-"), "-")
    assert (one.first_line, one.place.span.line, one.place.span.column) == (4, 3, 1)
