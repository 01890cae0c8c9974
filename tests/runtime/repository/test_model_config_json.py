# SPDX-License-Identifier: Apache-2.0
"""Triton's model configuration, as perf_analyzer reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from velaserve_runtime.protocol.datatypes import DATATYPES
from velaserve_runtime.protocol.tensors import ModelSpec, TensorSpec
from velaserve_runtime.repository.layout import VersionSource
from velaserve_runtime.repository.model_config import ModelConfig
from velaserve_runtime.repository.model_config_json import model_config_json

SOURCE = VersionSource("digits", "1", Path("digits"), Path("digits", "model.onnx"), "onnx")
SPEC = ModelSpec(
    (TensorSpec("image", "FP32", (-1, 8, 8)),),
    (TensorSpec("label", "INT64", (-1,)), TensorSpec("probabilities", "FP32", (-1, 10))),
    "onnxruntime_onnx",
)
CONFIG = ModelConfig(
    max_batch_size=16,
    preferred_batch_size=8,
    max_queue_delay_microseconds=100,
    max_queue_size=7,
    default_timeout_microseconds=5000,
    instance_count=2,
)


def test_a_batched_model() -> None:
    assert model_config_json(SOURCE, SPEC, CONFIG, batchable=True) == {
        "name": "digits",
        "platform": "onnxruntime_onnx",
        "backend": "onnxruntime",
        "version_policy": {"latest": {"num_versions": 1}},
        "max_batch_size": 16,
        "input": [{"name": "image", "data_type": "TYPE_FP32", "dims": [8, 8]}],
        "output": [
            {"name": "label", "data_type": "TYPE_INT64", "dims": [1], "reshape": {"shape": []}},
            {"name": "probabilities", "data_type": "TYPE_FP32", "dims": [10]},
        ],
        "instance_group": [{"name": "digits", "kind": "KIND_CPU", "count": 2}],
        "default_model_filename": "model.onnx",
        "dynamic_batching": {
            "preferred_batch_size": [8],
            "max_queue_delay_microseconds": 100,
            "default_queue_policy": {
                "timeout_action": "REJECT",
                "default_timeout_microseconds": 5000,
                "allow_timeout_override": True,
                "max_queue_size": 7,
            },
        },
    }


def test_an_unbatched_model_has_whole_dims_and_no_batcher() -> None:
    config = model_config_json(SOURCE, SPEC, CONFIG, batchable=False)

    assert config["max_batch_size"] == 0
    assert config["input"] == [{"name": "image", "data_type": "TYPE_FP32", "dims": [-1, 8, 8]}]
    assert "dynamic_batching" not in config


@pytest.mark.parametrize("datatype", DATATYPES)
def test_datatypes_have_tritons_names(datatype: str) -> None:
    spec = ModelSpec((TensorSpec("x", datatype, (2,)),), (), "python")

    config = model_config_json(SOURCE, spec, CONFIG, batchable=False)

    expected = "TYPE_STRING" if datatype == "BYTES" else f"TYPE_{datatype}"
    assert config["input"] == [{"name": "x", "data_type": expected, "dims": [2]}]
