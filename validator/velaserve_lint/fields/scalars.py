# SPDX-License-Identifier: Apache-2.0
"""The scalar types of field tables, each with what a cluster takes for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from velaserve_lint.document import Json


class Scalar(NamedTuple):
    """`types` are JSON Schema's names, for messages; `limits` are keywords of it."""

    types: tuple[str, ...]
    takes: Callable[[Json], bool]
    limits: Mapping[str, int] = {}


def _is_text(value: Json) -> bool:
    return type(value) is str


def _is_boolean(value: Json) -> bool:
    return type(value) is bool


def _is_whole(value: Json) -> bool:
    """1.0 is one: kubectl turns YAML into JSON, where it stands as 1."""
    return type(value) is int or (type(value) is float and value.is_integer())


def _is_number(value: Json) -> bool:
    return type(value) in (int, float)


def _is_quantity(value: Json) -> bool:
    return _is_text(value) or _is_number(value)


def _is_whole_or_text(value: Json) -> bool:
    return _is_text(value) or _is_whole(value)


def _bits(count: int) -> dict[str, int]:
    return {"minimum": -(2 ** (count - 1)), "maximum": 2 ** (count - 1) - 1}


SCALARS: Mapping[str, Scalar] = {
    "string": Scalar(("string",), _is_text),
    "boolean": Scalar(("boolean",), _is_boolean),
    "int32": Scalar(("integer",), _is_whole, _bits(32)),
    "int64": Scalar(("integer",), _is_whole, _bits(64)),
    "number": Scalar(("number",), _is_number),
    "quantity": Scalar(("string", "number"), _is_quantity),
    "intOrString": Scalar(("integer", "string"), _is_whole_or_text),
}
