# SPDX-License-Identifier: Apache-2.0
"""The machine format keeps its schema, stays English and leaves nothing out."""

from __future__ import annotations

import json
from importlib import resources

import pytest
from jsonschema import Draft202012Validator

from velaserve_lint import score
from velaserve_lint.rules import checklist_items
from velaserve_lint.rules.example_production import PRODUCTION, changed, without
from velaserve_lint.rules.examples import APPLICATION
from velaserve_lint.scores import ScoreView, write

SCHEMA = json.loads(
    resources.files("velaserve_lint.scores").joinpath("score.schema.json").read_text("utf-8")
)
TEXTS = [
    PRODUCTION,
    APPLICATION,
    APPLICATION.replace("model-serving", "webservice"),
    "",
    *(item.bad for item in checklist_items()),
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_scorecard_fits_the_schema(text: str) -> None:
    data = json.loads(write(score(text), "json"))

    assert list(Draft202012Validator(SCHEMA).iter_errors(data)) == []


def test_the_schema_is_one_and_is_strict() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    data = json.loads(write(score(PRODUCTION), "json"))
    for holder in (data, data["subjects"][0], data["subjects"][0]["items"][0]):
        holder["colour"] = "red"
        assert not Draft202012Validator(SCHEMA).is_valid(data)
        del holder["colour"]


def test_every_item_is_there_whatever_the_view() -> None:
    data = json.loads(write(score(without("NetworkPolicy"), "a.yaml"), "json", ScoreView("zh")))
    [subject] = data["subjects"]
    items = {item["id"]: item for item in subject["items"]}

    assert (data["score"], data["grade"]) == (subject["score"], subject["grade"]) == (94, "A")
    assert items.keys() == {item.id for item in checklist_items()}
    assert items["SEC-007"] == {
        "id": "SEC-007",
        "slug": "network-policy",
        "title": "a network policy guards the pods",
        "weight": 6,
        "outcome": "fail",
        "message": "no NetworkPolicy among what was read selects the pods",
        "place": {
            "file": "a.yaml",
            "line": 13,
            "column": 5,
            "endLine": 13,
            "endColumn": 9,
            "pointer": "/spec/template/spec",
            "path": "spec.template.spec",
        },
        "help": "Write a NetworkPolicy; in an Application, add the trait network-policy.",
    }


def test_it_is_ascii() -> None:
    assert write(
        score(changed("  name: digits\n  labels", "  name: 数字\n  labels")), "json"
    ).isascii()
