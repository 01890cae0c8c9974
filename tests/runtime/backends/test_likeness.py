# SPDX-License-Identifier: Apache-2.0
"""What may stand in for what."""

from __future__ import annotations

import dataclasses

import pytest

from support.scripted import SPEC, WARM, Device
from velaserve_runtime.backends.likeness import Promise, difference
from velaserve_runtime.backends.recipe import Loaded
from velaserve_runtime.protocol.tensors import ModelSpec, TensorSpec

X, Y = SPEC.inputs[0], SPEC.outputs[0]
PAIR = TensorSpec("mask", "BOOL", (-1, 4))


def loaded(*inputs: TensorSpec, output: TensorSpec = Y, batchable: bool = True) -> Loaded:
    warm = dataclasses.replace(WARM, batchable=batchable, reason="" if batchable else "rows leak")
    return Loaded(Device().open(), ModelSpec(inputs, (output,), "test"), warm)


def promise(served: Loaded) -> Promise:
    return Promise(served.spec, served.warm.batchable)


@pytest.mark.parametrize(
    ("served", "other"),
    [
        (loaded(X), loaded(X)),
        (loaded(X, PAIR), loaded(PAIR, X)),
        (loaded(TensorSpec("x", "FP32", (8, 4))), loaded(X)),
        (loaded(X, output=TensorSpec("y", "FP32", (8, 4))), loaded(X)),
        (loaded(X, batchable=False), loaded(X)),
    ],
    ids=["alike", "in another order", "wider", "other output shape", "batchable beside"],
)
def test_what_can(served: Loaded, other: Loaded) -> None:
    assert difference(promise(served), other) == ""


@pytest.mark.parametrize(
    ("served", "other", "reason"),
    [
        (
            loaded(X),
            loaded(TensorSpec("x", "FP16", (-1, 4))),
            "it takes x FP16[-1, 4], not x FP32[-1, 4]",
        ),
        (
            loaded(X),
            loaded(TensorSpec("x", "FP32", (8, 4))),
            "it takes x FP32[8, 4], not x FP32[-1, 4]",
        ),
        (
            loaded(X),
            loaded(TensorSpec("x", "FP32", (-1, 4, 1))),
            "it takes x FP32[-1, 4, 1], not x FP32[-1, 4]",
        ),
        (
            loaded(X, PAIR),
            loaded(X),
            "it takes x FP32[-1, 4], not x FP32[-1, 4], mask BOOL[-1, 4]",
        ),
        (
            loaded(X),
            loaded(X, PAIR),
            "it takes x FP32[-1, 4], mask BOOL[-1, 4], not x FP32[-1, 4]",
        ),
        (
            loaded(X),
            loaded(X, output=TensorSpec("z", "FP32", (-1, 4))),
            "it gives z FP32[-1, 4], not y FP32[-1, 4]",
        ),
        (loaded(X), loaded(X, batchable=False), "its requests cannot share a batch: rows leak"),
    ],
    ids=["datatype", "narrower", "rank", "missing", "more", "output", "not batchable"],
)
def test_what_cannot(served: Loaded, other: Loaded, reason: str) -> None:
    assert difference(promise(served), other) == reason
