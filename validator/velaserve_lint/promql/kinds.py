# SPDX-License-Identifier: Apache-2.0
"""Whether functions and operators get what they take: numbers, latest values or ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.promql.functions import functions
from velaserve_lint.promql.nodes import (
    Aggregation,
    Binary,
    Call,
    Literally,
    Ranged,
    Selector,
    Wrapped,
)
from velaserve_lint.promql.problem import Problem
from velaserve_lint.suggest import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.promql.nodes import Node, Type

_SETS = frozenset({"and", "or", "unless"})
_WITH_NUMBER = frozenset({"bottomk", "limit_ratio", "limitk", "quantile", "topk"})


def wrong_kinds(node: Node) -> Iterator[Problem]:
    """What is wrong in the tree, from the inside out."""
    for inner in children(node):
        yield from wrong_kinds(inner)
    if isinstance(node, Call):
        yield from _of_call(node)
    elif isinstance(node, Aggregation):
        yield from _of_aggregation(node)
    elif isinstance(node, Binary):
        yield from _of_operator(node)
    elif isinstance(node, Ranged) and type_of(node.inner) == "matrix":
        yield Problem("range", "twice")


def children(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Call | Aggregation):
        return node.arguments
    if isinstance(node, Binary):
        return (node.left, node.right)
    return (node.inner,) if isinstance(node, Wrapped | Ranged) else ()


def type_of(node: Node) -> Type:
    """What the expression gives."""
    if isinstance(node, Literally):
        return node.type
    if isinstance(node, Ranged):
        return "matrix"
    if isinstance(node, Wrapped):
        return type_of(node.inner)
    if isinstance(node, Call):
        known = functions().get(node.function)
        return known.returns if known else "any"
    if isinstance(node, Binary):
        sides = {type_of(node.left), type_of(node.right)}
        return "scalar" if sides == {"scalar"} else "vector"
    return "vector"


def _of_operator(node: Binary) -> Iterator[Problem]:
    for side in (node.left, node.right):
        if type_of(side) == "matrix":
            yield Problem("range", "operator", node.operator)
        elif type_of(side) == "scalar" and node.operator in _SETS:
            yield Problem("syntax", "set", node.operator)


def _of_call(call: Call) -> Iterator[Problem]:
    known = functions().get(call.function)
    if known is None:
        near = suggest(call.function, functions())
        yield Problem("syntax", "near" if near else "function", call.function, near or "")
    elif not known.takes(len(call.arguments)):
        yield Problem("syntax", "arguments", call.function, known.counts)
    else:
        for index, argument in enumerate(call.arguments):
            yield from _mismatch(call.function, argument, known.kind(index))


def _of_aggregation(node: Aggregation) -> Iterator[Problem]:
    *parameters, last = node.arguments or (Literally("any"),)
    wanted: list[Type] = ["scalar"] if node.operator in _WITH_NUMBER else []
    wanted = ["string"] if node.operator == "count_values" else wanted
    if len(parameters) != len(wanted) or not node.arguments:
        yield Problem("syntax", "arguments", node.operator, str(len(wanted) + 1))
        return
    for parameter, kind in zip(parameters, wanted, strict=True):
        yield from _mismatch(node.operator, parameter, kind)
    yield from _mismatch(node.operator, last, "vector")


def _mismatch(name: str, argument: Node, wanted: Type) -> Iterator[Problem]:
    found = type_of(argument)
    if found in (wanted, "any"):
        return
    if wanted == "matrix" and found == "vector":
        message = "needed" if isinstance(argument, Selector) else "needed_around"
        metric = argument.name if isinstance(argument, Selector) else ""
        yield Problem("range", message, name, metric)
    elif found == "matrix":
        yield Problem("range", "refused", name)
    else:
        yield Problem("syntax", f"wants_{wanted}", name)
