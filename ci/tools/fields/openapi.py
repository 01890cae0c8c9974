# SPDX-License-Identifier: Apache-2.0
"""Kubernetes' own kinds, of its published OpenAPI, as structs of a field table."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from ci.tools.fields.enums import Choices, choices
from ci.tools.fields.expressions import constrained, scalar
from ci.tools.schema import Json

Schema = dict[str, Any]  # Any: JSON of any shape

OBJECT_META = "#meta.v1.ObjectMeta"
_SPEC = "api/openapi-spec/v3"
_REFERENCE = re.compile(r'"(#[^"]+)"')
# What Go writes although it is empty counts as required there; of these, the API server gives a
# default or takes the empty value: pkg/apis/*/*/defaults.go and pkg/apis/*/validation.
_NOT_REQUIRED = {
    "#batch.v1.PodFailurePolicyOnPodConditionsPattern": {"status"},
    "#core.v1.HTTPHeader": {"value"},
    "#core.v1.ISCSIPersistentVolumeSource": {"lun"},
    "#core.v1.ISCSIVolumeSource": {"lun"},
    "#core.v1.LimitRangeSpec": {"limits"},
    "#core.v1.PreferredSchedulingTerm": {"preference"},
    "#discovery.v1.EndpointSlice": {"endpoints"},
    "#rbac.v1.RoleRef": {"apiGroup"},
    "#scheduling.v1.PriorityClass": {"value"},
}
# Of the module k8s.io/apimachinery, whose choices are checked by the API server and marked nowhere:
# pkg/apis/meta/v1/types.go and validation.
_OF_META: Mapping[str, Choices] = {
    "#meta.v1.LabelSelectorRequirement": {"operator": ["DoesNotExist", "Exists", "In", "NotIn"]}
}


class OpenApi:
    """The schemas of Kubernetes; `#core.v1.Pod` is that of a Pod."""

    def __init__(self, module: Path) -> None:
        self._module = module

    def kinds(self) -> Iterator[tuple[str, str, str]]:
        """apiVersion, kind and struct of what has metadata: the objects that one can write."""
        for reference, schema in sorted(self._schemas.items()):
            if _referred(schema.get("properties", {}).get("metadata", {})) == OBJECT_META:
                for each in schema.get("x-kubernetes-group-version-kind", ()):
                    api_version = f"{each['group']}/{each['version']}".lstrip("/")
                    yield api_version, each["kind"], reference

    def structs(self, *references: str) -> dict[str, Json]:
        """These structs and all that they need."""
        found: dict[str, Json] = {}
        todo = list(references)
        while todo:
            if (reference := todo.pop()) not in found:
                found[reference] = self._struct(reference)
                todo += _REFERENCE.findall(json.dumps(found[reference]))
        return found

    @cached_property
    def _schemas(self) -> Schema:
        schemas: Schema = {}
        for file in sorted((self._module / _SPEC).glob("*_openapi.json")):
            document = json.loads(file.read_text(encoding="utf-8"))
            parts: Schema = document.get("components", {}).get("schemas", {})
            schemas |= {_reference(name): schema for name, schema in parts.items()}
        return schemas

    @cached_property
    def _choices(self) -> Mapping[str, Choices]:
        return {**choices(self._module), **_OF_META}

    def _struct(self, reference: str) -> Json:
        fields: Schema = self._schemas[reference]["properties"]
        return {
            "fields": {name: self._field(reference, name, fields[name]) for name in fields},
            "required": [*sorted(self._required(reference))],
        }

    def _field(self, struct: str, name: str, field: Schema) -> Json:
        """What the cluster reports of an object, its status, is not looked at."""
        if name == "status" and "x-kubernetes-group-version-kind" in self._schemas[struct]:
            return "any"
        return self._of(field, self._choices.get(struct, Choices()).get(name))

    def _of(self, schema: Schema, enum: list[Json] | None = None) -> Json:
        if reference := _referred(schema):
            return self._named(reference)
        if schema.get("type") == "array":
            return [self._of(schema["items"], enum)]
        if schema.get("type") == "object":
            values = schema.get("additionalProperties")
            return {"*": self._of(values)} if values else "any"
        if "type" not in schema:
            return "any"
        return constrained(scalar(schema), {"enum": enum} if enum else {})

    def _named(self, reference: str) -> Json:
        schema = self._schemas[reference]
        if "properties" in schema:
            return reference
        if "oneOf" in schema:
            return "intOrString" if schema.get("format") == "int-or-string" else "quantity"
        return "string" if schema.get("type") == "string" else "any"

    def _required(self, struct: str) -> set[str]:
        """Also what has required parts and, being no pointer in Go, is always there."""
        schema = self._schemas.get(struct, {})
        always = {
            name
            for name, field in schema.get("properties", {}).items()
            if field.get("default") == {} and name != "status" and self._required(_referred(field))
        }
        return always | set(schema.get("required", ())) - _NOT_REQUIRED.get(struct, set())


def _referred(schema: Schema) -> str:
    """The schema that a field is, if it is one with a name."""
    reference: str = schema.get("$ref") or schema.get("allOf", [{}])[0].get("$ref", "")
    return _reference(reference.rpartition("/")[2]) if reference else ""


def _reference(name: str) -> str:
    """Without the folders that all have in common."""
    for prefix in ("io.k8s.api.", "io.k8s.apimachinery.pkg.apis."):
        name = name.removeprefix(prefix)
    return f"#{name}"
