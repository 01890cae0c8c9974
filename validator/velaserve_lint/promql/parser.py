# SPDX-License-Identifier: Apache-2.0
"""From words to a tree; where Prometheus is stricter about rare things, this one lets them pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.promql.nodes import (
    Aggregation,
    Binary,
    Call,
    Literally,
    Ranged,
    Selector,
    Wrapped,
)
from velaserve_lint.promql.problem import SyntaxProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_lint.promql.nodes import Node
    from velaserve_lint.promql.tokens import Token

AGGREGATORS = frozenset(
    {
        *("avg", "bottomk", "count", "count_values", "group", "limit_ratio", "limitk", "max"),
        *("min", "quantile", "stddev", "stdvar", "sum", "topk"),
    }
)
_PRECEDENCE = {
    **dict.fromkeys(("or",), 1),
    **dict.fromkeys(("and", "unless"), 2),
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), 3),
    **dict.fromkeys(("+", "-"), 4),
    **dict.fromkeys(("*", "/", "%", "atan2"), 5),
    "^": 6,
}
_POWER = _PRECEDENCE["^"]
_MATCHERS = frozenset({"=", "!=", "=~", "!~"})
_DEEPEST = 60  # people nest five
_MOST_OPERATORS = 300  # a chain of them is a deep tree, too


class TooDeep(Exception):
    """Raised for a query that no person wrote."""


class Parser:
    """Reads one query."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._operators = 0

    def query(self) -> Node:
        """The whole query.

        Raises:
            SyntaxProblem: it cannot be read.
            TooDeep: it is nested beyond reason.
        """
        if self._kind == "end":
            raise SyntaxProblem("empty")
        node = self._expression(1)
        if self._kind != "end":
            raise self._unexpected()
        return node

    @property
    def _text(self) -> str:
        return self._tokens[self._at].text

    @property
    def _kind(self) -> str:
        return self._tokens[self._at].kind

    def _next(self) -> str:
        text = self._text
        self._at += 1
        return text

    def _is(self, *symbols: str) -> bool:
        return self._kind == "symbol" and self._text in symbols

    def _takes(self, symbol: str) -> bool:
        """Whether it stands here; then it is read."""
        found = self._is(symbol)
        self._at += found
        return found

    def _expect(self, symbol: str) -> None:
        if not self._takes(symbol):
            raise self._unexpected(symbol)

    def _word(self) -> str:
        """The keyword here, in lower case: they are known in any."""
        return self._text.lower() if self._kind == "name" else ""

    def _unexpected(self, expected: str = "") -> SyntaxProblem:
        before = self._tokens[self._at - 1].text if self._at else ""
        if self._kind == "end":
            return SyntaxProblem("end", before)
        if expected:
            return SyntaxProblem("expected", self._text, expected)
        return SyntaxProblem("unexpected" if before else "first", self._text, before)

    def _expression(self, least: int) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise TooDeep
        left = self._signed()
        while (precedence := self._operator()) >= least:
            operator = self._next().lower()
            self._modifiers()
            right = self._expression(precedence + (precedence != _POWER))
            left = Binary(operator, left, right)
            self._operators += 1
            if self._operators > _MOST_OPERATORS:
                raise TooDeep
        self._depth -= 1
        return left

    def _operator(self) -> int:
        text = self._word() if self._kind == "name" else self._text
        return _PRECEDENCE.get(text, 0) if self._kind in ("name", "symbol") else 0

    def _modifiers(self) -> None:
        """`bool`, and how both sides are matched."""
        if self._word() == "bool":
            self._next()
        if self._word() in ("on", "ignoring"):
            self._next()
            self._labels()
            if self._word() in ("group_left", "group_right"):
                self._next()
                if self._is("("):
                    self._labels()

    def _labels(self) -> None:
        self._expect("(")
        while not self._takes(")"):
            if self._kind not in ("name", "string"):
                raise self._unexpected(")")
            self._next()
            if not self._is(")"):
                self._expect(",")

    def _signed(self) -> Node:
        if self._is("+", "-"):
            self._next()
            return Wrapped(self._expression(_POWER))
        return self._with_time(self._operand())

    def _operand(self) -> Node:
        if self._kind in ("number", "duration"):
            return Literally("scalar", self._next())
        if self._kind == "string":
            return Literally("string", self._next())
        if self._takes("("):
            inner = self._expression(1)
            self._expect(")")
            return Wrapped(inner)
        if self._is("{"):
            return self._selector("")
        if self._kind == "name":
            return self._named()
        raise self._unexpected()

    def _named(self) -> Node:
        name = self._next()
        if name.lower() in AGGREGATORS and (self._is("(") or self._word() in ("by", "without")):
            return self._aggregation(name.lower())
        if self._is("("):
            return Call(name, self._arguments())
        if name.lower() in ("inf", "nan"):
            return Literally("scalar", name)
        return self._selector(name)

    def _aggregation(self, operator: str) -> Node:
        grouped = self._grouping()
        arguments = self._arguments()
        if not grouped:
            self._grouping()
        return Aggregation(operator, arguments)

    def _grouping(self) -> bool:
        if self._word() not in ("by", "without"):
            return False
        self._next()
        self._labels()
        return True

    def _arguments(self) -> tuple[Node, ...]:
        self._expect("(")
        arguments: list[Node] = []
        while not self._takes(")"):
            arguments.append(self._expression(1))
            if not self._is(")"):
                self._expect(",")
                if self._is(")"):
                    raise self._unexpected()
        return tuple(arguments)

    def _selector(self, name: str) -> Node:
        chosen = bool(name)
        if self._takes("{"):
            while not self._takes("}"):
                chosen |= self._matcher()
                if not self._is("}"):
                    self._expect(",")
        if not chosen:
            raise SyntaxProblem("everything")
        return Selector(name)

    def _matcher(self) -> bool:
        """A label with its value, or the metric's name in quotes; whether it chooses anything."""
        is_quoted = self._kind == "string"
        if self._kind not in ("name", "string"):
            raise self._unexpected("}")
        label = self._next()
        if is_quoted and self._is(",", "}"):
            return True
        if not self._is(*_MATCHERS):
            raise self._unexpected("=")
        operator = self._next()
        if self._kind != "string":
            raise SyntaxProblem("value", f"{label}{operator}{self._text}", self._text)
        value = self._next()[1:-1]
        return operator in ("=~", "!~", "!=") or value != ""

    def _with_time(self, node: Node) -> Node:
        """Ranges, and the time that is looked at."""
        while True:
            if self._takes("["):
                node = self._range(node)
            elif self._word() == "offset":
                self._next()
                self._moment()
            elif self._takes("@"):
                self._moment()
            else:
                return node

    def _range(self, node: Node) -> Node:
        """`[5m]`, or `[1h:5m]` of any expression; there may be sums of times."""
        words = []
        while not self._takes("]"):
            if self._kind not in ("number", "duration", "name", "symbol") or self._is("[", "{"):
                raise self._unexpected("]")
            words.append(self._next())
        if not words or words[0] == ":":
            raise SyntaxProblem("range")
        if not isinstance(node, Selector) and ":" not in words:
            raise SyntaxProblem("subquery", "".join(words))
        return Ranged(node)

    def _moment(self) -> None:
        """A number or a time with a sign; start() and end(); a sum of times in parentheses."""
        if self._is("-", "+"):
            self._next()
        if self._word() in ("start", "end") or self._is("("):
            self._operand()
        elif self._kind in ("number", "duration"):
            self._next()
        else:
            raise self._unexpected()
