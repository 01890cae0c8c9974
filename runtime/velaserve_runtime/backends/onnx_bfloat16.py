# SPDX-License-Identifier: Apache-2.0
"""Runs with bfloat16 tensors, which numpy has not: through onnxruntime's own tensors."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import numpy as np

from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.backends.onnxruntime_api import (
        OnnxRuntime,
        OrtRunOptions,
        OrtSession,
        OrtTensor,
    )
    from velaserve_runtime.protocol.datatypes import Array

_ONNX_BFLOAT16 = 16


def refuse_old_onnxruntime(ort: OnnxRuntime, inputs: Collection[str]) -> None:
    """`inputs`: those that are bfloat16.

    Raises:
        LoadFailed: there are some, and this onnxruntime cannot make such a tensor.
    """
    if inputs and not hasattr(ort.OrtValue, "ortvalue_from_numpy_with_onnx_type"):
        raise LoadFailed(
            f"input '{min(inputs)}' is bfloat16, which onnxruntime {ort.__version__} does not take "
            "from Python; run: pip install --upgrade onnxruntime"
        )


def run_ort_values(
    ort: OnnxRuntime,
    session: OrtSession,
    outputs: Sequence[str],
    feeds: Arrays,
    bfloat16: Collection[str],
    options: OrtRunOptions,
) -> list[Array]:
    """As Session.run; `bfloat16` names the inputs whose uint16 are the bits of one."""
    tensors = {name: _tensor(ort, array, name in bfloat16) for name, array in feeds.items()}
    return [_array(tensor) for tensor in session.run_with_ort_values(outputs, tensors, options)]


def _tensor(ort: OnnxRuntime, array: Array, bfloat16: bool) -> OrtTensor:
    array = np.ascontiguousarray(array)
    if bfloat16:
        return ort.OrtValue.ortvalue_from_numpy_with_onnx_type(array, _ONNX_BFLOAT16)
    return ort.OrtValue.ortvalue_from_numpy(array)


def _array(tensor: OrtTensor) -> Array:
    if tensor.data_type() != "tensor(bfloat16)":
        return tensor.numpy()
    array = np.empty(tensor.shape(), np.uint16)
    ctypes.memmove(array.ctypes.data, tensor.data_ptr(), array.nbytes)
    return array
