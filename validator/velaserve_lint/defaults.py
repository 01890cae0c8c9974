# SPDX-License-Identifier: Apache-2.0
"""Fills in what a definition would: the defaults of properties that were not written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from velaserve_lint.definitions import schema_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.application import Application, Component, Trait
    from velaserve_lint.definitions import Schema
    from velaserve_lint.document import Json


def with_defaults(application: Application) -> Application:
    """The Application as the definitions would see it; foreign types are left as written."""
    return replace(application, components=tuple(map(_component, application.components)))


def _component(component: Component) -> Component:
    return replace(
        component,
        properties=_properties(component),
        traits=tuple(_trait(trait) for trait in component.traits),
    )


def _trait(trait: Trait) -> Trait:
    return replace(trait, properties=_properties(trait))


def _properties(typed: Component | Trait) -> dict[str, Json]:
    schema = schema_of(typed.kind, typed.definition)
    return filled(typed.properties, schema, schema) if schema else typed.properties


def filled(data: Mapping[str, Json], schema: Schema, root: Schema) -> dict[str, Json]:
    """`data` with the defaults of `schema`, in all depths; `root` is where references lead."""
    result = dict(data)
    for key, declared in _mapping(_resolved(schema, root).get("properties")).items():
        inner = _resolved(_mapping(declared), root)
        value = result.get(key, inner.get("default"))
        if isinstance(value, dict):
            result[key] = filled(value, inner, root)
        elif value is not None:
            result[key] = value
    return result


def _resolved(schema: Schema, root: Schema) -> Schema:
    """The schema, or the one in `$defs` that it refers to."""
    reference = schema.get("$ref")
    if not isinstance(reference, str):
        return schema
    name = reference.removeprefix("#/$defs/")
    return {**_mapping(_mapping(root.get("$defs")).get(name)), **schema, "$ref": None}


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}
