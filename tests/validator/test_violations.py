# SPDX-License-Identifier: Apache-2.0
"""What a schema's keywords become; goldens hold the texts, these the choices behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from velaserve_lint import describe, lint
from velaserve_lint.rules import schema_rules
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.source import read
from velaserve_lint.violations import Validator

if TYPE_CHECKING:
    from velaserve_lint.document import Json

LONG = "a" * 300


def said(schema: dict[str, Json], text: str) -> list[str]:
    (document,) = read(text, "-").documents
    violations = Validator(schema).violations(document, document.data, ())
    return [
        describe(finding)
        for violation in violations
        for finding in schema_rules("2")[violation.keyword].check(violation)
    ]


@pytest.mark.parametrize(
    ("schema", "text", "message"),
    [
        ({"maxLength": 2}, "abc", "'' is too long, the most is 2"),
        ({"minLength": 2}, "a", "'' is too short, the least is 2"),
        ({"minItems": 1}, "[]", "'' has too few items, the least is 1"),
        ({"maxItems": 1}, "[a, b]", "'' has too many items, the most is 1"),
        ({"maxProperties": 1}, "{a: 1, b: 2}", "'' has too many keys, the most is 1"),
        ({"exclusiveMaximum": 2}, "2", "'' must be less than 2, found 2"),
        ({"required": ["a"]}, "{}", "'a' is missing"),
        ({"const": 5}, "6", "'' cannot be 6; possible: 5"),
        ({"type": ["integer", "null"]}, "a", "'' must be a whole number, found the text 'a'"),
        ({"type": "null"}, "a", "'' must be nothing, found the text 'a'"),
        (
            {"anyOf": [{"type": "object"}, {"type": "array"}]},
            "1",
            "'' must be a mapping or a list, found the number 1",
        ),
        (
            {"anyOf": [{"type": "object", "required": ["a"]}, {"type": "integer"}]},
            "{}",
            "'a' is missing",
        ),
        ({"enum": ["a", 1]}, "[a]", "'' must be a whole number or a text, found a list"),
        ({"const": "a"}, "{a: 1}", "'' must be a text, found a mapping"),
        ({"anyOf": [{"enum": ["a"]}, {"type": "integer"}]}, "b", "'' cannot be 'b'; possible: a"),
    ],
)
def test_a_contradiction_is_one_sentence(schema: dict[str, Json], text: str, message: str) -> None:
    assert said(schema, text) == [message]


def test_what_stands_in_a_list_is_called_by_its_place_there() -> None:
    (document,) = read("objects: [1]", "-").documents

    (violation,) = Validator({"type": "string"}).violations(document, 1, ("objects", 0))
    assert violation.label == "objects[0]"


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (changed("modelUri", "modelUrl"), ["VS201"]),
        (changed("        modelUri: pvc://models/digits/onnx\n", ""), ["VS202"]),
        (changed("name: onnx", "name: onx"), ["VS204"]),
        (changed("name: onnx", "name: [onnx]"), ["VS203"]),
        (changed("{name: onnx}", "{name: pmml}\n        rutnime: kserve-pmmlserver"), ["VS201"]),
        (changed("modelUri", "modelUrl").replace("name: onnx", "name: onx"), ["VS201", "VS204"]),
        (changed("      properties:", "      propertys:"), ["VS101"]),
        (changed("      properties:", "      properties: []\n      traits:"), ["VS103"] * 2),
        (changed("  components:", "  component:"), ["VS101"]),
        (changed("type: model-serving", "type: 5"), ["VS103"]),
        (changed("name: digits\nspec", f"name: {LONG}\nspec"), ["VS104"]),
        (changed("name: digits\nspec", "name: digits-${STAGE}\nspec"), []),
        (changed("name: digits\nspec", "name: digits-STAGE\nspec"), ["VS104"]),
    ],
)
def test_one_mistake_does_not_cause_another_finding(text: str, ids: list[str]) -> None:
    assert [finding.id for finding in lint(text).findings] == ids


def test_the_example_is_clean() -> None:
    assert lint(APPLICATION).findings == ()
