# SPDX-License-Identifier: Apache-2.0
"""Scalars and unknown ranks, told apart in the file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.onnx_graphs import Graph
from velaserve_runtime.backends.onnx_ranks import unranked_tensors

if TYPE_CHECKING:
    from pathlib import Path


def test_only_tensors_without_a_shape_field_are_found(tmp_path: Path) -> None:
    graph = Graph(
        scalar=("FP32", ()),
        unknown=("FP32", None),
        free=("INT64", (None, "N")),
        fixed=("BOOL", (2,)),
    )
    graph.constant("weights", np.zeros(1000, np.float32)).node("Identity", "unknown", "copy")
    file = tmp_path / "model.onnx"
    file.write_bytes(graph.output("copy", "FP32", None).build())

    assert unranked_tensors(file) == {"unknown", "copy"}


@pytest.mark.parametrize("content", [b"\x07", b"\xff" * 30, b"\x08", b"\x0f\x01"])
def test_what_is_no_protobuf_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "model.onnx").write_bytes(content)

    with pytest.raises(ValueError, match=r"byte|ends inside"):
        unranked_tensors(tmp_path / "model.onnx")
