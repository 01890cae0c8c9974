# SPDX-License-Identifier: Apache-2.0
"""Holds a model to the outputs it declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_runtime.protocol.datatypes import DATATYPES
from velaserve_runtime.protocol.errors import ModelFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.protocol.tensors import TensorSpec


class TensorPromise:
    """The declared outputs; made once, asked for each batch."""

    __slots__ = ("_check_shapes", "_dtypes", "_specs")

    def __init__(self, specs: Sequence[TensorSpec], *, check_shapes: bool) -> None:
        """`check_shapes` False where engines only warn about a wrong declaration."""
        self._specs = {spec.name: spec for spec in specs}
        self._dtypes = {spec.name: DATATYPES[spec.datatype].dtype for spec in specs}
        self._check_shapes = check_shapes

    def kept(self, outputs: Arrays) -> Arrays:
        """The outputs themselves.

        Raises:
            ModelFailed: a name, datatype or shape is not the declared one.
        """
        if outputs.keys() != self._specs.keys():
            raise ModelFailed(
                f"the model gave the outputs {sorted(outputs)}, it declares {sorted(self._specs)}"
            )
        for name, dtype in self._dtypes.items():
            array = outputs[name]
            if array.dtype != dtype:
                raise ModelFailed(
                    f"output '{name}' has the element type {array.dtype}, the model declares "
                    f"{self._specs[name].datatype} ({dtype})"
                )
            if self._check_shapes and not self._specs[name].accepts(array.shape):
                raise ModelFailed(
                    f"output '{name}' has shape {list(array.shape)}, the model declares "
                    f"{list(self._specs[name].shape)} (-1 is any size)"
                )
        return outputs
