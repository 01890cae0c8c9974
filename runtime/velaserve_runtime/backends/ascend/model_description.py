# SPDX-License-Identifier: Apache-2.0
"""Asks a loaded offline model what it takes and gives."""

from __future__ import annotations

import re
from ctypes import byref, c_size_t
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from velaserve_runtime.backends.ascend.acl import Batch, HeightWidth, IODims
from velaserve_runtime.backends.ascend.datatypes import datatype_of
from velaserve_runtime.backends.ascend.model_gears import Gear, input_shapes
from velaserve_runtime.protocol.errors import LoadFailed
from velaserve_runtime.protocol.tensors import TensorSpec

if TYPE_CHECKING:
    from velaserve_runtime.backends.ascend.acl import Acl
    from velaserve_runtime.backends.ascend.model_gears import GearKind
    from velaserve_runtime.protocol.tensors import Shape

_GEAR_INPUT = "ascend_mbatch_shape_data"
"""ACL_DYNAMIC_TENSOR_NAME: the input that says which gear runs."""
_AIPP_INPUT = "ascend_dynamic_aipp_data"
_SHORTENED = "acl_modelId_"
"""How AscendCL begins the names that it had to shorten."""
_ATC_OUTPUT = re.compile(r".*:\d+:(?P<tensor>.+)")
"""ATC calls an output node:index:tensor."""
_ALL_INPUTS = c_size_t(-1)

Side = Literal["Input", "Output"]


@dataclass(frozen=True, slots=True)
class ModelDescription:
    """An offline model as AscendCL describes it."""

    inputs: tuple[TensorSpec, ...]
    """Without the one that chooses the gear; shapes are AIPP's where it has an input."""
    outputs: tuple[TensorSpec, ...]
    """With the shapes of the largest gear."""
    input_bytes: tuple[int, ...]
    """Of the largest gear, and of the input that chooses it."""
    output_bytes: tuple[int, ...]
    gear_kind: GearKind
    gear_input: int
    """Its index; the number of inputs where there is none."""
    gears: tuple[Gear, ...]
    """Without their outputs' shapes."""


def describe(acl: Acl, desc: int) -> ModelDescription:
    """Reads an aclmdlDesc.

    Raises:
        AscendError: a call failed.
        LoadFailed: a tensor cannot be served.
    """
    count = acl.number("aclmdlGetNumInputs", desc)
    names = [_name(acl, desc, "Input", index) for index in range(count)]
    if _AIPP_INPUT in names:
        raise LoadFailed(
            "the offline model has dynamic AIPP, whose parameters no V2 request can carry; convert "
            "it with static AIPP (atc --insert_op_conf with aipp_mode: static)"
        )
    own = len(names) - (_GEAR_INPUT in names)
    inputs = tuple(_spec(acl, desc, "Input", index) for index in range(own))
    outputs = range(acl.number("aclmdlGetNumOutputs", desc))
    kind, values = _gears(acl, desc)
    return ModelDescription(
        inputs=inputs,
        outputs=_distinct([_spec(acl, desc, "Output", index) for index in outputs]),
        input_bytes=tuple(acl.number("aclmdlGetInputSizeByIndex", desc, i) for i in range(count)),
        output_bytes=tuple(acl.number("aclmdlGetOutputSizeByIndex", desc, i) for i in outputs),
        gear_kind=kind,
        gear_input=names.index(_GEAR_INPUT) if _GEAR_INPUT in names else own,
        gears=tuple(Gear(each, input_shapes(kind, each, inputs)) for each in values),
    )


def current_outputs(acl: Acl, desc: int, count: int) -> tuple[Shape, ...]:
    """The outputs' shapes in the gear that was set last. Raises: AscendError."""
    return tuple(_dims(acl, "aclmdlGetCurOutputDims", desc, index) for index in range(count))


def _gears(acl: Acl, desc: int) -> tuple[GearKind, list[Shape]]:
    batch, image, count = Batch(), HeightWidth(), c_size_t()
    acl.do("aclmdlGetDynamicBatch", desc, byref(batch))
    if batch.batchCount:
        return "batch", [(size,) for size in sorted(batch.batch[: batch.batchCount])]
    acl.do("aclmdlGetDynamicHW", desc, _ALL_INPUTS, byref(image))
    if image.hwCount:
        return "image", [tuple(each) for each in image.hw[: image.hwCount]]
    acl.do("aclmdlGetInputDynamicGearCount", desc, _ALL_INPUTS, byref(count))
    if count.value:
        dims = (IODims * count.value)()
        acl.do("aclmdlGetInputDynamicDims", desc, _ALL_INPUTS, dims, count)
        return "dims", [each.shape() for each in dims]
    return "none", [()]


def _spec(acl: Acl, desc: int, side: Side, index: int) -> TensorSpec:
    name = _name(acl, desc, side, index)
    code = acl.number(f"aclmdlGet{side}DataType", desc, index)
    shape = _dims(acl, f"aclmdlGet{side}Dims", desc, index)
    return TensorSpec(name, datatype_of(code, name), shape)


def _dims(acl: Acl, call: str, desc: int, index: int) -> Shape:
    dims = IODims()
    acl.do(call, desc, index, byref(dims))
    return dims.shape()


def _name(acl: Acl, desc: int, side: Side, index: int) -> str:
    name = acl.text(f"aclmdlGet{side}NameByIndex", desc, index)
    if name.startswith(_SHORTENED):
        return acl.text("aclmdlGetTensorRealName", desc, name.encode())
    return name


def _distinct(outputs: list[TensorSpec]) -> tuple[TensorSpec, ...]:
    """Under the names they had before ATC, where these tell them apart."""
    matches = [_ATC_OUTPUT.fullmatch(spec.name) for spec in outputs]
    names = [
        match["tensor"] if match else spec.name
        for match, spec in zip(matches, outputs, strict=True)
    ]
    if len(set(names)) != len(names):
        return tuple(outputs)
    return tuple(
        TensorSpec(name, spec.datatype, spec.shape)
        for name, spec in zip(names, outputs, strict=True)
    )
