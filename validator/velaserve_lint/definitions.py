# SPDX-License-Identifier: Apache-2.0
"""Which component, trait, policy and workflow step types exist: ours, and KubeVela's built-ins."""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.document import Json

Kind: TypeAlias = Literal["component", "trait", "policy", "workflow-step"]
Schema: TypeAlias = "Mapping[str, Json]"

_KIND_OF_FOLDER: Mapping[str, Kind] = {
    "components": "component",
    "traits": "trait",
    "traits/steps": "workflow-step",
}


def schema_of(kind: Kind, type_name: str) -> Schema | None:
    """The JSON Schema of the properties of one of our own types."""
    return _own().get((kind, type_name))


def is_built_in(kind: Kind, type_name: str) -> bool:
    """Whether KubeVela brings the type itself."""
    return type_name in _built_in()[kind]


def known(kind: Kind) -> list[str]:
    """Every type of that kind that is ours or KubeVela's."""
    return [name for of, name in _own() if of == kind] + _built_in()[kind]


@functools.cache
def _built_in() -> dict[str, list[str]]:
    types: dict[str, list[str]] = _load("builtins.json")["types"]
    return types


@functools.cache
def _own() -> dict[tuple[Kind, str], Schema]:
    files = resources.files("velaserve_lint").joinpath("schemas").iterdir()
    schemas = [_load(f"schemas/{file.name}") for file in sorted(files, key=lambda file: file.name)]
    return {(_kind(schema), schema["title"]): schema for schema in schemas}


def _kind(schema: Mapping[str, Any]) -> Kind:  # Any: our own package data
    """Each schema says which file it is made from."""
    made_from: str = schema["$comment"].removeprefix("Made from ").partition(" ")[0]
    return _KIND_OF_FOLDER[made_from.rpartition("/")[0]]


def _load(name: str) -> dict[str, Any]:  # Any: our own package data
    text = resources.files("velaserve_lint").joinpath(name).read_text("utf-8")
    data: dict[str, Any] = json.loads(text)
    return data
