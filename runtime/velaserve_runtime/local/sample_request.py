# SPDX-License-Identifier: Apache-2.0
"""A request that a model accepts, made from its metadata, as a line to copy."""

from __future__ import annotations

import json
import math
import os
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_runtime.local.server_process import Address
    from velaserve_runtime.protocol.metadata import JSON

# A longer body is made by the line itself.
MOST_ELEMENTS = 256
_ELEMENTS: Mapping[str, JSON] = {"BOOL": False, "BYTES": "text"}
_PROXIES = ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")


def curl_line(
    address: Address,
    name: str,
    metadata: Mapping[str, JSON],
    environment: Mapping[str, str] = os.environ,
) -> str:
    """`curl …` with a body of zeros in the model's shapes; free dimensions are 1."""
    inputs = [_input(spec) for spec in _specs(metadata)]
    url = f"{address.rest}/v2/models/{name}/infer"
    proxy = " --noproxy '*'" if any(environment.get(each) for each in _PROXIES) else ""
    if sum(math.prod(shape) for _, _, shape in inputs) <= MOST_ELEMENTS:
        body = json.dumps(_body(inputs), separators=(",", ":"))
        return f"curl -s{proxy} {url} -d {shlex.quote(body)}"
    script = f"import json; print(json.dumps({_body_source(inputs)}))"
    return f"python3 -c {shlex.quote(script)} | curl -s{proxy} {url} --data-binary @-"


Input = tuple[str, str, list[int]]
"""name, datatype, shape"""


def _specs(metadata: Mapping[str, JSON]) -> list[dict[str, JSON]]:
    inputs = metadata.get("inputs")
    return [spec for spec in inputs if isinstance(spec, dict)] if isinstance(inputs, list) else []


def _input(spec: Mapping[str, JSON]) -> Input:
    dimensions = spec.get("shape")
    shape = dimensions if isinstance(dimensions, list) else []
    free_as_1 = [size if isinstance(size, int) and size >= 0 else 1 for size in shape]
    return str(spec.get("name")), str(spec.get("datatype")), free_as_1


def _body(inputs: list[Input]) -> JSON:
    return {
        "inputs": [
            {
                "name": name,
                "datatype": datatype,
                "shape": list(shape),
                "data": [_ELEMENTS.get(datatype, 0)] * math.prod(shape),
            }
            for name, datatype, shape in inputs
        ]
    }


def _body_source(inputs: list[Input]) -> str:
    """The same body as Python source whose length does not grow with the shapes."""
    tensors = ", ".join(
        f'{{"name": {name!r}, "datatype": {datatype!r}, "shape": {shape!r}, '
        f'"data": [{_ELEMENTS.get(datatype, 0)!r}] * {math.prod(shape)}}}'
        for name, datatype, shape in inputs
    )
    return f'{{"inputs": [{tensors}]}}'
