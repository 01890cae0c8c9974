# SPDX-License-Identifier: Apache-2.0
"""What every wire refuses, in the same words; the codecs decide when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import InvalidRequest

if TYPE_CHECKING:
    from velaserve_runtime.protocol.datatypes import DataType
    from velaserve_runtime.protocol.tensors import Shape


def nameless_input(at: int) -> InvalidRequest:
    return InvalidRequest(f"inputs[{at}]: 'name' must be a non-empty string")


def too_many_dimensions(tensor: str, limit: int) -> InvalidRequest:
    return InvalidRequest(f"input '{tensor}' has more than {limit} dimensions")


def wrong_element_count(found: int, shape: Shape, wanted: int, tensor: str) -> InvalidRequest:
    return InvalidRequest(
        f"input '{tensor}' has {found} elements, its shape {list(shape)} needs {wanted}"
    )


def outside_range(value: float, at: int, datatype: DataType, tensor: str) -> InvalidRequest:
    lowest, highest = datatype.lowest, datatype.highest
    bounds = f"{lowest:g} to {highest:g}" if datatype.is_float else f"{lowest} to {highest}"
    return InvalidRequest(
        f"input '{tensor}', element {at}: {value} is outside {datatype.name} ({bounds})"
    )


def two_sources(tensor: str, one: str, other: str) -> InvalidRequest:
    return InvalidRequest(f"input '{tensor}' has both {one} and {other}; give one of them")
