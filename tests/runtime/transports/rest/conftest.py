# SPDX-License-Identifier: Apache-2.0
"""One real server with a handful of models, shared by the tests of the REST wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.models import (
    write_double_onnx,
    write_echo_onnx,
    write_failing_python,
    write_fixed_onnx,
    write_simple_onnx,
)
from support.server import RunningServer, running_server
from velaserve_runtime.protocol.datatypes import DATATYPES

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def rest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("models")
    write_double_onnx(folder / "double" / "1")
    write_double_onnx(folder / "double" / "2", factor=3)
    (folder / "double" / "velaserve.yaml").write_text("version_policy: {all: {}}\n")
    write_simple_onnx(folder / "simple" / "1")
    write_fixed_onnx(folder / "fixed" / "1")
    write_failing_python(folder / "failing" / "1")
    for datatype in DATATYPES:
        write_echo_onnx(folder / f"echo_{datatype}" / "1", datatype)
    limits = ("--max-body-bytes", "1048576", "--head-timeout-s", "1")
    with running_server(
        "--model-repository", str(folder), "--allow-python-models", *limits
    ) as server:
        yield server
