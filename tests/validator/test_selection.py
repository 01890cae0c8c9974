# SPDX-License-Identifier: Apache-2.0
"""What settings leave of the findings."""

from __future__ import annotations

import pytest

from velaserve_lint import Severity, lint
from velaserve_lint.rules.examples import changed
from velaserve_lint.selection import unknown_rule
from velaserve_lint.settings import Settings

TEXT = changed("type: model-serving", "type: acme")


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        (Settings(), ["VS107"]),
        (Settings(ignored=("VS107",)), []),
        (Settings(ignored=("VS1",)), []),
        (Settings(ignored=("VS2",)), ["VS107"]),
        (Settings(ignored_in_paths=(("charts/*", ("VS107",)),)), []),
        (Settings(ignored_in_paths=(("old/*", ("VS107",)),)), ["VS107"]),
    ],
)
def test_ignored(settings: Settings, found: list[str]) -> None:
    report = lint(TEXT, "/a/charts/app.yaml", settings)

    assert [finding.id for finding in report.findings] == found


def test_a_severity_can_be_changed() -> None:
    report = lint(TEXT, "-", Settings(severities={"VS107": Severity.ERROR}))

    assert report.fails()


@pytest.mark.parametrize(
    ("selector", "near"), [("VS107", None), ("VS", None), ("VSS107", "VS107"), ("x", "OBS-001")]
)
def test_a_rule_that_does_not_exist_has_a_neighbour(selector: str, near: str | None) -> None:
    assert unknown_rule(selector) == near
