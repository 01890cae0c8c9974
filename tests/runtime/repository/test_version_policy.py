# SPDX-License-Identifier: Apache-2.0
"""Triton's three version policies."""

from __future__ import annotations

from pathlib import Path

import pytest

from velaserve_runtime.protocol.errors import ConfigError
from velaserve_runtime.repository.layout import VersionSource
from velaserve_runtime.repository.version_policy import LATEST, VersionPolicy

SOURCES = [
    VersionSource("m", version, Path(version), Path(version, "model.onnx"), "onnx")
    for version in ("1", "2", "10")
]


@pytest.mark.parametrize(
    ("policy", "versions"),
    [
        (LATEST, ["10"]),
        (VersionPolicy("latest", num_versions=2), ["2", "10"]),
        (VersionPolicy("latest", num_versions=9), ["1", "2", "10"]),
        (VersionPolicy("all"), ["1", "2", "10"]),
        (VersionPolicy("specific", versions=(10, 1, 1)), ["1", "10"]),
        (VersionPolicy("specific"), []),
    ],
)
def test_versions_are_chosen(policy: VersionPolicy, versions: list[str]) -> None:
    assert [source.version for source in policy.select(SOURCES)] == versions


def test_a_version_that_is_not_there_is_an_error() -> None:
    policy = VersionPolicy("specific", versions=(2, 3))

    with pytest.raises(ConfigError, match="names version 3, which is not there; found 1, 2, 10"):
        policy.select(SOURCES)


@pytest.mark.parametrize(
    ("policy", "json"),
    [
        (LATEST, {"latest": {"num_versions": 1}}),
        (VersionPolicy("all"), {"all": {}}),
        (VersionPolicy("specific", versions=(1, 3)), {"specific": {"versions": [1, 3]}}),
    ],
)
def test_the_json_is_tritons(policy: VersionPolicy, json: object) -> None:
    assert policy.to_json() == json
