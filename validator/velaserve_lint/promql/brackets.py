# SPDX-License-Identifier: Apache-2.0
"""Whether every bracket is closed by its like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.promql.problem import SyntaxProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from velaserve_lint.promql.tokens import Token

_CLOSES = {")": "(", "]": "[", "}": "{"}


def check_brackets(tokens: Iterable[Token]) -> None:
    """Said before anything else: what stands between the wrong ones makes no sense.

    Raises:
        SyntaxProblem: one is not closed, closes nothing or closes another one.
    """
    opened: list[str] = []
    for token in tokens:
        if token.kind != "symbol":
            continue
        if token.text in _CLOSES.values():
            opened.append(token.text)
        elif token.text in _CLOSES:
            last = opened.pop() if opened else ""
            if last != _CLOSES[token.text]:
                raise SyntaxProblem("mismatch" if last else "unopened", token.text, last)
    if opened:
        raise SyntaxProblem("unclosed", opened[-1])
