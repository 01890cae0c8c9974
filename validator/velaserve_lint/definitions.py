# SPDX-License-Identifier: Apache-2.0
"""Which component, trait, policy and workflow step types we bring, and which KubeVela does."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from velaserve_lint.package_data import json_in, json_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.document import Json

Kind: TypeAlias = Literal["component", "trait", "policy", "workflow-step"]
Origin: TypeAlias = Literal["ours", "built-in", "foreign"]
Schema: TypeAlias = "Mapping[str, Json]"
Key: TypeAlias = tuple[Kind, str]

_KIND_OF_FOLDER: Mapping[str, Kind] = {
    "components": "component",
    "traits": "trait",
    "traits/steps": "workflow-step",
}


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """A type: without a schema its properties cannot be checked.

    `is_exact` where the cluster refuses what the schema does. `workload` is what a component
    renders, as in deployments.apps, where that is certain; `applies_to` are the workloads and types
    that a trait is made for, any where there are none.
    """

    kind: Kind
    name: str
    origin: Origin = "foreign"
    schema: Schema | None = None
    is_exact: bool = False
    workload: str = ""
    applies_to: tuple[str, ...] = ()
    conflicts_with: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return (self.kind, self.name)


def schema_of(kind: Kind, type_name: str) -> Schema | None:
    """The JSON Schema of the properties of one of our own types."""
    definition = shipped().get((kind, type_name))
    return definition.schema if definition else None


def is_built_in(kind: Kind, type_name: str) -> bool:
    """Whether KubeVela brings the type itself."""
    definition = shipped().get((kind, type_name))
    return definition is not None and definition.origin == "built-in"


@functools.cache
def shipped() -> Mapping[Key, Definition]:
    """What we know without being told: ours, then KubeVela's."""
    return {one.key: one for one in (*_built_in(), *_ours())}


def _built_in() -> Iterator[Definition]:
    table, strict = json_of("builtins.json"), _strict()
    for kind, names in table["types"].items():
        for name in names:
            workload = table["workloads"].get(name, "") if kind == "component" else ""
            applies_to = table["appliesTo"].get(name, ()) if kind == "trait" else ()
            yield Definition(
                kind=kind,
                name=name,
                origin="built-in",
                schema=strict.get((kind, name)),
                is_exact=(kind, name) in strict,
                workload=workload,
                applies_to=tuple(applies_to),
            )


def _strict() -> Mapping[Key, Schema]:
    """Of the few built-in types that KubeVela reads itself, refusing unknown fields."""
    return {(schema["x-kind"], schema["title"]): schema for schema in json_in("strict")}


def _ours() -> Iterator[Definition]:
    for schema in json_in("schemas"):
        yield Definition(
            kind=_kind(schema),
            name=schema["title"],
            origin="ours",
            schema=schema,
            is_exact=True,
            workload=schema.get("x-workload", ""),
            applies_to=tuple(schema.get("x-applies-to", ())),
            conflicts_with=tuple(schema.get("x-conflicts-with", ())),
        )


def _kind(schema: Mapping[str, Any]) -> Kind:  # Any: our own package data
    """Each schema says which file it is made from."""
    made_from: str = schema["$comment"].removeprefix("Made from ").partition(" ")[0]
    return _KIND_OF_FOLDER[made_from.rpartition("/")[0]]
