# SPDX-License-Identifier: Apache-2.0
"""Copyable requests."""

import contextlib
import io
import json
import shlex
from collections.abc import Mapping

import pytest

from velaserve_runtime.local.sample_request import curl_line
from velaserve_runtime.local.server_process import Address
from velaserve_runtime.protocol.metadata import JSON

ADDRESS = Address("127.0.0.1", 8080, None)
NO_PROXY: Mapping[str, str] = {}


def metadata(datatype: str, *shape: int) -> dict[str, JSON]:
    return {"inputs": [{"name": "x", "datatype": datatype, "shape": list(shape)}]}


@pytest.mark.parametrize(("datatype", "value"), [("FP32", 0), ("BOOL", False), ("BYTES", "text")])
def test_a_body_that_the_model_accepts(datatype: str, value: JSON) -> None:
    line = curl_line(ADDRESS, "m", metadata(datatype, -1, 2), NO_PROXY)
    *command, body = shlex.split(line)
    assert command == ["curl", "-s", "http://127.0.0.1:8080/v2/models/m/infer", "-d"]
    tensor = {"name": "x", "datatype": datatype, "shape": [1, 2], "data": [value, value]}
    assert json.loads(body) == {"inputs": [tensor]}


def test_a_large_body_is_made_by_the_line() -> None:
    line = curl_line(ADDRESS, "m", metadata("FP32", -1, 3, 224, 224), NO_PROXY)
    assert len(line) < 250
    python, _, script, pipe, *_ = shlex.split(line)
    assert (python, pipe) == ("python3", "|")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(script)
    (tensor,) = json.loads(printed.getvalue())["inputs"]
    assert (tensor["shape"], len(tensor["data"])) == ([1, 3, 224, 224], 3 * 224 * 224)


def test_no_proxy_is_asked() -> None:
    line = curl_line(ADDRESS, "m", metadata("FP32", 1), {"http_proxy": "http://proxy:3128"})
    assert line.startswith("curl -s --noproxy '*' ")
