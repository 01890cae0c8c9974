# SPDX-License-Identifier: Apache-2.0
"""What a helper found for a rule: everything of a finding that the rule does not know itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from velaserve_lint.finding import Finding, Related

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from velaserve_lint.place import Place
    from velaserve_lint.rule import Rule
    from velaserve_lint.text import Argument

Arguments: TypeAlias = "Mapping[str, Argument]"

_NONE: Arguments = {}


class Problem(NamedTuple):
    """A message of the rule, where it is shown, and another place that it is about."""

    place: Place
    message: str
    arguments: Arguments = _NONE
    beside: Related | None = None


def findings(rule: type[Rule], problems: Iterable[Problem]) -> Iterator[Finding]:
    """The problems as findings of the rule."""
    for problem in problems:
        related = () if problem.beside is None else (problem.beside,)
        yield Finding(
            rule.id, rule.severity, problem.message, problem.arguments, problem.place, related
        )
