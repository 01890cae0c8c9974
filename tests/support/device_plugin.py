# SPDX-License-Identifier: Apache-2.0
"""A device plugin, as those of NPUs are: tells the kubelet of cards, which are not there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import grpc

from support.device_plugin_api import PLUGIN_SERVICE, REGISTER, VERSION, message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

_TIMEOUT_S = 10


class DevicePlugin:
    """Has `count` cards, `resource`, while the block runs; `folder` is the kubelet's of plugins."""

    def __init__(self, folder: Path, resource: str, count: int) -> None:
        self.given: list[str] = []
        """The card of each container that got one, the latest last."""
        self._kubelet = folder / "kubelet.sock"
        self._socket = folder / f"{resource.replace('/', '-')}.sock"
        self._resource = resource
        self._cards: SimpleQueue[list[str] | None] = SimpleQueue()
        self._cards.put([str(number) for number in range(count)])
        self._server = grpc.server(ThreadPoolExecutor(), handlers=[self._handler()])

    def __enter__(self) -> DevicePlugin:
        self._server.add_insecure_port(f"unix:{self._socket}")
        self._server.start()
        self._register()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """No card is left: one that the kubelet knows of counts for five minutes after the end."""
        self._cards.put([])
        self._cards.put(None)
        self._server.stop(_TIMEOUT_S).wait()
        self._socket.unlink(missing_ok=True)

    def _register(self) -> None:
        fields = {
            "version": VERSION,
            "endpoint": self._socket.name,
            "resource_name": self._resource,
        }
        with grpc.insecure_channel(f"unix:{self._kubelet}") as channel:
            request = message("RegisterRequest")(**fields).SerializeToString()
            channel.unary_unary(REGISTER)(request, timeout=_TIMEOUT_S)

    def _handler(self) -> Any:  # Any: grpc is untyped
        answer = {"response_serializer": lambda made: made.SerializeToString()}
        allocate = {"request_deserializer": message("AllocateRequest").FromString, **answer}
        return grpc.method_handlers_generic_handler(
            PLUGIN_SERVICE,
            {
                "GetDevicePluginOptions": grpc.unary_unary_rpc_method_handler(_options, **answer),
                "ListAndWatch": grpc.unary_stream_rpc_method_handler(self._list, **answer),
                "Allocate": grpc.unary_unary_rpc_method_handler(self._allocate, **allocate),
            },
        )

    def _list(self, request: bytes, context: Any) -> Iterator[Any]:
        """All cards, each time that there are others."""
        del request, context
        while (cards := self._cards.get()) is not None:
            devices = [{"ID": card, "health": "Healthy"} for card in cards]
            yield message("ListAndWatchResponse")(devices=devices)

    def _allocate(self, request: Any, context: Any) -> Any:
        """Names a container's cards in a variable, as MindCluster's plugin does."""
        del context
        wanted = [",".join(each.devices_ids) for each in request.container_requests]
        self.given += wanted
        variables = [{"key": "ASCEND_VISIBLE_DEVICES", "value": cards} for cards in wanted]
        responses = [{"envs": [variable]} for variable in variables]
        return message("AllocateResponse")(container_responses=responses)


def _options(request: bytes, context: Any) -> Any:
    del request, context
    return message("DevicePluginOptions")()
