# SPDX-License-Identifier: Apache-2.0
"""AscendCL's data types, in V2's words (aclDataType of acl_base.h)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

DATATYPES: Mapping[int, str] = {
    0: "FP32",
    1: "FP16",
    2: "INT8",
    3: "INT32",
    4: "UINT8",
    6: "INT16",
    7: "UINT16",
    8: "UINT32",
    9: "INT64",
    10: "UINT64",
    11: "FP64",
    12: "BOOL",
    27: "BF16",
}


def datatype_of(code: int, tensor: str) -> str:
    """Raises: LoadFailed for strings, complex numbers and the types below a byte."""
    try:
        return DATATYPES[code]
    except KeyError as err:
        raise LoadFailed(
            f"tensor '{tensor}' has AscendCL's data type {code}, which the V2 protocol cannot "
            f"carry; convert the model with one of {', '.join(DATATYPES.values())}"
        ) from err
