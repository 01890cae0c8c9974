# SPDX-License-Identifier: Apache-2.0
"""The machine format keeps its schema and stays English."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from velaserve_lint import lint
from velaserve_lint.fingerprint import fingerprints
from velaserve_lint.formats import View, write
from velaserve_lint.rules import every
from velaserve_lint.rules.examples import APPLICATION, changed

SCHEMA = json.loads(
    resources.files("velaserve_lint.formats").joinpath("json.schema.json").read_text("utf-8")
)
GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("*/app.yaml"))


def problems(content: str | bytes) -> list[str]:
    data = json.loads(write(lint(content), "json"))
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(data)]


@pytest.mark.parametrize("text", [APPLICATION, '{"\\n": 1, "\\n": 2}', *(r.bad for r in every())])
def test_every_report_fits_the_schema(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.parent.name)
def test_every_golden_report_fits_the_schema(file: Path) -> None:
    assert problems(file.read_bytes()) == []


def test_a_key_too_many_does_not_fit() -> None:
    data = json.loads(write(lint(changed("modelUri", "modelUrl")), "json"))
    data["findings"][0]["colour"] = "red"

    assert not Draft202012Validator(SCHEMA).is_valid(data)


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
                "path": "spec.components[0].properties.modelUrl",
                "help": "Rename or remove the property; "
                "the type's documentation lists all there are.",
                "related": [],
                "fingerprint": fingerprints(report.findings)[0],
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
            "withoutSchema": 0,
            "unknown": 0,
        },
    }


def test_a_further_place_is_told() -> None:
    report = lint("metadata:\n  name: digits\n  name: letters\n", "app.yaml")

    [finding] = json.loads(write(report, "json"))["findings"]

    [related] = finding["related"]
    assert (related["message"], related["line"], related["path"]) == (
        "first set here",
        2,
        "metadata.name",
    )


def test_it_is_json_in_every_encoding() -> None:
    text = write(lint(changed("name: onnx", "name: é模型🤖"), "é.yaml"), "json")

    assert text.isascii()
    [finding] = json.loads(text)["findings"]
    assert finding["file"] == "é.yaml"
    assert "é模型🤖" in finding["message"]
