# SPDX-License-Identifier: Apache-2.0
"""kserve's gRPC client as its users call it; a program of its own. Prints OK."""

from __future__ import annotations

import asyncio
import sys

import numpy as np
from kserve import InferenceGRPCClient, InferInput, InferRequest


async def main(port: str) -> None:
    client = InferenceGRPCClient(f"127.0.0.1:{port}")
    assert await client.is_server_live()
    assert await client.is_server_ready()
    assert await client.is_model_ready("double")
    for raw in (True, False):
        x = np.arange(8, dtype=np.float32).reshape(2, 4)
        tensor = InferInput("x", list(x.shape), "FP32")
        tensor.set_data_from_numpy(x, binary_data=raw)
        response = await client.infer(InferRequest("double", [tensor], request_id="a"))
        assert response.id == "a"
        np.testing.assert_array_equal(response.outputs[0].as_numpy(), 2 * x)
    await client.close()
    print("OK")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
