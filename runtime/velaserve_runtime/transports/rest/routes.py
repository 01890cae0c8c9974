# SPDX-License-Identifier: Apache-2.0
"""From a request's method and target to the endpoint it means."""

from __future__ import annotations

from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from velaserve_runtime.protocol.errors import InvalidRequest, MethodNotAllowed, PathNotFound


class Endpoint(Enum):
    """What can be asked."""

    SERVER = auto()
    LIVE = auto()
    READY = auto()
    MODELS = auto()
    MODEL = auto()
    MODEL_READY = auto()
    CONFIG = auto()
    STATISTICS = auto()
    METRICS = auto()
    INFER = auto()
    INDEX = auto()
    LOAD = auto()
    UNLOAD = auto()


class Route(NamedTuple):
    """An endpoint and whom it is about."""

    endpoint: Endpoint
    model: str = ""
    version: str = ""


_POSTED = frozenset((Endpoint.INFER, Endpoint.INDEX, Endpoint.LOAD, Endpoint.UNLOAD))
_FIXED = {
    ("v2",): Endpoint.SERVER,
    ("metrics",): Endpoint.METRICS,
    ("v2", "health", "live"): Endpoint.LIVE,
    ("v2", "health", "ready"): Endpoint.READY,
    ("v2", "models"): Endpoint.MODELS,
    ("v2", "models", "stats"): Endpoint.STATISTICS,
    ("v2", "repository", "index"): Endpoint.INDEX,
}
_OF_MODEL = {
    (): Endpoint.MODEL,
    ("ready",): Endpoint.MODEL_READY,
    ("config",): Endpoint.CONFIG,
    ("stats",): Endpoint.STATISTICS,
    ("infer",): Endpoint.INFER,
}
_OF_REPOSITORY = {"load": Endpoint.LOAD, "unload": Endpoint.UNLOAD}


@lru_cache(maxsize=1024)
def find_route(method: bytes, target: bytes) -> Route:
    """The route of a request; the query is ignored, HEAD counts as GET.

    Raises:
        PathNotFound: nothing has that path.
        MethodNotAllowed: something has, but not for that method.
        InvalidRequest: the path is not UTF-8.
    """
    path = target.partition(b"?")[0]
    try:
        parts = tuple(unquote_to_bytes(part).decode() for part in path.strip(b"/").split(b"/"))
    except UnicodeDecodeError as err:
        raise InvalidRequest(f"the path {path!r} is not UTF-8") from err
    route = _find(parts)
    if route is None:
        shown = path[:200].decode(errors="replace")
        raise PathNotFound(f"no endpoint has the path {shown!r}; GET /v2 says what this server is")
    allowed = "POST" if route.endpoint in _POSTED else "GET"
    if method != allowed.encode() and (method != b"HEAD" or allowed != "GET"):
        raise MethodNotAllowed(method.decode(errors="replace"), "/" + "/".join(parts), allowed)
    return route


def _find(parts: tuple[str, ...]) -> Route | None:
    fixed = _FIXED.get(parts)
    if fixed is not None:
        return Route(fixed)
    match parts:
        case ("v2", "models", model, "versions", version, *rest) if model and version:
            endpoint = _OF_MODEL.get(tuple(rest))
            return endpoint and Route(endpoint, model, version)
        case ("v2", "models", model, *rest) if model:
            endpoint = _OF_MODEL.get(tuple(rest))
            return endpoint and Route(endpoint, model)
        case ("v2", "repository", "models", model, operation) if model:
            endpoint = _OF_REPOSITORY.get(operation)
            return endpoint and Route(endpoint, model)
    return None
