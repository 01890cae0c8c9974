# SPDX-License-Identifier: Apache-2.0
"""Parsing large JSON in bounded pieces: one long C call that holds the GIL stalls every probe.

A 3 MB `loads` keeps the interpreter for 30-60 ms (runtime.md item 7). Here the long flat number
lists under "data" are cut out and parsed piece by piece; nested or textual ones stay whole.
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from velaserve_runtime.protocol.metadata import JSON

LARGE_BYTES = 262144
"""Bodies above this are decoded off the loop, in pieces."""
_PIECE_BYTES = 65536
_DATA = re.compile(rb'"data"[ \t\r\n]*:[ \t\r\n]*\[')
_NOT_A_NUMBER = re.compile(rb"[^-+0-9.eE, \t\r\n]")


class Pieces(list["list[JSON]"]):
    """A flat list in several parts, in order."""


def loads_in_pieces(text: bytes | memoryview) -> object:
    """As orjson.loads, but a large flat number list of an input comes as `Pieces`.

    Raises:
        ValueError: not valid JSON.
    """
    body = bytes(text)
    token = secrets.token_hex(16)
    skeleton: list[bytes] = []
    lists: list[Pieces] = []
    kept = 0
    for start, stop in _number_lists(body):
        skeleton += (body[kept:start], b'"%s%d"' % (token.encode(), len(lists)))
        lists.append(_parse_list(body, start + 1, stop))
        kept = stop + 1
    skeleton.append(body[kept:])
    document = orjson.loads(b"".join(skeleton))
    return _put_back(document, token, lists)


def _number_lists(body: bytes) -> list[tuple[int, int]]:
    """(offset of `[`, offset of `]`) of every large flat list of numbers under "data"."""
    found: list[tuple[int, int]] = []
    at = 0
    while (match := _search(_DATA, body, at)) is not None:
        start = match.end() - 1
        at = match.end()
        end = _search(_NOT_A_NUMBER, body, at)
        if end is None or end.group() != b"]" or body[match.start() - 1 : match.start()] == b"\\":
            continue
        at = end.end()
        if end.start() - start > _PIECE_BYTES:
            found.append((start, end.start()))
    return found


def _search(pattern: re.Pattern[bytes], body: bytes, start: int) -> re.Match[bytes] | None:
    """`pattern.search` in windows that overlap by more than any key and its white space."""
    while start < len(body):
        match = pattern.search(body, start, start + _PIECE_BYTES)
        if match is not None:
            return match
        if start + _PIECE_BYTES >= len(body):
            return None
        start += _PIECE_BYTES - 64
    return None


def _parse_list(body: bytes, start: int, stop: int) -> Pieces:
    pieces = Pieces()
    while start < stop:
        cut = body.find(b",", start + _PIECE_BYTES, stop)
        end = stop if cut == -1 else cut
        pieces.append(orjson.loads(b"[%s]" % body[start:end]))
        start = end + 1
        if not pieces[-1] or (cut != -1 and start >= stop):
            raise ValueError("a list of numbers has an empty place")
    return pieces


def _put_back(document: object, token: str, lists: list[Pieces]) -> object:
    inputs = document.get("inputs") if isinstance(document, dict) else None
    for entry in inputs if isinstance(inputs, list) else ():
        data = entry.get("data") if isinstance(entry, dict) else None
        if isinstance(data, str) and data.startswith(token):
            entry["data"] = lists[int(data.removeprefix(token))]
    return document
