# SPDX-License-Identifier: Apache-2.0
"""A query as a tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

# What an expression gives; "any" of what is not known.
Type: TypeAlias = Literal["scalar", "string", "vector", "matrix", "any"]


@dataclass(frozen=True, slots=True)
class Literally:
    """A number or a text, as it is written."""

    type: Type
    text: str = ""


@dataclass(frozen=True, slots=True)
class Selector:
    """The latest values of series; the name may be empty."""

    name: str


@dataclass(frozen=True, slots=True)
class Ranged:
    """Values over a time: of a selector, or, as a subquery, of any expression."""

    inner: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function of its arguments."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Aggregation:
    """sum, max and the like: of one vector, some with a parameter before it."""

    operator: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Binary:
    """Two expressions and what is between them."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Wrapped:
    """In parentheses, or with a sign."""

    inner: Node


Node: TypeAlias = Literally | Selector | Ranged | Call | Aggregation | Binary | Wrapped
