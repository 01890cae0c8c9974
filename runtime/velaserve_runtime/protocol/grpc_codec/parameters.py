# SPDX-License-Identifier: Apache-2.0
"""Entries of the maps from name to InferParameter."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import InvalidRequest
from velaserve_runtime.protocol.grpc_codec.wire import signed

if TYPE_CHECKING:
    from velaserve_runtime.protocol.grpc_codec.wire import Span, WireReader
    from velaserve_runtime.protocol.infer import Parameter

KEY, VALUE = 0x0A, 0x12
BOOL, INT64, STRING, DOUBLE, UINT64 = 0x08, 0x10, 0x1A, 0x21, 0x28

_DOUBLE = struct.Struct("<d")


def read_parameter(reader: WireReader, entry: Span) -> tuple[str, Parameter]:
    """Name and value of one entry.

    Raises:
        InvalidRequest: it has no value.
    """
    name = ""
    value: Parameter | None = None
    for tag, start, end in reader.fields(entry):
        if tag == KEY:
            name = reader.text(start, end)
        elif tag == VALUE:
            value = _read_value(reader, (start, end), value)
    if value is None:
        raise InvalidRequest(f"parameter '{name}' has no value")
    return name, value


def _read_value(reader: WireReader, span: Span, value: Parameter | None) -> Parameter | None:
    for tag, start, end in reader.fields(span):
        if tag == BOOL:
            value = start != 0
        elif tag == INT64:
            value = signed(start)
        elif tag == UINT64:
            value = start
        elif tag == STRING:
            value = reader.text(start, end)
        elif tag == DOUBLE:
            value = _DOUBLE.unpack_from(reader.data, start)[0]
    return value
