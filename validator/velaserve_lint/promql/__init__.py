# SPDX-License-Identifier: Apache-2.0
"""PromQL, as far as mistakes in it can be told without a Prometheus."""

from __future__ import annotations

import functools

from velaserve_lint.promql.brackets import check_brackets
from velaserve_lint.promql.counters import raw_counters
from velaserve_lint.promql.kinds import type_of, wrong_kinds
from velaserve_lint.promql.parser import Parser, TooDeep
from velaserve_lint.promql.problem import Problem, SyntaxProblem
from velaserve_lint.promql.tokens import tokens

__all__ = ["Problem", "problems"]

_LONGEST = 20_000  # characters; generated queries of a few thousand exist


@functools.lru_cache(maxsize=16)
def problems(query: str) -> tuple[Problem, ...]:
    """What is wrong with the query; several rules ask for the same one in a row."""
    if len(query) > _LONGEST:
        return ()
    try:
        words = list(tokens(query))
        check_brackets(words)
        tree = Parser(words).query()
    except SyntaxProblem as err:
        return (err.problem,)
    except TooDeep:
        return ()
    found = tuple(dict.fromkeys(wrong_kinds(tree)))
    if not found and type_of(tree) == "matrix":
        found = (Problem("range", "result"),)
    return found or tuple(raw_counters(tree))
