# SPDX-License-Identifier: Apache-2.0
"""Scorecards as text: one file for each format, each with a function `write`."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TypeAlias, cast, get_args

if TYPE_CHECKING:
    from velaserve_lint.checklist.item import Result
    from velaserve_lint.checklist.scorecard import Scorecard
    from velaserve_lint.text import Language

Format: TypeAlias = Literal["text", "json", "markdown"]
FORMATS: tuple[Format, ...] = get_args(Format)


class ScoreView(NamedTuple):
    """How a reader wants the text; JSON is always English and has everything."""

    language: Language = "en"
    colour: bool = False
    show_passed: bool = False


def shows(result: Result, view: ScoreView) -> bool:
    """Whether a reader wants to see it."""
    return view.show_passed or result.finding is not None


class _Writer(Protocol):
    def write(self, card: Scorecard, view: ScoreView) -> str: ...


def write(card: Scorecard, name: Format, view: ScoreView | None = None) -> str:
    """The scorecard in the format of that name."""
    module = cast("_Writer", importlib.import_module(f"{__name__}.{name}"))
    return module.write(card, view or ScoreView())
