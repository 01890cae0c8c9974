# SPDX-License-Identifier: Apache-2.0
"""The functions of PromQL and what they take."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.package_data import json_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.promql.nodes import Type


class Function(NamedTuple):
    """`variadic`: the last argument may be left out, or be there so often; -1 is any number."""

    arguments: tuple[Type, ...]
    variadic: int
    returns: Type

    @property
    def least(self) -> int:
        return len(self.arguments) - (self.variadic != 0)

    @property
    def counts(self) -> str:
        """How many arguments it can have, for people."""
        most = "" if self.variadic < 0 else f"-{self.least + self.variadic}"
        return f"{self.least}{most or '+'}" if self.variadic else str(self.least)

    def takes(self, count: int) -> bool:
        """Whether it can have that many arguments."""
        most = self.least + self.variadic
        return count >= self.least and (self.variadic < 0 or count <= most)

    def kind(self, index: int) -> Type:
        """What an argument must be; further ones are like the last."""
        return self.arguments[min(index, len(self.arguments) - 1)]


@functools.cache
def functions() -> Mapping[str, Function]:
    """Every one by its name; made from Prometheus' own table."""
    rows = json_of("promql/functions.json")["functions"].items()
    return {
        name: Function(tuple(row["arguments"]), row["variadic"], row["returns"])
        for name, row in rows
    }
