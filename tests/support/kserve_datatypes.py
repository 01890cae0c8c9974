# SPDX-License-Identifier: Apache-2.0
"""Every datatype that kserve has (no BF16) there and back over its clients. Prints OK."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import numpy as np
from kserve import (
    InferenceGRPCClient,
    InferenceRESTClient,
    InferInput,
    InferRequest,
    InferResponse,
    RESTConfig,
)
from kserve.protocol.infer_type import RequestedOutput

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from velaserve_runtime.protocol.datatypes import Array

    Ask = Callable[[InferRequest, str], Awaitable[InferResponse]]

SAMPLES: dict[str, Array] = {
    "BOOL": np.array([[True, False]]),
    "UINT8": np.array([[0, 255]], np.uint8),
    "UINT16": np.array([[0, 65535]], np.uint16),
    "UINT32": np.array([[0, 2**32 - 1]], np.uint32),
    "UINT64": np.array([[0, 2**64 - 1]], np.uint64),
    "INT8": np.array([[-128, 127]], np.int8),
    "INT16": np.array([[-32768, 32767]], np.int16),
    "INT32": np.array([[-(2**31), 2**31 - 1]], np.int32),
    "INT64": np.array([[-(2**63), 2**63 - 1]], np.int64),
    "FP16": np.array([[0.5, -65504]], np.float16),
    "FP32": np.array([[0.1, -0.0]], np.float32),
    "FP64": np.array([[0.1, 1e308]], np.float64),
    "BYTES": np.array([[b"hi", "中文".encode()]], np.object_),
}


async def main(wire: str, port: str) -> None:
    if wire == "grpc":
        grpc = InferenceGRPCClient(f"127.0.0.1:{port}")
        await round_trips(lambda request, _: grpc.infer(request), (True,))
        await grpc.close()
    else:
        async with InferenceRESTClient(RESTConfig(protocol="v2")) as rest:
            url = f"http://127.0.0.1:{port}"
            await round_trips(lambda request, name: rest.infer(url, request, name), (True, False))
    sys.stdout.write("OK\n")


async def round_trips(ask: Ask, forms: tuple[bool, ...]) -> None:
    for datatype, array in SAMPLES.items():
        for binary in forms if datatype != "FP16" else (True,):  # kserve sends no FP16 as JSON
            name = f"echo_{datatype}"
            tensor = InferInput("x", list(array.shape), datatype)
            tensor.set_data_from_numpy(array, binary_data=binary)
            wanted = [RequestedOutput("y", {"binary_data": binary})]
            response = await ask(InferRequest(name, [tensor], request_outputs=wanted), name)
            found = response.outputs[0].as_numpy()
            if isinstance(found.flat[0], str):  # over REST kserve decodes BYTES for its users
                found = np.char.encode(found.astype(str), "utf-8").astype(object)
            np.testing.assert_array_equal(found, array, err_msg=f"{datatype}, binary: {binary}")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
