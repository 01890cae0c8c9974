# SPDX-License-Identifier: Apache-2.0
"""Bytes to text, and the places of characters in it."""

from __future__ import annotations

import codecs
import re

from velaserve_lint.place import Place, Span

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def decode(content: str | bytes) -> tuple[str, int | None]:
    """The text without its byte order mark, and where the bytes are the first time no text.

    The cluster reads UTF-8, and UTF-16 that says so.
    """
    text, wrong = (content, None) if isinstance(content, str) else _decode(content)
    marks = int(text.startswith("\ufeff"))
    return text[marks:], wrong if wrong is None else wrong - marks


def first_not_yaml(text: str) -> int | None:
    """Where YAML forbids the first character.

    PyYAML's own expression lets byte order marks pass; compiling another takes 5 ms.
    """
    from yaml.reader import Reader

    match = Reader.NON_PRINTABLE.search(text)
    found = (match.start() if match else -1, text.find("\ufeff"))
    return min((offset for offset in found if offset >= 0), default=None)


def lines(text: str) -> list[str]:
    """The lines as YAML counts them."""
    return _BREAK.split(text)


def line_starts(text: str) -> list[int]:
    """The offset at which each line begins."""
    return [0, *(match.end() for match in _BREAK.finditer(text))]


def character(file: str, text: str, offset: int) -> Place:
    """The place of one character."""
    before = lines(text[:offset])
    line, column = len(before), len(before[-1]) + 1
    return Place(file, Span(line, column, line, column + 1))


def _decode(content: bytes) -> tuple[str, int | None]:
    encoding = _MARKS.get(content[:2], "utf-8")
    content = content.removeprefix(codecs.BOM_UTF8) if encoding == "utf-8" else content[2:]
    try:
        return content.decode(encoding), None
    except UnicodeDecodeError as err:
        before = content[: err.start].decode(encoding, "replace")
        return content.decode(encoding, "replace"), len(before)
