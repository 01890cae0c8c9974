# SPDX-License-Identifier: Apache-2.0
"""Reports as text: one file for each format, each with a function `write`."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TypeAlias, cast, get_args

if TYPE_CHECKING:
    from velaserve_lint.report import Report
    from velaserve_lint.text import Language

Format: TypeAlias = Literal[
    "full", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown"
]
FORMATS: tuple[Format, ...] = get_args(Format)


class View(NamedTuple):
    """How a reader wants the text; machine formats are always English and never coloured."""

    language: Language = "en"
    colour: bool = False
    quiet: bool = False


class _Writer(Protocol):
    def write(self, report: Report, view: View) -> str: ...


def write(report: Report, name: Format, view: View | None = None) -> str:
    """The report in the format of that name; ends with a newline unless it is empty."""
    module = cast("_Writer", importlib.import_module(f"{__name__}.{name}"))
    return module.write(report, view or View())
