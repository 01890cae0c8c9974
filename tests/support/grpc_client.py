# SPDX-License-Identifier: Apache-2.0
"""A plain gRPC client: messages in protobuf's JSON form, or as bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import grpc
import numpy as np

from velaserve_runtime.protocol.grpc_messages import (
    INFERENCE_SERVICE,
    decode,
    encode,
    message_class,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from velaserve_runtime.protocol.datatypes import Array

INFER = f"/{INFERENCE_SERVICE}/ModelInfer"


class Refusal(NamedTuple):
    """How a call ended that had no answer."""

    code: str
    details: str


class GrpcClient:
    """One channel; `grpc` is untyped, so calls are Any."""

    def __init__(self, port: int, *options: tuple[str, Any]) -> None:
        no_proxy = ("grpc.enable_http_proxy", 0)
        self.channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=[no_proxy, *options])

    def control(self, method: str, **fields: Any) -> dict[str, Any]:
        """Calls a method of the inference service; `fields` are those of its request."""
        payload = encode(f"inference.{method}Request", fields)
        answer = self.unary(f"/{INFERENCE_SERVICE}/{method}", payload)
        return decode(f"inference.{method}Response", answer)

    def infer(self, payload: bytes, **options: Any) -> dict[str, Any]:
        return decode("inference.ModelInferResponse", self.unary(INFER, payload, **options))

    def start_infer(self, payload: bytes, **options: Any) -> Any:
        """A call under way: result(), cancel(), code()."""
        return self.channel.unary_unary(INFER).future(payload, **options)

    def unary(self, path: str, payload: bytes, **options: Any) -> bytes:
        answer: bytes = self.channel.unary_unary(path)(payload, **{"timeout": 60, **options})
        return answer

    def stream(self, path: str, payloads: Iterable[bytes]) -> Iterator[bytes]:
        answers: Iterator[bytes] = self.channel.stream_stream(path)(iter(payloads), timeout=60)
        return answers

    def refusal(self, path: str, payload: bytes, **options: Any) -> Refusal:
        """How the server refuses this call; fails if it answers."""
        try:
            answer = self.unary(path, payload, **options)
        except grpc.RpcError as err:
            return refusal_of(err)
        raise AssertionError(f"{path} was answered: {answer!r}")

    def refused_control(self, method: str, **fields: Any) -> Refusal:
        return self.refusal(
            f"/{INFERENCE_SERVICE}/{method}", encode(f"inference.{method}Request", fields)
        )

    def close(self) -> None:
        self.channel.close()


def refusal_of(error: Any) -> Refusal:
    """Of a grpc.RpcError or a call that ended with one."""
    return Refusal(error.code().name, error.details())


def infer_payload(model: str, x: Array | None = None, **fields: Any) -> bytes:
    """A ModelInferRequest with one raw FP32 input `x`, zeros of [1, 4] by default."""
    values = np.zeros((1, 4), np.float32) if x is None else x
    inputs = [{"name": "x", "datatype": "FP32", "shape": values.shape}]
    request = {"inputs": inputs, "raw_input_contents": [values.tobytes()], **fields}
    return message_class("inference.ModelInferRequest")(
        model_name=model, **request
    ).SerializeToString()
