# SPDX-License-Identifier: Apache-2.0
"""CustomResourceDefinitions as expressions of a field table."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ci.tools.fields.expressions import constrained, scalar
from ci.tools.fields.kserve import defaulted, takes_fractions
from ci.tools.fields.openapi import OBJECT_META
from ci.tools.schema import Json

Schema = dict[str, Any]  # Any: JSON of any shape


@dataclass(frozen=True)
class Crd:
    """One served version of a kind."""

    api_version: str
    kind: str
    schema: Schema

    def expression(self) -> Json:
        """The fields of the object; what a controller reports, its status, is not looked at."""
        return self._of(self.schema, ())

    def _of(self, schema: Schema, path: tuple[str, ...]) -> Json:
        if path == ("status",) or schema.get("x-kubernetes-preserve-unknown-fields"):
            return "any"
        if schema.get("x-kubernetes-int-or-string"):
            return (
                "quantity" if takes_fractions(self.kind) and "pattern" in schema else "intOrString"
            )
        return constrained(self._plain(schema, path), schema)

    def _plain(self, schema: Schema, path: tuple[str, ...]) -> Json:
        if schema["type"] == "array":
            return [self._of(schema["items"], (*path, "[]"))]
        if schema["type"] != "object":
            return scalar(schema)
        if "properties" in schema:
            return self._struct(schema, path)
        if "additionalProperties" in schema:
            return {"*": self._of(schema["additionalProperties"], (*path, "*"))}
        return OBJECT_META if path[-1] == "metadata" else "any"

    def _struct(self, schema: Schema, path: tuple[str, ...]) -> Json:
        fields: Schema = schema["properties"]
        required = [
            name
            for name in schema.get("required", ())
            if "default" not in fields[name] and not defaulted(self.kind, (*path, name))
        ]
        return {
            "fields": {name: self._of(field, (*path, name)) for name, field in fields.items()},
            "required": sorted(required),
        }


def crds(file: Path) -> Iterator[Crd]:
    """The kind of a file, in all versions that a cluster serves."""
    text = file.read_text(encoding="utf-8")
    spec = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["spec"]
    for version in spec["versions"]:
        if version["served"]:
            api_version = f"{spec['group']}/{version['name']}"
            yield Crd(api_version, spec["names"]["kind"], version["schema"]["openAPIV3Schema"])
