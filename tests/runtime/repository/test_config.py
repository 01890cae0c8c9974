# SPDX-License-Identifier: Apache-2.0
"""velaserve.yaml: what it may say, what it may not, and what wins over it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from velaserve_lint.names import options
from velaserve_runtime.protocol.errors import ConfigError
from velaserve_runtime.protocol.tensors import TensorSpec
from velaserve_runtime.repository.config import ModelConfig, declared_tensors, load_config
from velaserve_runtime.repository.model_config import OPTION_KEYS, SampleTensor
from velaserve_runtime.repository.version_policy import LATEST, VersionPolicy

if TYPE_CHECKING:
    from pathlib import Path

COMPLETE = """\
# how this model is served
max_batch_size: 32
preferred_batch_size: 16
gears_batch: [32, 16, 1]
warmup_batch_sizes: [1, 8]
max_queue_delay_microseconds: 500
max_queue_size: 8
default_timeout_microseconds: 1000000
executor: process
instance_count: 2
intra_op_threads: 4
model_format: onnx
batching: off
version_policy:
  specific: {versions: [1, 3]}
warm_up:
  - ids: {shape: [1, 128], data: zero}
    y: {shape: [1, 128]}
inputs:
  - {name: ids, datatype: INT64, shape: [-1, 128]}
  - {name: y, datatype: FP32, shape: []}
outputs:
  - {name: "on", datatype: BYTES, shape: [-1, 2, -1]}
"""


def write(folder: Path, text: str | bytes) -> Path:
    content = text.encode() if isinstance(text, str) else text
    (folder / "velaserve.yaml").write_bytes(content)
    return folder


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_config(tmp_path) == ModelConfig()


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n", "{}\n", "null\n"])
def test_an_empty_file_changes_nothing(tmp_path: Path, text: str) -> None:
    assert load_config(write(tmp_path, text)) == ModelConfig()


def test_everything_can_be_said(tmp_path: Path) -> None:
    assert load_config(write(tmp_path, COMPLETE)) == ModelConfig(
        max_batch_size=32,
        preferred_batch_size=16,
        gears_batch=(1, 16, 32),
        warmup_batch_sizes=(1, 8),
        max_queue_delay_microseconds=500,
        max_queue_size=8,
        default_timeout_microseconds=1_000_000,
        executor="process",
        instance_count=2,
        intra_op_threads=4,
        model_format="onnx",
        batching="off",
        version_policy=VersionPolicy("specific", versions=(1, 3)),
        warm_up=({"ids": SampleTensor((1, 128), "zero"), "y": SampleTensor((1, 128))},),
        inputs=(TensorSpec("ids", "INT64", (-1, 128)), TensorSpec("y", "FP32", ())),
        outputs=(TensorSpec("on", "BYTES", (-1, 2, -1)),),
    )


def test_the_largest_gear_is_the_largest_batch(tmp_path: Path) -> None:
    config = load_config(tmp_path, {"gears_batch": (2, 128, 2)})

    assert (config.gears_batch, config.max_batch_size) == ((2, 128), 128)


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ("latest: {num_versions: 3}", VersionPolicy("latest", num_versions=3)),
        ("all: {}", VersionPolicy("all")),
    ],
)
def test_the_other_version_policies(tmp_path: Path, text: str, policy: VersionPolicy) -> None:
    config = load_config(write(tmp_path, f"version_policy: {{{text}}}\n"))

    assert config.version_policy == policy


def test_server_options_win_over_the_file_and_others_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, "max_batch_size: 32\nmax_queue_size: 8\n")

    config = load_config(tmp_path, {"max_batch_size": 4, "http_port": 9000})

    assert (config.max_batch_size, config.max_queue_size) == (4, 8)
    assert config.instance_count == options()["instance_count"].default


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("max_batchsize: 4", "1:1: max_batchsize: unknown key; did you mean max_batch_size?"),
        ("colour: red", "1:1: colour: unknown key; known here: max_batch_size, preferred_batch_"),
        ("max_batch_size: four", "1:17: max_batch_size: expected an integer from 1 to 65536"),
        ("max_batch_size: 0", "found 0"),
        ("max_batch_size: 4.0", "found 4.0"),
        ("max_batch_size: true", "found True"),
        ("max_batch_size:", "found nothing"),
        ("max_batch_size: [4]", "found a list"),
        ("executor: threads", "expected one of auto, inline, thread, process, found 'threads'"),
        ("batching: on", "1:11: batching: expected one of auto, off, found 'on'"),
        ("- max_batch_size: 4", "1:1: expected a mapping, found a list"),
        ("4", "1:1: expected a mapping, found 4"),
        ("version_policy: {}", "expected exactly one of latest, all and specific"),
        ("version_policy: {all: {}, latest: {}}", "expected exactly one of latest, all and sp"),
        ("version_policy: {latest: {}}", "version_policy.latest.num_versions: is missing"),
        ("version_policy: {latest: {num_versions: 0}}", "1:41: version_policy.latest.num_vers"),
        ("version_policy: {lastest: {}}", "1:18: version_policy.lastest: unknown key; did you"),
        ("version_policy: {all: {x: 1}}", "version_policy.all.x: unknown key; known here: none"),
        ("version_policy: {specific: {versions: 1}}", "specific.versions: expected a list"),
        ("version_policy: {specific: {versions: [-1]}}", "versions[0]: expected an integer from"),
        ("warm_up: {x: {shape: [1]}}", "1:11: warm_up: expected a list, found a mapping"),
        ("warm_up: [{x: {shape: [0]}}]", "warm_up[0].x.shape[0]: expected an integer from 1"),
        ("warm_up: [{x: {}}]", "warm_up[0].x.shape: is missing"),
        ("warm_up: [{x: {shape: [1], data: one}}]", "expected one of zero, random, found 'one'"),
        ("inputs: [{name: x, datatype: FP31, shape: []}]", "inputs[0].datatype: expected one of"),
        ("inputs: [{name: '', datatype: FP32, shape: []}]", "expected a non-empty text"),
        ("inputs: [{datatype: FP32, shape: []}]", "1:11: inputs[0].name: is missing"),
        ("inputs: [{name: x, datatype: FP32, shape: [-2]}]", "expected an integer from -1 to"),
        (
            "inputs: [{name: x, datatype: FP32, shape: []}, {name: x, datatype: FP32, shape: []}]",
            "1:55: inputs[1].name: 'x' is declared twice",
        ),
        ("a: 1\n---\nb: 2", "3:1: expected one YAML document, found another"),
        ("max_batch_size: [", "not valid YAML"),
        ("max_batch_size: 4\nmax_batch_size: 5", "2:1: "),
        ("preferred_batch_size: 65", "preferred_batch_size 65 is over max_batch_size 64"),
        (
            "gears_batch: [8]\nmax_batch_size: 16",
            "max_batch_size 16 is not the largest of gears_batch [8]; leave max_batch_size out",
        ),
        (
            "gears_batch: [8]\npreferred_batch_size: 4",
            "preferred_batch_size 4 is none of gears_batch [8]; leave preferred_batch_size out",
        ),
        (
            "gears_batch: [8]\nwarmup_batch_sizes: [9]",
            "warmup_batch_sizes has 9, over max_batch_size 8",
        ),
        ("warmup_batch_sizes: [8, 65]", "warmup_batch_sizes has 65, over max_batch_size 64"),
        ("warmup_batch_sizes: 8", "1:21: warmup_batch_sizes: expected integers from 1 to 65536,"),
        ("warmup_batch_sizes: ['8']", "expected integers from 1 to 65536, separated by commas"),
        ("warmup_batch_sizes: [true]", "expected integers from 1 to 65536, separated by commas"),
        ("warmup_batch_sizes: []", "expected integers from 1 to 65536, separated by commas"),
    ],
)
def test_a_mistake_is_an_error_with_its_position(tmp_path: Path, text: str, error: str) -> None:
    with pytest.raises(ConfigError) as got:
        load_config(write(tmp_path, text))

    assert str(got.value).startswith(f"{tmp_path}/velaserve.yaml:")
    assert error in str(got.value)


def test_what_is_no_text_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"velaserve.yaml:1:1: "):
        load_config(write(tmp_path, b"\x00\x01"))


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "velaserve.yaml").mkdir()

    with pytest.raises(ConfigError, match=r"velaserve.yaml cannot be read: Is a directory"):
        load_config(tmp_path)


def test_tensors_inside_a_model_file_are_read_alone() -> None:
    inputs, outputs = declared_tensors(COMPLETE.encode(), "model.pt!velaserve.yaml")

    assert [spec.name for spec in inputs] == ["ids", "y"]
    assert [spec.name for spec in outputs] == ["on"]


def test_the_defaults_are_those_of_the_table() -> None:
    config = dataclasses.asdict(ModelConfig())

    assert {key: config[key] for key in OPTION_KEYS} == {
        key: options()[key].default for key in OPTION_KEYS
    }
    assert len(OPTION_KEYS) == 12
    assert config["version_policy"] == dataclasses.asdict(LATEST)
