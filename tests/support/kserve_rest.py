# SPDX-License-Identifier: Apache-2.0
"""kserve's REST client as its users call it; a program of its own. Prints OK."""

from __future__ import annotations

import asyncio
import sys

import httpx
import numpy as np
import pytest
from kserve import InferenceRESTClient, InferInput, InferRequest, RESTConfig
from kserve.protocol.infer_type import RequestedOutput


async def main(port: str) -> None:
    url = f"http://127.0.0.1:{port}"
    async with InferenceRESTClient(RESTConfig(protocol="v2")) as client:
        assert await client.is_server_live(url)
        assert await client.is_server_ready(url)
        assert await client.is_model_ready(url, "double")
        assert not await client.is_model_ready(url, "nothing")
        for rows in (2, 2000):  # the longer answer comes compressed: httpx always accepts gzip
            for binary in (True, False):
                await round_trip(client, url, rows, binary)
        await document(client, url)
        await refusal(client, url)
    sys.stdout.write("OK\n")


async def round_trip(client: InferenceRESTClient, url: str, rows: int, binary: bool) -> None:
    x = np.arange(4 * rows, dtype=np.float32).reshape(rows, 4)
    tensor = InferInput("x", list(x.shape), "FP32")
    tensor.set_data_from_numpy(x, binary_data=binary)
    wanted = [RequestedOutput("y", {"binary_data": binary})]
    request = InferRequest("double", [tensor], request_id="a", request_outputs=wanted)
    response = await client.infer(url, request, "double")
    assert (response.id, response.model_name) == ("a", "double")
    np.testing.assert_array_equal(response.outputs[0].as_numpy(), 2 * x)


async def document(client: InferenceRESTClient, url: str) -> None:
    entry = {"name": "x", "shape": [1, 4], "datatype": "FP32", "data": [[1, 2, 3, 4]]}
    response = await client.infer(url, {"inputs": [entry]}, "double")
    assert response.outputs[0].data == [2, 4, 6, 8]


async def refusal(client: InferenceRESTClient, url: str) -> None:
    with pytest.raises(httpx.HTTPStatusError, match=r".*input 'x' is missing.*'400 Bad Request'"):
        await client.infer(url, {"inputs": []}, "double")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
