# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a query, as data."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Family: TypeAlias = Literal["syntax", "range", "counter"]


class Problem(NamedTuple):
    """`message` is a key of the messages of the family's rule, the rest its arguments."""

    family: Family
    message: str
    found: str = ""
    expected: str = ""


class SyntaxProblem(Exception):
    """Raised where a query cannot be read any further."""

    def __init__(self, message: str, found: str = "", expected: str = "") -> None:
        super().__init__(message, found)
        self.problem = Problem("syntax", message, found, expected)
