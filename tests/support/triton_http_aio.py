# SPDX-License-Identifier: Apache-2.0
"""tritonclient's asyncio HTTP client as its users call it; prints what each check found wrong."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import numpy as np
import pytest
import tritonclient.http.aio as triton
from tritonclient.utils import InferenceServerException

from support.client_checks import SAMPLES, run_checks

Client = Any  # tritonclient is untyped


async def check_every_datatype(client: Client) -> None:
    inputs = [tensor(name, name, array) for name, array in SAMPLES.items()]
    result = await client.infer("echo", inputs, request_id="42")
    assert result.get_response()["id"] == "42"
    for name, array in SAMPLES.items():
        np.testing.assert_array_equal(result.as_numpy(f"{name}_out"), array, err_msg=name)


async def check_compression(client: Client) -> None:
    x = np.arange(4096, dtype=np.float32).reshape(1024, 4)
    for algorithm in ("gzip", "deflate"):
        result = await client.infer(
            "double",
            [tensor("x", "FP32", x)],
            request_compression_algorithm=algorithm,
            response_compression_algorithm=algorithm,
        )
        np.testing.assert_array_equal(result.as_numpy("y"), 2 * x)


async def check_many_requests_at_once(client: Client) -> None:
    values = np.arange(256, dtype=np.float32).reshape(64, 1, 4)
    results = await asyncio.gather(
        *(client.infer("double", [tensor("x", "FP32", one)]) for one in values)
    )
    for result, one in zip(results, values, strict=True):
        np.testing.assert_array_equal(result.as_numpy("y"), 2 * one)


async def check_what_is_told(client: Client) -> None:
    assert await client.is_server_live()
    assert await client.is_server_ready()
    assert await client.is_model_ready("simple")
    assert not await client.is_model_ready("nothing")
    assert (await client.get_server_metadata())["name"] == "velaserve"
    assert (await client.get_model_metadata("simple"))["versions"] == ["1"]
    assert (await client.get_model_config("simple"))["name"] == "simple"
    statistics = await client.get_inference_statistics("simple")
    assert statistics["model_stats"][0]["name"] == "simple"


async def check_repository(client: Client) -> None:
    await client.unload_model("double")
    assert not await client.is_model_ready("double")
    await client.load_model("double")
    assert await client.is_model_ready("double")
    index = await client.get_model_repository_index()
    assert {"name": "double", "version": "1", "state": "READY"} in index


async def check_errors(client: Client) -> None:
    with pytest.raises(InferenceServerException, match="model 'nothing' is not known") as refused:
        await client.infer("nothing", [tensor("x", "FP32", np.zeros((1, 4), np.float32))])
    assert refused.value.status() == "404"


def tensor(name: str, datatype: str, array: Any) -> Any:
    made = triton.InferInput(name, array.shape, datatype)
    return made.set_data_from_numpy(array)


async def main(port: str) -> None:
    async with triton.InferenceServerClient(f"127.0.0.1:{port}") as client:
        await run_checks("__main__", client)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
