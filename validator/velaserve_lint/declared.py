# SPDX-License-Identifier: Apache-2.0
"""Definitions as a cluster has them: the objects, and the ConfigMaps with their schemas."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from velaserve_lint.cursor import Cursor
from velaserve_lint.definitions import Definition
from velaserve_lint.openapi import from_openapi

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.definitions import Kind, Schema
    from velaserve_lint.document import Document

KIND_OF_PREFIX: Mapping[str, Kind] = {
    "component": "component",
    "policy": "policy",
    "trait": "trait",
    "workflowstep": "workflow-step",
}
_KINDS: Mapping[str, Kind] = {
    "ComponentDefinition": "component",
    "PolicyDefinition": "policy",
    "TraitDefinition": "trait",
    "WorkflowStepDefinition": "workflow-step",
}
# KubeVela v1.10.9 pkg/controller/utils/capability.go and apis/types.
SCHEMA_NAME = re.compile(r"(component|policy|trait|workflowstep)-schema-(.+)")
_SCHEMA_KEY = "openapi-v3-json-schema"
_MADE_FOR = "definition.oam.dev/appliedWorkloads"
_DETECTED = "autodetects.core.oam.dev"


def declared_in(document: Document) -> Iterator[Definition]:
    """The types that a document defines: one, or a list of them."""
    for cursor in _objects(Cursor(document, (), document.data)):
        yield from _at(cursor)


def policies_in(document: Document) -> Iterator[str]:
    """The names of policies that are objects of their own, for any Application to use."""
    for cursor in _objects(Cursor(document, (), document.data)):
        if cursor.at("kind").text == "Policy" and _is_of_kubevela(cursor):
            yield _name(cursor)


def _objects(cursor: Cursor) -> Iterator[Cursor]:
    if cursor.at("kind").text != "List":
        yield cursor
    for item in cursor.at("items").items():
        yield from _objects(item)


def _at(cursor: Cursor) -> Iterator[Definition]:
    kind = cursor.at("kind").text
    if kind == "ConfigMap" and (named := SCHEMA_NAME.fullmatch(_name(cursor))):
        yield _from_config_map(cursor, KIND_OF_PREFIX[named[1]], named[2])
    elif kind in _KINDS and _is_of_kubevela(cursor):
        yield _from_definition(cursor, _KINDS[kind])


def _from_config_map(cursor: Cursor, kind: Kind, name: str) -> Definition:
    made_for = cursor.at("metadata", "annotations", _MADE_FOR).text
    return Definition(
        kind=kind,
        name=name,
        schema=_schema(cursor.at("data", _SCHEMA_KEY).text),
        applies_to=_any(tuple(filter(None, made_for.split(",")))),
    )


def _schema(text: str) -> Schema | None:
    """None where it is no JSON Schema: then the name at least is known."""
    try:
        schema = json.loads(text)
        return from_openapi(schema) if isinstance(schema, dict) else None
    except (ValueError, RecursionError):
        return None


def _from_definition(cursor: Cursor, kind: Kind) -> Definition:
    spec = cursor.at("spec")
    return Definition(
        kind=kind,
        name=_name(cursor),
        workload=_workload(spec.at("workload")) if kind == "component" else "",
        applies_to=_any(_texts(spec.at("appliesToWorkloads"))),
        conflicts_with=_texts(spec.at("conflictsWith")),
    )


def _workload(workload: Cursor) -> str:
    """As KubeVela derives it: its type, else the plural that a kind usually has."""
    if (named := workload.at("type").text) and named != _DETECTED:
        return named
    kind, group = (
        workload.at("definition", "kind").text,
        workload.at("definition", "apiVersion").text,
    )
    return f"{kind.lower()}s.{group.rpartition('/')[0]}".rstrip(".") if kind else ""


def _any(applies_to: tuple[str, ...]) -> tuple[str, ...]:
    return () if "*" in applies_to else applies_to


def _texts(cursor: Cursor) -> tuple[str, ...]:
    return tuple(item.text for item in cursor.items() if item.text)


def _is_of_kubevela(cursor: Cursor) -> bool:
    return cursor.at("apiVersion").text.startswith("core.oam.dev/")


def _name(cursor: Cursor) -> str:
    return cursor.at("metadata", "name").text
