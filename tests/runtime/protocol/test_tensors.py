# SPDX-License-Identifier: Apache-2.0
"""Decoded inputs against what the model declares."""

from __future__ import annotations

import numpy as np
import pytest

from velaserve_runtime.protocol.errors import InvalidRequest
from velaserve_runtime.protocol.tensors import InputCheck, Tensor, TensorSpec

CHECK = InputCheck((TensorSpec("a", "FP32", (-1, 2)), TensorSpec("b", "INT64", (3,))))
EXPECTED = "the model's inputs are a FP32[-1, 2], b INT64[3]"


def tensor(name: str = "a", datatype: str = "FP32", shape: tuple[int, ...] = (1, 2)) -> Tensor:
    return Tensor(name, datatype, np.zeros(shape, np.float32))


A, B = tensor(), tensor("b", "INT64", (3,))


@pytest.mark.parametrize("inputs", [[A, B], [B, A], [tensor(shape=(0, 2)), B]])
def test_inputs_that_fit_in_any_order(inputs: list[Tensor]) -> None:
    CHECK(inputs)


@pytest.mark.parametrize(
    ("inputs", "text"),
    [
        ([], f"input 'a' is missing; {EXPECTED}"),
        ([B], f"input 'a' is missing; {EXPECTED}"),
        ([A], f"input 'b' is missing; {EXPECTED}"),
        ([A, B, tensor("c")], f"unexpected input 'c'; {EXPECTED}"),
        ([A, A], "input 'a' is given more than once"),
        ([A, B, A], "input 'a' is given more than once"),
        ([tensor(datatype="FP16"), B], "input 'a' has datatype FP16, the model expects FP32"),
        (
            [tensor(shape=(1, 3)), B],
            "input 'a' has shape [1, 3], the model expects [-1, 2] (-1 is any size)",
        ),
        ([tensor(shape=(2,)), B], "input 'a' has shape [2], the model expects [-1, 2]"),
        ([tensor(shape=()), B], "input 'a' has shape [], the model expects [-1, 2]"),
        ([A, tensor("b", "INT64", (4,))], "input 'b' has shape [4], the model expects [3]"),
        ([A, tensor("b", "INT64", (3, 1))], "input 'b' has shape [3, 1], the model expects [3]"),
    ],
)
def test_inputs_that_do_not_fit_are_named(inputs: list[Tensor], text: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        CHECK(inputs)
    assert str(refused.value).startswith(text)


def test_a_scalar_is_no_vector() -> None:
    check = InputCheck((TensorSpec("a", "FP32", ()),))
    check([tensor(shape=())])
    with pytest.raises(InvalidRequest, match="has shape"):
        check([tensor(shape=(1,))])


def test_a_model_without_inputs_takes_none() -> None:
    check = InputCheck(())
    check([])
    with pytest.raises(InvalidRequest, match="unexpected input 'a'"):
        check([A])
