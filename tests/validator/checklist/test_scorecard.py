# SPDX-License-Identifier: Apache-2.0
"""Scores and grades: honest with errors and suppressions, n/a where nothing applies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from velaserve_lint import score, score_paths
from velaserve_lint.checklist.item import Outcome, Result
from velaserve_lint.checklist.scoring import capped, grade, points
from velaserve_lint.rules import checklist_items
from velaserve_lint.rules.example_production import PRODUCTION, changed, without
from velaserve_lint.rules.examples import APPLICATION
from velaserve_lint.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = changed("terminationGracePeriodSeconds", "terminationGracePeriod")
FOREIGN = "type: model-serving", "type: webservice"


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (100, "A"),
        (90, "A"),
        (89, "B"),
        (80, "B"),
        (79, "C"),
        (70, "C"),
        (69, "D"),
        (0, "D"),
        (None, None),
    ],
)
def test_grades(points: int | None, expected: str | None) -> None:
    assert grade(points) == expected


def test_points_are_rounded_down_and_count_what_applies() -> None:
    items = {item.weight: item for item in checklist_items()}
    one, other = items[8], items[4]
    failed, passed, spared = Outcome.FAILED, Outcome.PASSED, Outcome.NOT_APPLICABLE

    assert points([Result(one, passed), Result(other, failed)]) == 66
    assert points([Result(one, passed), Result(other, spared)]) == 100
    assert points([Result(one, spared)]) is None
    assert points([]) is None


def test_an_error_caps() -> None:
    assert (capped(97, 1), capped(60, 1), capped(97, 0), capped(None, 1)) == (79, 60, 97, None)
    [scored] = score(BROKEN).subjects
    assert (scored.score, scored.grade, scored.errors) == (79, "C", 1)


def test_the_example_is_perfect() -> None:
    card = score(PRODUCTION)

    assert (card.score, card.grade, card.errors) == (100, "A", 0)


def test_the_whole_is_the_worst() -> None:
    other = changed("  name: digits\n  labels", "  name: letters\n  labels").partition("---")[0]
    card = score(f"{PRODUCTION}---\n{other.replace('replicas: 3', 'replicas: 1')}")

    assert [one.score for one in card.subjects] == [100, 93]
    assert card.score == 93


def test_an_error_elsewhere_caps_the_whole_only() -> None:
    card = score(
        f"{PRODUCTION}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata: 1\n"
    )

    assert [one.score for one in card.subjects] == [100]
    assert (card.score, card.errors) == (79, 1)


def test_an_error_of_one_component_is_none_of_another() -> None:
    properties = "{modelUrl: pvc://a, modelFormat: {name: onnx}}"
    second = f"    - {{name: b, type: model-serving, properties: {properties}}}\n"
    first, other = score(APPLICATION + second).subjects

    assert first.errors == 0
    assert other.errors == 1
    around = APPLICATION.replace("spec:\n", "spec:\n  unknown: 1\n") + second
    assert [one.errors for one in score(around).subjects] == [1, 2]


@pytest.mark.parametrize(
    "text", [APPLICATION.replace(*FOREIGN), "kind: ConfigMap\n", "", "a: [1\n"], ids=range(4)
)
def test_where_nothing_applies_there_is_no_score(text: str) -> None:
    card = score(text)

    assert (card.score, card.grade) == (None, None)
    assert all(one.score is None for one in card.subjects)


def test_suppressed_items_count_in_the_honest_score() -> None:
    text = without("NetworkPolicy").replace(
        "    spec:\n", "    spec: # velaserve: ignore[SEC-007] the mesh does it\n"
    )
    [scored] = score(text).subjects

    assert (scored.score, scored.excused, scored.excused_score) == (94, 1, 100)


@pytest.mark.parametrize(
    "settings",
    [Settings(ignored=("SEC",)), Settings(ignored_in_paths=(("*.yaml", ("SEC-007",)),))],
    ids=["id", "path"],
)
def test_so_do_those_that_a_configuration_ignores(settings: Settings) -> None:
    [scored] = score(without("NetworkPolicy"), "a.yaml", settings).subjects

    assert (scored.score, scored.excused, scored.excused_score) == (94, 1, 100)


def test_a_suppressed_error_still_caps() -> None:
    [scored] = score(BROKEN, settings=Settings(ignored=("VS301",))).subjects

    assert (scored.score, scored.errors, scored.excused, scored.excused_score) == (79, 1, 1, 100)


def test_files_and_folders(tmp_path: Path) -> None:
    deployment, _, beside = PRODUCTION.partition("---\n")
    (tmp_path / "a.yaml").write_text(deployment, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(beside, encoding="utf-8")

    assert score_paths([tmp_path]).score == 100
    assert score_paths([tmp_path / "a.yaml"]).score == 83
