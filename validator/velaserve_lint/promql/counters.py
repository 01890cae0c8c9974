# SPDX-License-Identifier: Apache-2.0
"""Counters that are taken as they are: they only grow, and begin anew with each restart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from velaserve_lint.promql.kinds import children
from velaserve_lint.promql.nodes import Aggregation, Binary, Call, Literally, Ranged, Selector
from velaserve_lint.promql.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.promql.nodes import Node

# By the names that clients must give counters and histograms of times and sizes; a `_count` of
# other things is often a gauge.
_MEASURED = "seconds|milliseconds|microseconds|ms|us|bytes|tokens"
_NAMED_LIKE_ONE = re.compile(rf".*_(total|bucket|({_MEASURED})_(sum|count))", re.ASCII)
# Whether there are any, and how many series.
_ONLY_EXISTENCE = frozenset({"absent", "count", "group", "timestamp"})
_COMPARISONS = frozenset({"==", "!=", ">", "<", ">=", "<="})
_JOINS = frozenset({"and", "unless"})


def raw_counters(node: Node) -> Iterator[Problem]:
    """Each, once."""
    for name in dict.fromkeys(_raw(node)):
        yield Problem("counter", "raw", name)


def is_counter(name: str) -> bool:
    """By our table of metrics, for others by the name."""
    from velaserve_lint.names import metrics

    base = re.sub("_(bucket|sum|count)$", "", name)
    if name in metrics():
        return metrics()[name].type == "counter"
    return base in metrics() or _NAMED_LIKE_ONE.fullmatch(name) is not None


def _raw(node: Node) -> Iterator[str]:
    if isinstance(node, Ranged) or _is_existence(node):
        return
    if isinstance(node, Binary) and _is_meant(node):
        return
    if isinstance(node, Selector) and node.name and is_counter(node.name):
        yield node.name
    parts = children(node)
    if isinstance(node, Binary) and node.operator in _JOINS and isinstance(node.right, Selector):
        parts = (node.left,)
    for inner in parts:
        yield from _raw(inner)


def _is_existence(node: Node) -> bool:
    name = node.function if isinstance(node, Call) else ""
    name = node.operator if isinstance(node, Aggregation) else name
    return name in _ONLY_EXISTENCE


def _is_meant(node: Binary) -> bool:
    """`x > 0`, whether it ever happened, and `x - x offset 1h`, which is an increase by hand."""
    if node.operator in _COMPARISONS:
        return isinstance(node.left, Selector) and node.right == Literally("scalar", "0")
    counted = set(_selected(node.left))
    return node.operator == "-" and bool(counted) and counted == set(_selected(node.right))


def _selected(node: Node) -> Iterator[str]:
    """The counters that the expression takes as they are."""
    if isinstance(node, Selector) and is_counter(node.name):
        yield node.name
    for inner in () if isinstance(node, Ranged) else children(node):
        yield from _selected(inner)
