# SPDX-License-Identifier: Apache-2.0
"""The generated tables of fields; ci/tools/fields/expressions.py says what can stand in them."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Expression: TypeAlias = "str | list[Expression] | dict[str, Any]"  # Any: limits of keywords, too


@dataclass(frozen=True, slots=True)
class Struct:
    """A mapping whose keys are known."""

    fields: Mapping[str, Expression]
    required: tuple[str, ...]

    @property
    def schema(self) -> Mapping[str, Any]:  # Any: limits of keywords
        """As a JSON Schema, but for what is in the fields: for the rules that explain one."""
        return {
            "properties": self.fields,
            "required": self.required,
            "additionalProperties": False,
        }


@dataclass(frozen=True, slots=True)
class Table:
    """The kinds of one source; `empty_is_absent` where Go cannot tell "" from nothing."""

    kinds: Mapping[str, Mapping[str, str]]
    structs: Mapping[str, Struct]
    empty_is_absent: bool


@functools.cache
def table(name: str) -> Table:
    """One of the tables that apis.json names."""
    data = load(name)
    structs = {
        reference: Struct(struct["fields"], tuple(struct["required"]))
        for reference, struct in data["structs"].items()
    }
    return Table(data["kinds"], structs, data.get("emptyIsAbsent", False))


def load(name: str) -> dict[str, Any]:  # Any: our own package data
    """What a file of the package holds."""
    text = Path(__file__).with_name(f"{name}.json").read_text("utf-8")
    data: dict[str, Any] = json.loads(text)
    return data
