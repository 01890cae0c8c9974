# SPDX-License-Identifier: Apache-2.0
"""The words of a query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, cast

from velaserve_lint.promql.problem import SyntaxProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind: TypeAlias = Literal["number", "duration", "string", "name", "symbol", "end"]

# Prometheus v3.4.2 promql/parser/lex.go. Names of metrics may have colons, those of labels may not,
# and between the two times of a subquery one stands by itself.
_WORDS = (
    r"(?P<space>\s+|\#[^\n]*)"
    r"|(?P<duration>(?:\d+(?:ms|[smhdwy]))+(?![\w.]))"
    r"|(?P<number>(?:0[xX][\da-fA-F]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![\w.]))"
    r"|(?P<bad>\d[\w.]*)"
    r'|(?P<string>"(?:[^"\\\n]|\\.)*"|' + r"'(?:[^'\\\n]|\\.)*'|`[^`]*`)"
    r"|(?P<quote>[\"'`])"
)
_NAMES = r"|(?P<name>[A-Za-z_:][\w:]*)"
_LABELS = r"|(?P<name>[A-Za-z_]\w*)"
_SYMBOLS = r"|(?P<symbol>=~|!~|!=|==|<=|>=|[-+*/%^@,(){}\[\]<>=:])|(?P<other>.)"
_OUTSIDE = re.compile(_WORDS + _NAMES + _SYMBOLS, re.ASCII | re.DOTALL)
_INSIDE = re.compile(_WORDS + _LABELS + _SYMBOLS, re.ASCII | re.DOTALL)


class Token(NamedTuple):
    """One word, and what it is; the last one is the end."""

    kind: Kind
    text: str


def tokens(query: str) -> Iterator[Token]:
    """Each word, without spaces and comments.

    Raises:
        SyntaxProblem: a text that does not end, or a character that means nothing.
    """
    at, inside = 0, False
    while at < len(query):
        # Every character is at least an `other`.
        found = cast("re.Match[str]", (_INSIDE if inside else _OUTSIDE).match(query, at))
        at, kind, text = found.end(), found.lastgroup or "other", found[0]
        if kind in _WRONG:
            raise SyntaxProblem(_WRONG[kind], text)
        if kind != "space":
            inside = text in ("[", "{") or (inside and text not in ("]", "}"))
            yield Token(cast("Kind", kind), text)
    yield Token("end", "")


_WRONG = {"bad": "number", "quote": "quote", "other": "character"}
