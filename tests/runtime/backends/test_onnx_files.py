# SPDX-License-Identifier: Apache-2.0
"""All files of a model are found, and a change of any of them is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper
from onnx.external_data_helper import convert_model_to_external_data

from support.onnx_graphs import Graph
from velaserve_runtime.backends.onnx_files import ModelFiles, external_files
from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from pathlib import Path

ONES = np.ones((4, 4), np.float32)


def write(folder: Path, *, scale: float = 1) -> Path:
    """A model whose weights are in w.bin, and those of a branch in b.bin."""
    branch = helper.make_graph(
        [helper.make_node("Identity", ["inner"], ["out"])],
        "branch",
        [],
        [helper.make_tensor_value_info("out", 1, (4, 4))],
        [numpy_helper.from_array(ONES * scale, "inner")],
    )
    model = onnx.load_model_from_string(
        Graph(c=("BOOL", ()))
        .constant("w", ONES * scale)
        .node("If", "c", "t", then_branch=branch, else_branch=branch)
        .node("Add", "t w", "y")
        .output("y", "FP32", (4, 4))
        .build()
    )
    for file in folder.glob("*.bin"):
        file.unlink()
    convert_model_to_external_data(model, location="w.bin", size_threshold=0)
    onnx.save_model(model, folder / "model.onnx")
    inner = onnx.load_model(folder / "model.onnx", load_external_data=False)
    for attribute in inner.graph.node[0].attribute:
        tensor = attribute.g.initializer[0]
        (folder / "b.bin").write_bytes(tensor.raw_data or ONES.tobytes())
        tensor.ClearField("raw_data")
        tensor.data_location = onnx.TensorProto.EXTERNAL
        del tensor.external_data[:]
        tensor.external_data.add(key="location", value="b.bin")
    (folder / "model.onnx").write_bytes(inner.SerializeToString())
    return folder / "model.onnx"


def test_weights_are_found_in_branches_too(tmp_path: Path) -> None:
    assert external_files(write(tmp_path)) == ["b.bin", "w.bin"]


@pytest.mark.parametrize("content", [b"", b"\x00 this is no model \xff"])
def test_what_is_no_model_has_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "model.onnx").write_bytes(content)
    assert external_files(tmp_path / "model.onnx") == []


@pytest.mark.parametrize("name", ["model.onnx", "b.bin", "w.bin"])
def test_each_file_is_in_the_digest(tmp_path: Path, name: str) -> None:
    model = write(tmp_path)
    before = ModelFiles(model)
    assert ModelFiles(model).sha256 == before.sha256
    before.refuse_change()

    content = bytearray((tmp_path / name).read_bytes())
    content[-1] ^= 1
    (tmp_path / name).write_bytes(content)

    with pytest.raises(LoadFailed, match=r"model\.onnx changed while it was loaded; load it once"):
        before.refuse_change()
    if name != "model.onnx":
        assert ModelFiles(model).sha256 != before.sha256


def test_file_that_is_replaced_by_its_like_is_a_change(tmp_path: Path) -> None:
    model = write(tmp_path)
    files = ModelFiles(model)
    (tmp_path / "new").write_bytes(model.read_bytes())
    os.replace(tmp_path / "new", model)  # noqa: PTH105

    with pytest.raises(LoadFailed, match="changed while it was loaded"):
        files.refuse_change()
    assert ModelFiles(model).sha256 == files.sha256


def test_weights_that_are_missing_are_named(tmp_path: Path) -> None:
    model = write(tmp_path)
    (tmp_path / "w.bin").unlink()

    with pytest.raises(LoadFailed, match=r"w\.bin cannot be read: No such file or directory"):
        ModelFiles(model)
