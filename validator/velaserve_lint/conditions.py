# SPDX-License-Identifier: Apache-2.0
"""The `if` of a workflow step: an expression of CUE, as far as steps have a use for it.

KubeVela compiles it with `status`, `inputs`, `context` and `parameter` around it, and skips the
step without a word where that fails: kubevela/workflow v0.6.3 pkg/tasks/custom/task.go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>"(?:[^"\\\n]|\\.)*") | (?P<bytes>'(?:[^'\\\n]|\\.)*')
    | (?P<bottom>_\|_) | (?P<name>[A-Za-z_$][\w$]*) | (?P<number>\d[\w.]*)
    | (?P<sign>==|!=|<=|>=|=~|!~|&&|\|\||[-+*/<>!&|=.,()\[\]]) | (?P<end>\Z) | (?P<other>.)
    )""",
    re.VERBOSE | re.DOTALL,
)
_DASHED = re.compile(r"\b(status|inputs)\.([A-Za-z_]\w*(?:-\w+)+)")
_BINARY = frozenset({"==", "!=", "<", "<=", ">", ">=", "=~", "!~", "&&", "||", "+", "-", "*", "/"})
_MEANT = {"=": "==", "&": "&&", "|": "||", "and": "&&", "or": "||", "not": "!"}
_LONGEST = 10_000
_CLOSING = {"(": ")", "[": "]"}


class Reference(NamedTuple):
    """`status["a-b"].failed`: the root, and what is selected as far as that is written down."""

    root: str
    path: tuple[str, ...] = ()
    is_called: bool = False


class Problem(NamedTuple):
    """Why it is no expression, by the key of a message: `found` stands where `wanted` should."""

    message: str
    found: str = ""
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """What was read; `only` is the reference that is the whole of it."""

    problem: Problem | None = None
    references: tuple[Reference, ...] = ()
    only: Reference | None = None


def condition(text: str) -> Condition:
    """Reads an expression; one with others inside its texts, or of pages, is taken as it is."""
    if "\\(" in text or len(text) > _LONGEST:
        return Condition()
    if dashed := _DASHED.search(re.sub(r'"[^"]*"', '""', text)):
        return Condition(Problem("dash", dashed[0], f'{dashed[1]}["{dashed[2]}"]'))
    reader = _Reader(text)
    try:
        only = reader.expression()
        reader.take("end")
    except (_Broken, RecursionError) as broken:
        problem = broken.problem if isinstance(broken, _Broken) else Problem("deep")
        return Condition(problem)
    return Condition(None, tuple(reader.references), only)


class _Broken(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(slots=True)
class _Reader:
    """Goes through the tokens once; what refers to something is collected on the way."""

    text: str
    position: int = 0
    references: list[Reference] = field(default_factory=list)

    def expression(self) -> Reference | None:
        only = self._operand()
        while self._is(*_BINARY):
            self._next()
            self._operand()
            only = None
        if self._peek()[1] in _MEANT:
            raise _Broken(_unexpected(*self._peek(), ""))
        return only

    def take(self, expected: str) -> None:
        """The end, or the sign that is expected."""
        kind, found = self._peek()
        if expected not in (kind, found):
            raise _Broken(_unexpected(kind, found, expected))
        self._next()

    def _operand(self) -> Reference | None:
        if self._is("!", "-", "+"):
            self._next()
            self._operand()
            return None
        kind, found = self._next()
        if found in _CLOSING:
            only = self._bracketed(found)
            return only if found == "(" else None
        if kind == "name" and (found != "not" or self._is("(")):
            return self._reference(found)
        if kind not in ("text", "number", "bottom"):
            raise _Broken(_unexpected(kind, found, ""))
        return None

    def _bracketed(self, opening: str) -> Reference | None:
        only = None
        while not self._is(_CLOSING[opening]):
            only = self.expression()
            if not self._is(","):
                break
            self._next()
        self.take(_CLOSING[opening])
        return only

    def _reference(self, root: str) -> Reference:
        path: list[str] = []
        is_called, is_written = self._is("("), True
        while self._is(".", *_CLOSING):
            name = self._selected()
            is_written = is_written and name != ""
            path += [name] if is_written else []
        reference = Reference(root, tuple(path), is_called)
        self.references.append(reference)
        return reference

    def _selected(self) -> str:
        """The name after a dot or in brackets; nothing where it is computed, or for a call."""
        _, sign = self._next()
        kind, name = self._peek()
        if sign == ".":
            if kind not in ("name", "text"):
                raise _Broken(_unexpected(kind, name, ""))
            self._next()
        else:
            self._bracketed(sign)
        return name.strip('"') if kind == "text" or sign == "." else ""

    def _is(self, *signs: str) -> bool:
        kind, found = self._peek()
        return kind == "sign" and found in signs

    def _peek(self) -> tuple[str, str]:
        match = _TOKEN.match(self.text, self.position)
        if match is None or match.lastgroup is None:
            return "end", ""
        return match.lastgroup, match[match.lastgroup]

    def _next(self) -> tuple[str, str]:
        token = self._peek()
        if match := _TOKEN.match(self.text, self.position):
            self.position = match.end()
        return token


def _unexpected(kind: str, found: str, wanted: str) -> Problem:
    match kind, found:
        case ("end", _):
            return Problem("end", wanted=wanted if wanted in _CLOSING.values() else "")
        case ("bytes", _):
            return Problem("bytes", found, f'"{found[1:-1]}"')
        case (_, '"' | "'"):
            return Problem("quote", found)
        case (_, word) if word in _MEANT:
            return Problem("operator", word, _MEANT[word])
    return Problem("unexpected", found)
