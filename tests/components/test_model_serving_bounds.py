# SPDX-License-Identifier: Apache-2.0
"""Each bound of `model-serving`: just inside and just outside, by the schema and by CUE alike."""

import json
from typing import cast

import pytest
from jsonschema import Draft202012Validator

from ci.tools.cue import NEW, OLD, CueError
from ci.tools.schema import SCHEMAS, Json
from support.definition import SMALLEST, Component, needs_cue, render

SCHEMA = json.loads((SCHEMAS / "model-serving.json").read_text(encoding="utf-8"))

# path of the field, values that are accepted, values that are refused
BOUNDS: list[tuple[str, list[Json], list[Json]]] = [
    (
        "modelUri",
        ["s3://a", "gs://a", "hf://a/b", "http://a", "https://a", "file:///a", "pvc://a/b"],
        ["", "digits", "/digits", "ftp://a", "s3://", "s3://a b", 1, None],
    ),
    ("modelFormat.name", ["onnx", "torchscript", "python"], ["", "ONNX", "om", 1]),
    ("modelFormat.version", ["1", "1.0", "17-rc+1"], ["", "-1", "1 0", 1]),
    ("modelName", ["d", "7", "Digits_2.x-y"], ["", ".d", "a/b", "a b"]),
    ("minReplicas", [1, 10_000], [0, 10_001, -1, 1.5, "1"]),
    ("resources.limits.cpu", [1, 0.5, "2", "0.5", "500m"], [0, -1, "", "2x", "-1"]),
    ("resources.requests.memory", [1, "1", "512Mi", "1.5Gi", "1G"], [0, 0.5, "", "1gi", "1 Gi"]),
    ("batching.maxBatchSize", [1, 65_536], [0, 65_537, "8"]),
    ("batching.preferredBatchSize", [1, 65_536], [0, 65_537, [8]]),
    ("batching.maxQueueDelayMicroseconds", [0, 60_000_000], [-1, 60_000_001]),
    ("queue.maxQueueSize", [1, 1_000_000], [0, 1_000_001]),
    ("queue.defaultTimeoutMicroseconds", [0, 3_600_000_000], [-1, 3_600_000_001]),
    ("route.mode", ["gateway", "none"], ["", "kserve", None]),
    ("route.gateway.name", ["public", "a.b-1"], ["", "-a", "A b", 1]),
    ("route.gateway.namespace", ["gateways", "a-1"], ["", "a.b", "A"]),
    (
        "route.host",
        ["digits", "d-1.models.test"],
        ["", "*.models.test", "a..b", "a/b", "A.b", "-a"],
    ),
    ("route.timeoutSeconds", [1, 3600], [0, 3601, 1.5, "60s"]),
    ("env", [{}, {"_A1": ""}], [{"1A": ""}, {"A": 1}, {"A-B": ""}, ["A"]]),
]
ACCEPTED = [(path, value) for path, values, _ in BOUNDS for value in values]
REFUSED = [(path, value) for path, _, values in BOUNDS for value in values]


def properties(path: str, value: Json) -> dict[str, Json]:
    """SMALLEST with `value` at the dotted `path`."""
    for field in reversed(path.split(".")):
        value = {field: value}
    return _merged(SMALLEST, cast("dict[str, Json]", value))


def _merged(base: dict[str, Json], over: dict[str, Json]) -> dict[str, Json]:
    merged = base | over
    for key, old in base.items():
        new = over.get(key)
        if isinstance(old, dict) and isinstance(new, dict):
            merged[key] = old | new
    return merged


@pytest.mark.parametrize(("path", "value"), ACCEPTED)
def test_schema_accepts(path: str, value: Json) -> None:
    Draft202012Validator(SCHEMA).validate(properties(path, value))


@pytest.mark.parametrize(("path", "value"), REFUSED)
def test_schema_refuses(path: str, value: Json) -> None:
    error = next(Draft202012Validator(SCHEMA).iter_errors(properties(path, value)))
    assert ".".join(map(str, error.absolute_path)).startswith(path)


@needs_cue
@pytest.mark.parametrize("version", [OLD, NEW])
@pytest.mark.parametrize(("path", "value"), ACCEPTED)
def test_definition_accepts(path: str, value: Json, version: str) -> None:
    render(Component("digits", "model-serving", properties(path, value)), version)


@needs_cue
@pytest.mark.parametrize("version", [OLD, NEW])
@pytest.mark.parametrize(("path", "value"), REFUSED)
def test_definition_refuses(path: str, value: Json, version: str) -> None:
    with pytest.raises(CueError):
        render(Component("digits", "model-serving", properties(path, value)), version)


def test_schema_is_one_and_knows_every_bound() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert {path.partition(".")[0] for path, _, _ in BOUNDS} == set(SCHEMA["properties"])
