# SPDX-License-Identifier: Apache-2.0
"""Sentences in English and Chinese, and the values that are put into them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Language: TypeAlias = Literal["en", "zh"]

_LONGEST_VALUE = 100


class Text(NamedTuple):
    """One sentence or word in both languages; `{name}` stands for an argument."""

    en: str
    zh: str

    def to(self, language: Language, arguments: Mapping[str, Argument] | None = None) -> str:
        template = self.zh if language == "zh" else self.en
        values = (arguments or {}).items()
        return template.format_map({name: _plain(value, language) for name, value in values})


Argument: TypeAlias = str | int | float | Text


def sentences(**texts: Text) -> Mapping[str, Text]:
    """The messages of a rule, by name."""
    return texts


def printable(text: str) -> str:
    """The text on one line, without characters that move a terminal's cursor or hide others."""
    return "".join(c if c.isprintable() else _escape(ord(c)) for c in text)


def shortened(text: str, longest: int = _LONGEST_VALUE) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _escape(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _plain(value: Argument, language: Language) -> str:
    return value.to(language) if isinstance(value, Text) else printable(str(value))
