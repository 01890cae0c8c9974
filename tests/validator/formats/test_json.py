# SPDX-License-Identifier: Apache-2.0
"""The machine format keeps its schema and stays English."""

from __future__ import annotations

import json
from importlib import resources

import pytest
from jsonschema import Draft202012Validator

from velaserve_lint import lint
from velaserve_lint.formats import View, write
from velaserve_lint.rules import every
from velaserve_lint.rules.examples import APPLICATION, changed

SCHEMA = json.loads(
    resources.files("velaserve_lint.formats").joinpath("json.schema.json").read_text("utf-8")
)


@pytest.mark.parametrize("text", [APPLICATION, *(rule.bad for rule in every())])
def test_every_report_fits_the_schema(text: str) -> None:
    data = json.loads(write(lint(text), "json"))

    assert list(Draft202012Validator(SCHEMA).iter_errors(data)) == []


def test_a_finding() -> None:
    report = lint(changed("modelUri", "modelUrl"), "app.yaml")

    data = json.loads(write(report, "json", View("zh", colour=True)))

    assert data == {
        "version": 1,
        "findings": [
            {
                "id": "VS201",
                "severity": "error",
                "message": "unknown property 'modelUrl'; did you mean 'modelUri'?",
                "file": "app.yaml",
                "line": 10,
                "column": 9,
                "endLine": 10,
                "endColumn": 17,
                "pointer": "/spec/components/0/properties/modelUrl",
                "help": "Rename or remove the property; "
                "the type's documentation lists all there are.",
            }
        ],
        "summary": {
            "infos": 0,
            "warnings": 0,
            "errors": 1,
            "files": 1,
            "applications": 1,
            "objects": 0,
            "otherDocuments": 0,
            "builtIn": 0,
            "unknown": 0,
        },
    }
