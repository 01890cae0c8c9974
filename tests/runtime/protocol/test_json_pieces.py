# SPDX-License-Identifier: Apache-2.0
"""Large JSON in pieces says the same as in one go."""

from __future__ import annotations

import json

import orjson
import pytest

from velaserve_runtime.protocol.json_pieces import Pieces, loads_in_pieces

MANY = 60_000


def body(data: object, **more: object) -> bytes:
    entry = {"name": "x", "shape": [1], "datatype": "FP32", "data": data}
    return json.dumps({"inputs": [entry], **more}).encode()


def data_of(document: object) -> object:
    assert isinstance(document, dict)
    return document["inputs"][0]["data"]


@pytest.mark.parametrize("space", ["", " ", "\n\t "])
def test_a_long_flat_list_comes_in_pieces(space: str) -> None:
    numbers = [at / 7 for at in range(MANY)]
    text = body(numbers, id="a").replace(b'"data": [', f'"data"{space}:{space}[{space}'.encode())
    document = loads_in_pieces(text)
    pieces = data_of(document)
    assert isinstance(pieces, Pieces)
    assert len(pieces) > 3
    assert [number for piece in pieces for number in piece] == numbers
    assert isinstance(document, dict)
    assert document["id"] == "a"


@pytest.mark.parametrize("data", [[[1, 2]] * MANY, ["a"] * MANY, [1, None] * MANY, [1, 2]])
def test_other_lists_stay_whole(data: list[object]) -> None:
    assert loads_in_pieces(body(data)) == orjson.loads(body(data))


def test_two_inputs_keep_their_own_numbers() -> None:
    entries = [{"name": name, "data": [at] * MANY} for at, name in enumerate("ab")]
    document = loads_in_pieces(json.dumps({"inputs": entries}).encode())
    assert isinstance(document, dict)
    assert [sum(map(sum, entry["data"])) for entry in document["inputs"]] == [0, MANY]


def test_text_that_looks_like_data_is_left_alone() -> None:
    numbers = ", ".join(["1"] * MANY)
    text = json.dumps({"id": f'"data": [{numbers}]', "inputs": []}).encode()
    assert loads_in_pieces(text) == orjson.loads(text)


@pytest.mark.parametrize("bad", ["1,,2", "1,", ",1", "1 2", "-", "1e"])
def test_a_broken_list_is_not_valid_json(bad: str) -> None:
    numbers = ",".join(["1"] * MANY)
    for text in (f"[{bad},{numbers}]", f"[{numbers},{bad}]"):
        whole = body("here").replace(b'"here"', text.encode())
        with pytest.raises(ValueError, match=r"."):
            loads_in_pieces(whole)


def test_an_unfinished_body_is_not_valid_json() -> None:
    with pytest.raises(ValueError, match=r"."):
        loads_in_pieces(body([1] * MANY)[:-9])
