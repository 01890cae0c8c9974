# SPDX-License-Identifier: Apache-2.0
"""Bytes to text, and the places of characters in it."""

from __future__ import annotations

import re

from velaserve_lint.place import Place, Span

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_NOT_YAML = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def decode(content: str | bytes) -> tuple[str, int | None]:
    """The text without its byte order mark, and where YAML forbids the first character in it.

    The cluster reads UTF-8, and UTF-16 that says so.
    """
    text, wrong = (content, None) if isinstance(content, str) else _decode(content)
    text = text.removeprefix("\ufeff")
    if wrong is None and (found := _NOT_YAML.search(text)):
        wrong = found.start()
    return text, wrong


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
    encoding = _MARKS.get(content[:2])
    content, encoding = (content[2:], encoding) if encoding else (content, "utf-8-sig")
    try:
        return content.decode(encoding), None
    except UnicodeDecodeError as err:
        before = content[: err.start].decode(encoding, "replace")
        return content.decode(encoding, "replace"), len(before)
