# SPDX-License-Identifier: Apache-2.0
"""Reads YAML as almost everybody writes it, in a third of the time that composer.py needs.

libyaml's own composer builds the nodes. What it cannot do as the cluster does, or not safely, is
left to composer.py: anchors, merge keys, tags, keys twice, keys that are no text, numbers that JSON
does not have, values that parsers do not agree on, and deep nesting.
"""

from __future__ import annotations

import functools
import math
import operator
import re
from typing import TYPE_CHECKING, cast

import yaml
from yaml._yaml import CParser

from velaserve_lint import scalars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.document import Json

# libyaml follows nesting on the C stack: twice that many levels are 80 KB, a thread may have 128.
_MOST = 150
_DEEPEST = 99  # what is deeper is a finding of composer.py
_BOUNDARY = re.compile("\n---[ \t\r\n]")
_SPECIAL = ("&", "*", "!", "<<", "\ufeff")


class NotPlain(Exception):
    """Raised where composer.py must have a look."""


def plain_documents(text: str) -> list[Json] | None:
    """The data of each document; None where the text is not plain, or is no YAML."""
    if any(mark in text for mark in _SPECIAL) or _may_be_deep(text):
        return None
    try:
        return [_data(node, 1) for node in _nodes(_Parser(text))]
    except (NotPlain, yaml.YAMLError, UnicodeEncodeError):
        return None


def _nodes(parser: _Parser) -> Iterator[yaml.Node]:
    while parser.check_node():
        yield cast("yaml.Node", parser.get_node())


def _may_be_deep(text: str) -> bool:
    """By how far lines are indented, and by the brackets of a document: none reaches the next."""
    lines = text.splitlines() or [""]
    if max(map(len, lines)) > _MOST and max(map(_indented, lines)) > _MOST:
        return True
    return _brackets(text) > _MOST and max(map(_brackets, _BOUNDARY.split(text))) > _MOST


def _brackets(text: str) -> int:
    return text.count("[") + text.count("{")


def _indented(line: str) -> int:
    """`- - a: 1` is three levels in one line, and there is no other way to open several."""
    return len(line) - len(line.lstrip(" -?:\t"))


def _data(node: yaml.Node, depth: int) -> Json:
    """What the node holds: `_Parser` has left the value of a scalar in the place of its tag."""
    if type(node) is yaml.ScalarNode:
        return node.tag
    if depth > _DEEPEST:
        raise NotPlain
    if type(node) is yaml.SequenceNode:
        return [
            item.tag if type(item) is yaml.ScalarNode else _data(item, depth + 1)
            for item in node.value
        ]
    data: dict[str, Json] = {}
    for key, value in node.value:
        data[key.tag] = value.tag if type(value) is yaml.ScalarNode else _data(value, depth + 1)
    if len(data) < len(node.value) or {*map(type, data)} - {str}:
        raise NotPlain
    return data


@functools.lru_cache(4096)  # as in scalars, without a look at what is odd each time
def _value(text: str) -> Json:
    """Of a plain scalar.

    Raises:
        NotPlain: it must be looked at.
    """
    value = scalars.resolve(text)
    if type(value) is not str and _is_odd(text, value):
        raise NotPlain
    return value


def _is_odd(text: str, value: scalars.Scalar) -> bool:
    if isinstance(value, float) and not math.isfinite(value):
        return True
    return scalars.is_ambiguous(text, value)


class _Parser(CParser):
    """Asked for the tag of a node that has none, it gives the value of a scalar instead."""

    @staticmethod
    def resolve(kind: type[yaml.Node], text: str, implicit: tuple[bool, bool]) -> Json:
        return _value(text) if kind is yaml.ScalarNode and implicit[0] else text

    # PyYAML tells its loader at each node where it is: to functions in C, that costs little.
    descend_resolver = staticmethod(operator.is_)
    ascend_resolver = staticmethod(bool)
