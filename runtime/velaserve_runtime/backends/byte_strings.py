# SPDX-License-Identifier: Apache-2.0
"""BYTES as V2 has them (`bytes` objects) and as engines have them (`str`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from velaserve_runtime.protocol.errors import InvalidRequest, ModelFailed

if TYPE_CHECKING:
    from velaserve_runtime.protocol.datatypes import Array


def to_text(name: str, array: Array) -> Array:
    """object[...] of `str`.

    Raises:
        InvalidRequest: an element is not UTF-8, and the engine's strings are text.
    """
    texts = np.empty(array.shape, np.object_)
    try:
        texts.ravel()[:] = [element.decode() for element in array.ravel()]
    except UnicodeDecodeError as err:
        raise InvalidRequest(
            f"input '{name}': an element is not UTF-8 ({err.reason} at byte {err.start}), "
            "and the model's strings are text"
        ) from err
    return texts


def to_bytes(array: Array) -> Array:
    """object[...] of `bytes`, from text or bytes in any array.

    Raises:
        ModelFailed: an element is neither.
    """
    encoded = np.empty(array.shape, np.object_)
    encoded.ravel()[:] = [_encode(element) for element in array.ravel()]
    return encoded


def _encode(element: object) -> bytes:
    if isinstance(element, bytes):
        return bytes(element)
    if isinstance(element, str):
        return element.encode()
    raise ModelFailed(
        f"a BYTES output holds {type(element).__name__} elements, expected bytes or str"
    )
