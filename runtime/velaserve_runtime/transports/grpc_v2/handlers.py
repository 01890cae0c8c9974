# SPDX-License-Identifier: Apache-2.0
"""From a method's path to who answers it, whichever engine asks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NoReturn

from velaserve_runtime.protocol.errors import RepositoryApiOff, Unsupported
from velaserve_runtime.protocol.grpc_messages import (
    HEALTH_SERVICE,
    INFERENCE_SERVICE,
    REFLECTION_SERVICES,
    decode,
    encode,
)
from velaserve_runtime.transports.grpc_v2 import health, reflection
from velaserve_runtime.transports.grpc_v2.access_log import logged
from velaserve_runtime.transports.grpc_v2.controls import CONTROLS, OPERATIONS
from velaserve_runtime.transports.grpc_v2.infer import infer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from velaserve_runtime.dataplane import DataPlane
    from velaserve_runtime.transports.grpc_v2.call import CallContext, Pieces, Stream, Unary
    from velaserve_runtime.transports.grpc_v2.controls import Control, Operation

STREAM_INFER = f"/{INFERENCE_SERVICE}/ModelStreamInfer"


class Handlers:
    """Everything that can be called; a path is /package.Service/Method."""

    unary: Mapping[str, Unary]
    streams: Mapping[str, Stream]

    def __init__(self, plane: DataPlane, *, operations: bool, access_log: bool) -> None:
        """`operations`: whether models are loaded and unloaded through this port."""
        self._plane = plane
        self._operations = operations
        unary: dict[str, Unary] = {
            f"/{INFERENCE_SERVICE}/ModelInfer": partial(infer, plane),
            f"/{HEALTH_SERVICE}/Check": self._check,
            **{
                f"/{INFERENCE_SERVICE}/{method}": partial(self._control, method, control)
                for method, control in CONTROLS.items()
            },
            **{
                f"/{INFERENCE_SERVICE}/{method}": partial(self._operate, method, operation)
                for method, operation in OPERATIONS.items()
            },
        }
        self.unary = logged(unary) if access_log else unary
        self.streams = {
            f"/{HEALTH_SERVICE}/Watch": partial(health.watch, plane),
            **{
                f"/{service}/ServerReflectionInfo": partial(
                    reflection.server_reflection_info, service.rpartition(".")[0]
                )
                for service in REFLECTION_SERVICES
            },
        }

    async def _check(self, payload: bytes, context: CallContext) -> Pieces:
        del context
        return [health.check(self._plane, payload)]

    async def _control(
        self, method: str, control: Control, payload: bytes, context: CallContext
    ) -> Pieces:
        del context
        request = decode(f"inference.{method}Request", payload)
        return [encode(f"inference.{method}Response", control(self._plane, request))]

    async def _operate(
        self, method: str, operation: Operation, payload: bytes, context: CallContext
    ) -> Pieces:
        del context
        if not self._operations:
            raise RepositoryApiOff
        await operation(self._plane, decode(f"inference.{method}Request", payload))
        return [encode(f"inference.{method}Response", {})]


def not_provided(method: str, payloads: AsyncIterator[bytes]) -> NoReturn:
    """A stream, which fits a call of every kind.

    Raises:
        Unsupported: always.
    """
    del payloads
    if method == STREAM_INFER:
        raise Unsupported("streaming inference is not provided; call ModelInfer for each request")
    raise Unsupported(f"{method} is not provided; the reflection service lists what is")
