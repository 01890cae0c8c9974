# SPDX-License-Identifier: Apache-2.0
"""What a CustomResourceDefinition says of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ci.tools.fields.crds import Crd, crds

if TYPE_CHECKING:
    from pathlib import Path

CRD = """\
spec:
  group: acme.example.com
  names: {kind: Thing}
  versions:
    - name: v1
      served: true
      schema: {openAPIV3Schema: {type: object, properties: {spec: {type: string}}}}
    - name: v1alpha1
      served: false
      schema: {openAPIV3Schema: {type: object}}
"""
QUANTITY = "x-kubernetes-int-or-string: true, pattern: '^[0-9]+m?$'"


def field(text: str, kind: str = "Thing") -> Any:  # Any: an expression
    schema = {"type": "object", "properties": {"spec": yaml.safe_load(text)}}
    expression: Any = Crd("acme.example.com/v1", kind, schema).expression()  # Any: as above
    return expression["fields"]["spec"]


@pytest.mark.parametrize(
    ("schema", "expression"),
    [
        ("{type: string}", "string"),
        ("{type: boolean}", "boolean"),
        ("{type: number}", "number"),
        ("{type: integer}", "int64"),
        ("{type: integer, format: int32}", "int32"),
        ("{type: string, enum: [a, b]}", {"type": "string", "enum": ["a", "b"]}),
        ("{type: string, minLength: 0, description: text}", "string"),
        ("{type: integer, minimum: 0}", {"type": "int64", "minimum": 0}),
        ("{type: array, maxItems: 2, items: {type: string}}", {"type": ["string"], "maxItems": 2}),
        ("{type: object, additionalProperties: {type: string}}", {"*": "string"}),
        ("{type: object}", "any"),
        ("{type: object, x-kubernetes-preserve-unknown-fields: true}", "any"),
        ("{anyOf: [{type: integer}, {type: string}], x-kubernetes-int-or-string: true}", None),
        (f"{{{QUANTITY}}}", None),
        (
            "{type: object, required: [b, a], properties: {a: {type: string}, b: {type: string, "
            "default: c}}}",
            {"fields": {"a": "string", "b": "string"}, "required": ["a"]},
        ),
    ],
)
def test_a_field(schema: str, expression: object) -> None:
    assert field(schema) == (expression or "intOrString")


def test_a_fraction_is_taken_where_kserve_writes_the_object_anew() -> None:
    assert field(f"{{{QUANTITY}}}", "InferenceService") == "quantity"


def test_what_a_controller_reports_and_what_all_objects_have() -> None:
    schema = {"type": "object", "properties": {"status": {"type": "object", "properties": {}}}}
    schema["properties"] |= {"metadata": {"type": "object"}}  # type: ignore[operator]  # a dict

    assert Crd("acme.example.com/v1", "Thing", schema).expression() == {
        "fields": {"metadata": "#meta.v1.ObjectMeta", "status": "any"},
        "required": [],
    }


def test_only_versions_that_are_served(tmp_path: Path) -> None:
    file = tmp_path / "crd.yaml"
    file.write_text(CRD, encoding="utf-8")

    assert [(one.api_version, one.kind) for one in crds(file)] == [("acme.example.com/v1", "Thing")]
