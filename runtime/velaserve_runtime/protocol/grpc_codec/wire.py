# SPDX-License-Identifier: Apache-2.0
"""Protobuf's wire format, read in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import InvalidRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

    Span = tuple[int, int]
    """Where a part of the message begins and ends."""
    Part = tuple[int, int, int]
    """Wire type (or tag), start and end of a field; a VARINT has its value for a start."""

VARINT, I64, LEN, I32 = 0, 1, 2, 5
MAX_FIELDS = 16_384
"""Bounds how long the structure of a message can keep the loop busy: below 20 ms."""

_MASK_64 = (1 << 64) - 1
_FIXED_BYTES = {I64: 8, I32: 4}


def signed(value: int) -> int:
    """A 64-bit varint as int64."""
    return value - (1 << 64) if value >> 63 else value


def malformed(problem: str, at: int) -> InvalidRequest:
    return InvalidRequest(f"the message is not valid protobuf: {problem} at byte {at}")


def _cut_off(start: int, at: int, end: int) -> InvalidRequest:
    sizes = f"a field of {at - start} bytes reaches beyond the {end - start} left"
    return malformed(sizes, start)


class WireReader:
    """Walks through the fields of a message; a tag is the field's number << 3 | wire type.

    A known field with another wire type is, as in protobuf, an unknown field.
    """

    __slots__ = ("_fields_left", "data")

    def __init__(self, data: memoryview, max_fields: int = MAX_FIELDS) -> None:
        self.data = data
        self._fields_left = max_fields

    def fields(self, span: Span) -> Iterator[Part]:
        """Yields (tag, start, end) of each field in `span`, or (tag, value, 0) of a VARINT one.

        Raises:
            InvalidRequest: the bytes are not protobuf, or too many fields.
        """
        data, limit, count = self.data, self._fields_left, 0
        at, end = span
        while at < end:
            tag = data[at]
            tag, at = (tag, at + 1) if 8 <= tag < 0x80 else self._long_tag(at, end)
            count += 1
            if count > limit:
                raise InvalidRequest(f"the message has too many fields, stopped at byte {at}")
            wire = tag & 7
            if wire == VARINT:
                value, at = self._varint(at, end)
                yield tag, value, 0
                continue
            if wire == LEN and at < end and data[at] < 0x80:
                start, at = at + 1, at + 1 + data[at]
            else:
                start, at = self._extent(wire, at, end)
            if at > end:
                raise _cut_off(start, at, end)
            yield tag, start, at
        self._fields_left -= count  # those of a submessage, once it is read

    def varints(self, span: Span) -> Iterator[int]:
        """The packed varints in `span`.

        Raises:
            InvalidRequest: the last one is cut off.
        """
        at, end = span
        while at < end:
            value, at = self._varint(at, end)
            yield value

    def text(self, start: int, end: int) -> str:
        try:
            return str(self.data[start:end], "utf-8")
        except UnicodeDecodeError as err:
            raise malformed("a string is not UTF-8", start + err.start) from err

    def _long_tag(self, at: int, end: int) -> Span:
        tag, at = self._varint(at, end)
        if not 8 <= tag < 1 << 32:
            raise malformed(f"field number {tag >> 3}", at)
        return tag, at

    def _extent(self, wire: int, at: int, end: int) -> Span:
        if wire == LEN:
            size, at = self._varint(at, end)
        elif wire in _FIXED_BYTES:
            size = _FIXED_BYTES[wire]
        else:
            raise malformed(f"wire type {wire}", at)
        return at, at + size

    def _varint(self, at: int, end: int) -> Span:
        value = shift = 0
        for index in range(at, min(end, at + 10)):
            byte = self.data[index]
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value & _MASK_64, index + 1
            shift += 7
        raise malformed("a varint does not end", at)
